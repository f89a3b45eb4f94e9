import { expect } from '@open-wc/testing';
import { DeviceStorage } from '../../src/api/device-storage.ts';
import { everythingKept, forgetEverything, untilKept } from './kept-on-this-device.ts';

let abort: AbortController;
let failures: string[];
let storage: DeviceStorage;

beforeEach(() => {
  abort = new AbortController();
  failures = [];
  storage = new DeviceStorage({ signal: abort.signal, onFailure: (cause) => failures.push(String(cause)) });
});

afterEach(async () => {
  abort.abort();
  await forgetEverything();
});

describe('what a device keeps', () => {
  it('is there for the next page, in the order of its keys', async () => {
    await storage.set('shop b', 2);
    await storage.set('shop a', 1);
    await storage.set('other', 3);
    abort.abort();
    const next = new AbortController();
    const later = new DeviceStorage({ signal: next.signal, onFailure: (cause) => failures.push(String(cause)) });
    expect(await later.list('shop ')).to.deep.equal([1, 2]);
    next.abort();
    expect(failures).to.deep.equal([]);
  });

  it('lives in memory while another page blocks the database, and is kept when that page has gone', async () => {
    // A page of old that holds on to what somebody else is deleting.
    const request = indexedDB.open('chat-widget');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const deleted = forgetEverything();
    await storage.set('words', 'blocked for a while');
    expect(failures).to.have.length(1);
    expect(await storage.get('words')).to.equal('blocked for a while');
    request.result.close();
    await deleted;
    await untilKept('blocked for a while');
    await storage.set('words', 'as ever');
    expect(await everythingKept()).to.include('as ever');
    expect(failures).to.have.length(1);
  });

  it('lives in memory while the disk is full, as browsers tell it: by undoing what seemed to be written', async () => {
    await storage.set('words', 'before');
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...what) {
      const request = (put.value as typeof this.put).apply(this, what);
      request.onsuccess = () => this.transaction.abort();
      // What has been asked to commit cannot be undone from here.
      this.transaction.commit = () => {};
      return request;
    };
    try {
      await storage.set('words', 'after');
      await storage.set('more', 'words');
    } finally {
      Object.defineProperty(IDBObjectStore.prototype, 'put', put);
    }
    expect(failures).to.have.length(1);
    expect([await storage.get('words'), await storage.get('more')]).to.deep.equal(['after', 'words']);
    expect(await everythingKept())
      .to.include('before')
      .and.not.include('after');
    await storage.set('words', 'at last');
    expect(await everythingKept()).to.include('at last');
  });

  it('can be cleared at any time: that is told once, and it goes on', async () => {
    await storage.set('words', 'before');
    await forgetEverything();
    expect(failures).to.deep.equal(['The data of this site were cleared.']);
    expect(await storage.get('words')).to.equal(undefined);
    await storage.set('words', 'after');
    expect(await everythingKept()).to.include('after');
    await forgetEverything();
    expect(failures).to.have.length(1);
  });
});

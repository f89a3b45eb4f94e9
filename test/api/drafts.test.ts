import { expect } from '@open-wc/testing';
import { Drafts } from '../../src/api/drafts.ts';
import { DeviceStorage } from '../../src/api/device-storage.ts';
import { everythingKept, forgetEverything, untilForgotten, untilKept } from './kept-on-this-device.ts';
import { isLive, stateOf, World } from './world.ts';
import { until } from '../support/until.ts';

describe('drafts', () => {
  const tabs: AbortController[] = [];

  /** A tab of this browser in which `owner` writes. */
  async function tab(owner: string, onGone = () => {}): Promise<Drafts> {
    const abort = new AbortController();
    tabs.push(abort);
    const storage = new DeviceStorage({ signal: abort.signal, onFailure: () => {} });
    const settled = () => Promise.resolve();
    const drafts = new Drafts({ storage, scope: 'chat-widget shop', signal: abort.signal, settled, onGone });
    await drafts.setOwner(owner, true);
    return drafts;
  }

  afterEach(async () => {
    for (const each of tabs.splice(0)) each.abort();
    await forgetEverything();
  });

  it('are there for the next page, by conversation, and for the one who is not begun', async () => {
    const first = await tab('ada');
    first.set('one', 'half a sent');
    first.set('', 'something ne');
    first.set('', 'something new');
    await untilKept('half a sent', 'something new');
    const next = await tab('ada');
    expect([next.get('one'), next.get(''), next.get('two')]).to.deep.equal(['half a sent', 'something new', '']);
  });

  it('are forgotten when they are sent or deleted', async () => {
    const first = await tab('ada');
    first.set('one', 'half a sentence');
    await untilKept('half a sentence');
    first.set('one', '');
    await untilForgotten('half a sentence');
    expect((await tab('ada')).get('one')).to.equal('');
  });

  it('are kept to their last letter, however fast somebody types', async () => {
    const first = await tab('ada');
    const text = 'The quick brown fox jumps over the lazy dog. '.repeat(20);
    for (let length = 1; length <= text.length; length++) first.set('one', text.slice(0, length));
    await untilKept(JSON.stringify(text));
    expect((await tab('ada')).get('one')).to.equal(text);
  });

  it('do not change under the hands of who writes in another tab; the last one to write is found by the next page', async () => {
    const [one, two] = [await tab('ada'), await tab('ada')];
    one.set('chat', 'from one');
    await untilKept('from one');
    two.set('chat', 'from two');
    two.set('other', 'only here');
    await untilKept('from two', 'only here');
    expect([one.get('chat'), two.get('chat')]).to.deep.equal(['from one', 'from two']);
    one.set('chat', 'one again');
    await untilKept('one again');
    const next = await tab('ada');
    expect([next.get('chat'), next.get('other')]).to.deep.equal(['one again', 'only here']);
  });

  it('that are sent in one tab are gone in the others of the same person that hold just that', async () => {
    const emptied: string[] = [];
    const one = await tab('ada');
    const same = await tab('ada', () => emptied.push('same'));
    const more = await tab('ada', () => emptied.push('more'));
    const grace = await tab('grace', () => emptied.push('grace'));
    for (const each of [one, same, more, grace]) {
      each.set('chat', 'half a sentence');
      each.set('other', 'half a sentence');
    }
    more.set('chat', 'half a sentence, and more');
    one.sent('chat');
    one.set('other', '');
    // What comes last has everything else before it.
    for (const each of [one, more]) each.set('last', 'of all');
    one.sent('last');
    await until(() => emptied.includes('more') && emptied.includes('same'), 'it still stands in the other tab');
    expect([one, same, more, grace].map((each) => each.get('chat'))).to.deep.equal([
      '',
      '',
      'half a sentence, and more',
      'half a sentence',
    ]);
    expect([same, more].map((each) => each.get('other'))).to.deep.equal(['half a sentence', 'half a sentence']);
    expect(emptied.sort()).to.deep.equal(['more', 'same']);
  });

  it('that were found and are sent or deleted in another tab are gone, however far that one got; own words stay', async () => {
    const writer = await tab('ada');
    for (const chat of ['sent', 'deleted', 'typed']) writer.set(chat, `half ${chat}`);
    await untilKept('half sent', 'half deleted', 'half typed');
    const gone: string[] = [];
    const found = await tab('ada', () => gone.push('found'));
    const sender = await tab('ada');
    found.set('typed', 'half typed, and more');
    for (const chat of ['sent', 'typed']) {
      sender.set(chat, 'something else');
      sender.sent(chat);
    }
    sender.set('deleted', '');
    // What comes last has everything else before it.
    for (const each of [writer, found, sender]) each.set('last', 'of all');
    sender.sent('last');
    await until(() => !found.get('last') && !writer.get('last'), 'it still stands in another tab');
    expect(['sent', 'deleted', 'typed'].map((chat) => found.get(chat))).to.deep.equal(['', '', 'half typed, and more']);
    expect(gone).to.have.length(3);
    // It was the writer's own, and what the sender had found; what the sender only deleted stays where it was written.
    expect(['sent', 'deleted', 'typed'].map((chat) => writer.get(chat))).to.deep.equal(['', 'half deleted', '']);
  });

  it('of one are not found by another, who deletes them; nobody leaves them alone', async () => {
    (await tab('ada')).set('', 'Ada’s draft');
    await untilKept('Ada’s draft');
    expect((await tab('')).get('')).to.equal('');
    expect(await everythingKept()).to.include('Ada’s draft');
    expect((await tab('grace')).get('')).to.equal('');
    await untilForgotten('Ada’s draft');
    expect((await tab('ada')).get('')).to.equal('');
  });

  it('go along when their writer turns out to be somebody, and stay when the writer goes', async () => {
    const drafts = await tab('');
    drafts.set('', 'half a sentence');
    await drafts.setOwner('ada', true);
    expect(drafts.get('')).to.equal('half a sentence');
    await untilKept('"owner":"ada"');
    await drafts.setOwner('', false);
    expect(drafts.get('')).to.equal('');
    await drafts.setOwner('ada', false);
    expect(drafts.get('')).to.equal('half a sentence');
  });

  it('do not replace what was written while they were being read', async () => {
    (await tab('ada')).set('', 'of yesterday');
    await untilKept('of yesterday');
    const drafts = await tab('');
    const known = drafts.setOwner('ada', true);
    drafts.set('', 'of today');
    await known;
    expect(drafts.get('')).to.equal('of today');
    await untilForgotten('of yesterday');
  });

  it('that the page has offered are not kept', async () => {
    const drafts = await tab('ada');
    drafts.offer('one', 'Where is order 12?');
    drafts.set('two', 'written');
    await untilKept('written');
    expect(drafts.get('one')).to.equal('Where is order 12?');
    expect(await everythingKept()).to.not.include('order 12');
  });
});

describe('what a visitor has half written', () => {
  const world = new World();

  it('is there after a reload, also before the first message, and nobody is told', async () => {
    const first = await world.booted();
    first.drafts.set('', 'Do you shi');
    await untilKept('Do you shi');
    first.close();
    const second = await world.booted();
    expect(second.drafts.get('')).to.equal('Do you shi');
    expect(second.state.connection).to.equal('idle');
    expect(world.sessionsMade).to.equal(0);
  });

  it('is not seen by the next person, neither on another page nor on the same one [hostile 35]', async () => {
    const [adaIdentity, graceIdentity] = [
      await world.identity('ada@drafts.example'),
      await world.identity('g@d.example'),
    ];
    const ada = await world.booted(adaIdentity);
    ada.drafts.set('', 'Ada’s draft');
    await untilKept('Ada’s draft');
    ada.close();
    const grace = await world.booted(graceIdentity);
    expect(grace.drafts.get('')).to.equal('');
    await untilForgotten('Ada’s draft');
    grace.drafts.set('', 'Grace’s draft');
    await untilKept('Grace’s draft');
    await grace.identify(adaIdentity);
    await stateOf(grace, isLive);
    expect(grace.drafts.get('')).to.equal('');
    expect(await everythingKept()).to.not.include('Grace’s draft');
  });

  it('is not deleted before the message that it becomes is on the disk: a browser that dies between loses neither', async () => {
    const steps: string[] = [];
    const { put, delete: remove } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...what) {
      const { text } = what[0] as { text?: string };
      if (text) this.transaction.addEventListener('complete', () => steps.push(`kept: ${text}`));
      return put.apply(this, what);
    };
    IDBObjectStore.prototype.delete = function (this: IDBObjectStore, key) {
      if (String(key).includes(' draft ')) steps.push('draft deleted');
      return remove.call(this, key);
    };
    try {
      const client = await world.booted(undefined, { session: 'auto' });
      await stateOf(client, isLive);
      const id = client.startConversation();
      for (const text of ['one', 'two']) {
        client.drafts.set(id, `${text}, half written`);
        await untilKept('half written');
        steps.length = 0;
        const sending = client.send(id, text);
        client.drafts.sent(id);
        expect(client.drafts.get(id)).to.equal('');
        await sending;
        await untilForgotten('half written');
        expect(steps).to.deep.equal([`kept: ${text}`, 'draft deleted']);
      }
      // What one goes on writing at once must not take its place either.
      client.drafts.set(id, 'three');
      await untilKept('three');
      steps.length = 0;
      const sending = client.send(id, 'three');
      client.drafts.sent(id);
      client.drafts.set(id, 'four, half written');
      await sending;
      await untilKept('half written');
      expect(steps).to.deep.equal(['kept: three', 'kept: four, half written']);
    } finally {
      Object.assign(IDBObjectStore.prototype, { put, delete: remove });
    }
  });

  it('goes with logging out', async () => {
    const client = await world.booted(await world.identity('out@drafts.example'));
    client.drafts.set('', 'half a sentence');
    await untilKept('half a sentence');
    await client.logout();
    expect(client.drafts.get('')).to.equal('');
    expect(await everythingKept()).to.not.include('half a sentence');
  });

  it('is not written down with persist="none", from whenever that is', async () => {
    const client = await world.booted(undefined, { session: 'auto' });
    client.drafts.set('', 'while it was allowed');
    await untilKept('while it was allowed');
    await client.setPersist('none');
    client.drafts.set('', 'not any more');
    const id = client.startConversation();
    await client.send(id, 'one');
    expect(await everythingKept()).to.not.match(/allowed|any more/);
    expect(client.drafts.get('')).to.equal('not any more');
  });
});

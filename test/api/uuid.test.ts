import { expect } from '@open-wc/testing';
import { uuid, uuidsAfter } from '../../src/api/uuid.ts';

describe('uuid', () => {
  const many = Array.from({ length: 20_000 }, uuid);

  it('has the shape of a UUID version 7', () => {
    for (const each of many) {
      expect(each).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('is never the same', () => {
    expect(new Set(many).size).to.equal(many.length);
  });

  it('sorts by when it was made, also within a millisecond', () => {
    expect([...many].sort()).to.deep.equal(many);
  });

  it('tells the time', () => {
    const ms = parseInt(uuid().replaceAll('-', '').slice(0, 12), 16);
    expect(ms).to.be.closeTo(Date.now(), 60_000);
  });

  it('sorts on while the clock goes back', () => {
    const real = Date.now;
    const before = uuid();
    try {
      Date.now = () => real() - 3_600_000;
      expect(uuid() > before).to.equal(true);
    } finally {
      Date.now = real;
    }
  });

  it('sorts after what an earlier page has made with a clock that was ahead', () => {
    const kept = '05bd2f3a-0000-7abc-8def-0123456789ab';
    uuidsAfter(kept);
    expect(uuid() > kept).to.equal(true);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AddressSet, isAddressRange } from '../src/address-set.ts';

describe('A set of addresses', () => {
  const cases: [entry: string, address: string, has: boolean][] = [
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.8', false],
    ['203.0.113.7', '::ffff:203.0.113.7', true],
    ['203.0.113.7', '::ffff:cb00:7107', true],
    ['203.0.113.0/24', '203.0.113.255', true],
    ['203.0.113.0/24', '203.0.114.0', false],
    ['203.0.113.77/24', '203.0.113.1', true],
    ['0.0.0.0/0', '198.51.100.1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:DB8::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::1', '2001:0db8:0:0::1', true],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['::ffff:203.0.113.0/120', '203.0.113.9', true],
    ['203.0.113.7', '', false],
    ['203.0.113.7', 'unknown', false],
    ['203.0.113.7', '203.0.113.7, 198.51.100.1', false],
  ];
  for (const [entry, address, has] of cases) {
    it(`of ${entry} ${has ? 'has' : 'does not have'} ${address || 'nothing'} [hostile 67]`, () => {
      assert.equal(new AddressSet(['192.0.2.1', entry, '2001:db8:1::/48']).has(address), has);
    });
  }

  it('takes addresses and ranges, and nothing else', () => {
    for (const entry of ['127.0.0.1', '10.0.0.0/8', '::1', '::/0', '2001:db8::/128']) assert.ok(isAddressRange(entry));
    const wrong = [
      '',
      'example.com',
      '256.0.0.1',
      '10.0.0.1/33',
      '10.0.0.1/-1',
      '10.0.0.1/8/8',
      '10.0.0.1/',
      '10.0.0.1/08',
    ];
    for (const entry of [...wrong, '010.0.0.1', '10.1', '::1/129', '[::1]', 'fe80::1%eth0', ' ::1', '10.0.0.1-9']) {
      assert.ok(!isAddressRange(entry), entry);
      assert.throws(() => new AddressSet([entry]), RangeError);
    }
  });
});

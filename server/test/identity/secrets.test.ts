import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDuration } from '../../src/identity/duration.ts';
import { newSecret, rotate, shareValue, usableSecrets } from '../../src/identity/secrets.ts';
import type { Rotation } from '../../src/identity/secrets.ts';
import type { InboxSecret } from '../../src/store/rows.ts';
import { NOW } from '../support/proofs.ts';

const HOUR = 3_600_000;
const LONG = 'an existing secret of more than 32 bytes';

function rotated(current: InboxSecret | undefined, rotation: Rotation = {}, now = NOW) {
  const outcome = rotate(current, rotation, now);
  assert.ok(outcome.ok);
  return outcome;
}

const idsAt = (secret: InboxSecret, now: number) => usableSecrets(secret, now).map(({ id }) => id);

describe('A secret', () => {
  it('is 256 random bits under an id of its own', () => {
    const [one, other] = [newSecret(NOW), newSecret(NOW)];
    assert.match(one.value, /^[\w-]{43}$/);
    assert.notEqual(one.value, other.value);
    assert.notEqual(one.id, other.id);
  });

  it('that is rotated leaves the old one a day, or as long as it is told [hostile 13]', () => {
    const old = newSecret(NOW);
    const { secret, ended, warnings } = rotated(old);
    assert.notEqual(secret.value, old.value);
    assert.deepEqual([ended, warnings], [[], []]);
    assert.deepEqual(idsAt(secret, NOW + 24 * HOUR - 1), [secret.id, old.id]);
    assert.deepEqual(idsAt(secret, NOW + 24 * HOUR), [secret.id]);
    const short = rotated(old, { graceMs: HOUR }).secret;
    assert.deepEqual(idsAt(short, NOW + HOUR), [short.id]);
    const bare = rotated(old, { graceMs: 0 }).secret;
    assert.deepEqual(idsAt(bare, NOW), [bare.id]);
    assert.ok(!JSON.stringify(bare).includes(old.value), 'what is over is forgotten');
  });

  it('that is rotated twice in a row cuts nobody off', () => {
    const first = newSecret(NOW);
    const second = rotated(first, { graceMs: 2 * HOUR }).secret;
    const third = rotated(second, { graceMs: HOUR }, NOW + 1).secret;
    assert.deepEqual(idsAt(third, NOW + HOUR), [third.id, second.id, first.id]);
    assert.deepEqual(idsAt(third, NOW + HOUR + 1), [third.id, first.id]);
    assert.deepEqual(idsAt(third, NOW + 2 * HOUR), [third.id]);
    const fourth = rotated(third, {}, NOW + 3 * HOUR).secret;
    assert.deepEqual(idsAt(fourth, NOW + 3 * HOUR), [fourth.id, third.id]);
    for (const { value } of [first, second]) assert.ok(!JSON.stringify(fourth).includes(value));
  });

  it('takes the value that a back end signs with already', () => {
    const { secret, warnings } = rotated(newSecret(NOW), { value: LONG });
    assert.equal(secret.value, LONG);
    assert.deepEqual(warnings, []);
    assert.equal(rotated(secret, { value: LONG }).secret, secret, 'the same value again changes nothing');
    const back = rotated(rotated(secret).secret, { value: LONG }).secret;
    assert.equal(usableSecrets(back, NOW).filter(({ value }) => value === LONG).length, 1);
  });

  it('that is short or has spaces around it is taken with a warning', () => {
    assert.match(rotated(undefined, { value: 'test_secret' }).warnings.join(), /11 bytes/);
    assert.match(rotated(undefined, { value: ` ${LONG}` }).warnings.join(), /white space/);
    assert.deepEqual(rotated(undefined, { value: 'ü'.repeat(16) }).warnings, []);
  });

  it('that anybody could sign with is refused [hostile 11]', () => {
    for (const value of ['', 'x'.repeat(1_025), 'line\n', 'nul\0', '\ud800'])
      assert.equal(rotate(undefined, { value }, NOW).ok, false);
    for (const graceMs of [-1, 1.5, NaN, Infinity, 721 * HOUR])
      assert.equal(rotate(undefined, { graceMs }, NOW).ok, false);
  });

  it('that somebody else knows ends at once, with every session made with it [hostile 44]', () => {
    const first = newSecret(NOW);
    const second = rotated(first).secret;
    const { secret, ended } = rotated(second, { compromised: true, graceMs: HOUR });
    assert.deepEqual(ended, [second.id, first.id]);
    assert.deepEqual(idsAt(secret, NOW), [secret.id]);
    assert.equal(rotate(second, { compromised: true, value: second.value }, NOW).ok, false);

    const back = rotated(second, { value: first.value }).secret;
    const third = rotated(back, {}, NOW + 48 * HOUR).secret;
    const late = rotated(third, { compromised: true }, NOW + 49 * HOUR);
    assert.deepEqual(late.ended, [third.id, back.id, second.id, first.id], 'also of those whose time was over before');
    const year = rotated(
      rotated(second, {}, NOW + 422 * 24 * HOUR).secret,
      { compromised: true },
      NOW + 423 * 24 * HOUR,
    );
    assert.deepEqual(year.ended.slice(1), [second.id], 'but not of one that no session can be left of');
    assert.equal(rotate(second, { compromised: true, value: first.value }, NOW).ok, false);
  });

  it('is known to be shared between two schemes', () => {
    const salt = newSecret(NOW, LONG);
    assert.equal(shareValue(salt, newSecret(NOW, LONG), NOW), true);
    assert.equal(shareValue(salt, rotated(newSecret(NOW, LONG)).secret, NOW), true);
    assert.equal(shareValue(salt, rotated(newSecret(NOW, LONG)).secret, NOW + 24 * HOUR), false);
    assert.equal(shareValue(salt, newSecret(NOW), NOW), false);
    assert.equal(shareValue(salt, undefined, NOW), false);
    assert.equal(shareValue({ ...salt, value: '' }, { ...salt, value: '' }, NOW), false);
  });
});

describe('A duration', () => {
  it('is a whole number of seconds, minutes or hours, and nothing else', () => {
    assert.deepEqual(['45s', '30m', '24h', '10h', '9999h', '9999999s'].map(parseDuration), [
      45_000,
      1_800_000,
      86_400_000,
      36_000_000,
      9_999 * HOUR,
      9_999_999_000,
    ]);
    for (const text of [
      '',
      '0h',
      '10',
      'h',
      '1d',
      '1.5h',
      '-1h',
      ' 10h',
      '10h ',
      '10H',
      '1h30m',
      '10000h',
      '99999999s',
      10,
      null,
      ['1h'],
    ]) {
      assert.equal(parseDuration(text), undefined, String(text));
    }
  });
});

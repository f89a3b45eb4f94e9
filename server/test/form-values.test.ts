import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FormField, FormValues } from '../../src/api/protocol.ts';
import { isEmoji } from '../src/emoji.ts';
import { readForm } from '../src/form-values.ts';

const field = (type: FormField['type'], more: Partial<FormField> = {}): FormField => ({
  key: 'it',
  label: 'It',
  type,
  ...more,
});
/** `taken`, or which field is wrong. */
const read = (fields: readonly FormField[], values: FormValues): string => {
  const form = readForm(fields, values);
  return form.ok ? 'taken' : form.field;
};
const takes = (one: FormField, value: string | number | boolean): boolean => read([one], { it: value }) === 'taken';

describe('What is filled into a form', () => {
  it('must be what its field asks for', () => {
    const cases: readonly [
      FormField,
      readonly (string | number | boolean)[],
      readonly (string | number | boolean)[],
    ][] = [
      [field('text'), ['x', 'two\nlines', 'x'.repeat(1_000)], ['x'.repeat(1_001), 'a\0b', '\ud83d', 1, true]],
      [
        field('email'),
        ['ada@shop.example'],
        ['ada', 'ada@', '"a" <b@c.d>', 'a@b.c,d@e.f', `${'a'.repeat(250)}@x.y`, 1],
      ],
      [
        field('phone'),
        ['+49 (30) 123-456', '112/0', '0301234'],
        ['12', 'call me', '+49 30 <b>', '1'.repeat(65), 491234567],
      ],
      [field('number'), [0, -1.5, 1e21], ['1', true, Number.NaN, Number.POSITIVE_INFINITY]],
      [
        field('date'),
        ['2026-11-20', '2024-02-29'],
        ['2026-02-29', '2026-13-01', '20.11.2026', '2026-11-20T00:00', '+12026-01-01', 20261120],
      ],
      [field('list', { options: ['S', 'L'] }), ['S', 'L'], ['M', 's', 'S ', true]],
      [field('list'), [], ['S']],
      [field('checkbox'), [true, false], ['true', 1, 'on']],
      [
        field('link'),
        ['https://shop.example/a?b#c', 'HTTP://x.y'],
        ['javascript:alert(1)', 'data:text/html,x', 'shop.example', '//x.y', 'https://', 'https://a b', 'https://a\nb'],
      ],
      [field('text', { key: 'it' }), ['<img src=x onerror=alert(1)>'], []],
    ];
    for (const [one, good, bad] of cases) {
      for (const value of good) assert.equal(takes(one, value), true, `${one.type} ${JSON.stringify(value)}`);
      for (const value of bad) assert.equal(takes(one, value), false, `${one.type} ${JSON.stringify(value)}`);
    }
  });

  it('has the limits of the contact where it fills in the contact, whatever type the field has', () => {
    const fields = (['name', 'email', 'phone'] as const).map((key) => field('text', { key }));
    assert.equal(read(fields, { name: 'Ada', email: 'ada@shop.example', phone: '0301234' }), 'taken');
    assert.equal(read(fields, { name: 'A\nB' }), '/name');
    assert.equal(read(fields, { email: 'no address' }), '/email');
    assert.equal(read(fields, { phone: 'call me' }), '/phone');
  });

  it('must be there where it is required: an empty text is not, nor is an unchecked box', () => {
    for (const type of ['text', 'email', 'number', 'list', 'checkbox'] as const) {
      const one = field(type, { required: true, options: ['x'] });
      assert.equal(read([one], {}), '/it');
      if (type !== 'number' && type !== 'checkbox') assert.equal(read([one], { it: '  ' }), '/it');
    }
    assert.equal(read([field('checkbox', { required: true })], { it: false }), '/it');
  });

  it('holds nothing that was not asked', () => {
    assert.equal(read([field('text')], { it: 'x', 'a/b': 'y' }), '/a~1b');
    assert.equal(read([field('text')], JSON.parse('{"__proto__": "x"}') as FormValues), '/__proto__');
    assert.equal(read([field('text', { key: 'toString', required: true })], {}), '/toString');
  });

  it('is told in words, and kept without what was left empty', () => {
    const fields = [
      field('text', { key: 'size', label: 'Size' }),
      field('checkbox', { key: 'gift', label: 'Gift' }),
      field('number', { key: 'count', label: 'How many' }),
      field('text', { key: 'more', label: 'More' }),
    ];
    assert.deepEqual(readForm(fields, { more: ' ', count: 2, gift: false, size: 'L' }), {
      ok: true,
      values: { size: 'L', gift: false, count: 2 },
      text: 'Size: L\nGift: –\nHow many: 2',
    });
  });

  it('is not longer than a message may be', () => {
    const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
    const values = Object.fromEntries(keys.map((key) => [key, 'x'.repeat(1_000)]));
    assert.equal(
      read(
        keys.map((key) => field('text', { key })),
        values,
      ),
      '',
    );
  });
});

describe('An emoji', () => {
  it('is one that keyboards have, whole', () => {
    for (const emoji of ['👍', '❤️', '👩🏽‍🚀', '🏳️‍🌈', '🇩🇪', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '1️⃣', '👨‍👩‍👧‍👦']) assert.ok(isEmoji(emoji), emoji);
  });

  it('is no text, no half, no two, and no heap of joined ones', () => {
    const wrong = ['', 'a', '1', '👍👍', '👍 ', '❤', '\ud83d', '\u200d', '👍\u0301', '👍‍', '<b>', '🇩', 'lol👍'];
    for (const text of [...wrong, Array(200).fill('👩').join('\u200d')])
      assert.ok(!isEmoji(text), JSON.stringify(text));
  });
});

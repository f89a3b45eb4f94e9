/** Matchers beside what is said of them in words, for whatever values there are. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compare, faultOf, holds, matchers, PARAMETERS, type Condition, type Matcher } from '../../../src/api/rules.ts';

const letters = fc.string({ unit: fc.constantFrom(...'aAbBzZ 19.-/éÉЖж') });
const numbers = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const missing = fc.constantFrom(undefined, null, '', NaN, Infinity, {}, [], () => 1, new Date(NaN));
const values = fc.oneof(letters, numbers, fc.boolean(), missing);
const ORDERS: readonly Matcher[] = ['gt', '>', 'lt', '<', 'gte', '>=', 'lte', '<='];

const always = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void): void =>
  fc.assert(fc.property(arbitrary, check));

const isText = (a: string): boolean => a !== '' && Number.isNaN(Number(a));
const escaped = (text: string): string => text.replace(/[/.]/g, '\\$&');
const swapCase = (text: string): string =>
  Array.from(text, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join(
    '',
  );

describe('rules', () => {
  it('= says of two texts whether they are the same but for the case of letters', () => {
    always(fc.tuple(letters, letters), ([a, b]) => {
      assert.equal(compare(a, '=', b), new RegExp(`^${escaped(b)}$`, 'iu').test(a));
      assert.equal(compare(a, '=', swapCase(a)), true);
    });
    assert.equal(compare('STRASSE', '=', 'straße'), true);
    assert.equal(compare('ΟΔΟΣ', '=', 'οδος'), true);
    assert.equal(compare('caf\u00e9', '=', 'CAFE\u0301'), true);
    assert.equal(compare('1.0', '=', '1'), false);
  });

  it('compares as numbers what reads as numbers', () => {
    always(fc.tuple(numbers, numbers, fc.boolean()), ([a, b, isWritten]) => {
      const [one, other] = isWritten ? [String(a), ` ${b} `] : [a, b];
      assert.equal(compare(one, 'gt', other), a > b);
      assert.equal(compare(one, 'lt', other), a < b);
      assert.equal(compare(one, 'gte', other), a >= b);
      assert.equal(compare(one, 'lte', other), a <= b);
      assert.equal(compare(a, '=', other), a === b);
    });
    assert.equal(compare('10', '>', '9'), true);
    assert.equal(compare('0x20', '>', '10'), false);
  });

  it('compares as texts what does not, so that dates are in order', () => {
    const dates = fc.date({ min: new Date(0), max: new Date('2999-12-31'), noInvalidDate: true });
    always(fc.tuple(dates, dates), ([a, b]) => {
      const day = (date: Date): string => date.toISOString().slice(0, 10);
      assert.equal(compare(day(a), '<', day(b)), day(a) < day(b));
      assert.equal(compare(a, '>=', b), a >= b);
    });
    assert.equal(compare('basic', '<', 'Pro'), true);
  });

  it('contains looks for the letters as they are', () => {
    always(fc.tuple(letters, letters, letters), ([before, part, after]) => {
      assert.equal(compare(before + part + after, 'contains', part), true);
      assert.equal(compare(before, 'contains', part), before.split(part).length > 1 || part === '');
    });
    assert.equal(compare('Our Pricing', 'contains', 'pricing'), false);
    assert.equal(compare(2026, 'contains', 2), true);
  });

  it('has an opposite of each, and long names that mean the same', () => {
    always(fc.tuple(values, values), ([a, b]) => {
      assert.notEqual(compare(a, '=', b), compare(a, '!=', b));
      assert.notEqual(compare(a, 'contains', b), compare(a, '!contains', b));
      for (const [long, short] of [
        ['gt', '>'],
        ['lt', '<'],
        ['gte', '>='],
        ['lte', '<='],
      ] as const)
        assert.equal(compare(a, long, b), compare(a, short, b));
      assert.equal(compare(a, '>', b), compare(b, '<', a));
      assert.equal(compare(a, '>=', b), compare(b, '<=', a));
      assert.equal(compare(a, '=', b), compare(b, '=', a));
    });
  });

  it('puts any two values in one of three orders, unless one is missing', () => {
    const there = fc.oneof(letters.filter(isText), numbers, fc.boolean());
    always(fc.tuple(there, there), ([a, b]) => {
      const [more, less] = [compare(a, '>', b), compare(a, '<', b)];
      assert.equal(more && less, false);
      assert.equal(compare(a, '>=', b), !less);
      assert.equal(compare(a, '<=', b), !more);
    });
  });

  it('takes what is missing for the empty text, and it is neither more nor less', () => {
    always(fc.tuple(missing, missing, values), ([a, b, any]) => {
      assert.equal(compare(a, '=', b), true);
      assert.equal(compare(any, 'contains', a), true);
      for (const matcher of ORDERS) {
        assert.equal(compare(a, matcher, any), false);
        assert.equal(compare(any, matcher, a), false);
      }
    });
    assert.equal(compare(undefined, '!=', 'ads'), true);
    assert.equal(compare(undefined, '!contains', 'ads'), true);
    assert.equal(compare(undefined, 'contains', 'ads'), false);
    assert.equal(compare(undefined, '=', 0), false);
  });

  it('holds when the parameter compares so, always for true, never for a matcher that there is not', () => {
    const read = (key: string) => ({ country: 'de', utm_source: 'Ads' })[key];
    assert.equal(holds(true, read), true);
    assert.equal(holds(['country', '=', 'DE'], read), true);
    assert.equal(holds(['utm_source', 'contains', 'x'], read), false);
    assert.equal(holds(['utm_term', '=', ''], read), true);
    for (const name of ['toString', 'is', '']) assert.equal(compare('a', name as Matcher, 'a'), false);
  });

  const FAULTY: readonly [unknown, string, RegExp][] = [
    [undefined, '', /list of three/],
    [false, '', /list of three/],
    [['page_url', 'contains'], '', /list of three/],
    [['page', '=', 'x'], '/0', /no parameter "page"/],
    [['toString', '=', 'x'], '/0', /no parameter "toString"/],
    [[null, '=', 'x'], '/0', /no parameter of type null/],
    [['custom.', '=', 'x'], '/0', /no parameter/],
    [['page_url', 'is', 'x'], '/1', /no matcher "is".* = != contains/],
    [['page_url', '=', null], '/2', /Page URL: the value/],
    [['page_url', '=', NaN], '/2', /Page URL/],
    [['country', '=', 'Spain'], '/2', /Country: .*two letters/],
    [['visits', 'contains', 3], '/1', /number/],
    [['visits', '>', 'many'], '/2', /number/],
    [['verified', '>', true], '/1', /true or false/],
    [['verified', '=', 'yes'], '/2', /true or false/],
  ];

  it('says what is wrong with a condition, and where', () => {
    for (const [condition, place, words] of FAULTY) {
      const fault = faultOf(condition, true);
      assert.equal(fault?.place, place, JSON.stringify(condition));
      assert.match(fault.message, words);
    }
    for (const good of [
      true,
      ['page_url', '=', ''],
      ['country', '!=', 'us'],
      ['language', 'contains', 'e'],
      ['visits', '>=', '3'],
      ['returning', '!=', true],
      ['custom.plan', '=', 'pro'],
    ])
      assert.equal(faultOf(good, true), undefined, JSON.stringify(good));
  });

  it('lets only triggers ask for what only they know', () => {
    assert.deepEqual(faultOf(['time_on_page', '>', 5]), {
      place: '/0',
      message: 'The parameter "time_on_page" is for triggers only.',
    });
    assert.equal(faultOf(['custom.plan', '=', 'pro'])?.place, '/0');
    const forAll = Object.keys(PARAMETERS).filter((key) => faultOf([key, '=', 'de']) === undefined);
    assert.equal(forAll.length, 10);
  });

  it('never throws, whatever it is given, and what has no fault can be asked', () => {
    const parts = fc.tuple(
      fc.oneof(fc.constantFrom(...Object.keys(PARAMETERS), 'custom.a'), fc.anything()),
      fc.oneof(fc.constantFrom(...matchers), fc.anything()),
      fc.anything(),
    );
    always(fc.tuple(fc.oneof(parts, fc.anything()), fc.anything()), ([condition, value]) => {
      if (faultOf(condition, true)) return;
      assert.equal(typeof holds(condition as Condition, () => value), 'boolean');
    });
  });
});

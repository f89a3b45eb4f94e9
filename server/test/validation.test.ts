import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Type } from 'typebox';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { refusalOf } from '../src/validation.ts';

/** What is said of a value that a schema does not take. */
function said(schema: TSchema, value: unknown): string {
  const validator = Compile(schema);
  return refusalOf(validator.Errors(value)).message;
}

describe('What is said of a value that cannot be taken', () => {
  const row = Type.Object({ name: Type.String() }, { additionalProperties: false, minProperties: 1 });
  const cases: readonly [string, TSchema, unknown, string][] = [
    ['that is missing', row, {}, '"/name" must be filled in.'],
    ['that is not known', row, { name: 'A', colour: 'red' }, '"/colour" is not a known field.'],
    ['that is empty', Type.String({ minLength: 1 }), '', 'The request must not be empty.'],
    ['that is too short', Type.String({ minLength: 8 }), 'short', 'The request needs at least 8 characters.'],
    ['that is too long', Type.String({ maxLength: 3 }), 'long', 'The request has room for 3 characters only.'],
    ['that is too small', Type.Integer({ minimum: 5 }), 4, 'The request must be at least 5.'],
    ['that is too large', Type.Integer({ maximum: 10_000 }), 10_001, 'The request must be at most 10,000.'],
    ['that is text', Type.Integer(), 'many', 'The request must be a whole number.'],
    ['that is no text', Type.String(), 1, 'The request must be text.'],
    ['that is no list', Type.Array(Type.String()), {}, 'The request must be a list.'],
    ['that is no switch', Type.Boolean(), 'yes', 'The request must be true or false.'],
    ['of too few', Type.Array(Type.String(), { minItems: 1 }), [], 'The request needs at least one entry.'],
    ['of too many', Type.Array(Type.String(), { maxItems: 1 }), ['a', 'b'], 'The request has room for one entry only.'],
    [
      'with one twice',
      Type.Array(Type.String(), { uniqueItems: true }),
      ['a', 'a'],
      'The request must not have the same entry twice.',
    ],
    ['that is no choice', Type.Enum(['left', 'right']), 'top', 'The request must be one of left, right.'],
    ['with nothing in it', Type.Object({}, { minProperties: 1 }), {}, 'The request must say something.'],
  ];
  for (const [what, schema, value, words] of cases) {
    it(`${what} is a sentence that says what to do`, () => assert.equal(said(schema, value), words));
  }
});

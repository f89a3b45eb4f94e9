import type { TLocalizedValidationError } from 'typebox/error';
import { Refusal } from './refusal.ts';

/** What a text must be, by the pattern or format of its schema. */
const FORMS = new Map<string, string>();

/** Says in words, with an example, what a pattern or format of a schema takes. */
export function explainForm(patternOrFormat: string, words: string): void {
  FORMS.set(patternOrFormat, words);
}

/** JSON Pointer (RFC 6901) of a field below `pointer`. */
const below = (pointer: string, name: string): string =>
  `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * Makes one refusal of what a validator found: the first field that is wrong, and how.
 *
 * @param prefix pointer of the validated value within the request, e.g. `/settings`
 */
export function refusalOf(errors: readonly TLocalizedValidationError[], prefix = ''): Refusal {
  const first = clearest(errors);
  if (!first) return new Refusal('bad_request', 'The request is not valid.');
  const { field, says } = describe(first);
  const pointer = prefix + field;
  return new Refusal('bad_request', pointer === '' ? `The request ${says}.` : `"${pointer}" ${says}.`, {
    field: pointer || '/',
  });
}

/**
 * Of a union, every branch says why it does not fit. The one that is meant is known by its constant (`type: 'form'`), and
 * only it has anything to say.
 */
function clearest(errors: readonly TLocalizedValidationError[]): TLocalizedValidationError | undefined {
  const branchOf = ({ schemaPath }: TLocalizedValidationError): string | undefined =>
    /^.*\/anyOf\/\d+(?=\/|$)/.exec(schemaPath)?.[0];
  const others = new Set(errors.filter(({ keyword }) => keyword === 'const').map(branchOf));
  return (
    errors.find((error) => error.keyword !== 'anyOf' && !others.has(branchOf(error) ?? '')) ??
    errors.find(({ keyword }) => keyword === 'const') ??
    errors[0]
  );
}

function describe(error: TLocalizedValidationError): { readonly field: string; readonly says: string } {
  const field = error.instancePath;
  switch (error.keyword) {
    case 'required':
      return { field: below(field, error.params.requiredProperties[0] ?? ''), says: 'must be filled in' };
    case 'additionalProperties':
      return { field: below(field, error.params.additionalProperties[0] ?? ''), says: 'is not a known field' };
    // What an unknown field looks like from the inside: the schema of additional properties is `false`.
    case 'boolean':
      return { field, says: 'is not a known field' };
    case 'const':
      return { field, says: 'is not one that is known here' };
    case 'enum':
      return { field, says: `must be one of ${error.params.allowedValues.map((value) => String(value)).join(', ')}` };
    case 'pattern':
      return { field, says: `must be ${FORMS.get(String(error.params.pattern)) ?? 'of the right form'}` };
    case 'format':
      return { field, says: `must be ${FORMS.get(error.params.format) ?? `a valid ${error.params.format}`}` };
    default:
      return { field, says: boundOf(error) };
  }
}

/** What a type is called where people read it. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** What is wrong with the size or the kind of a value, as a sentence that says what to do. */
function boundOf(error: TLocalizedValidationError): string {
  switch (error.keyword) {
    case 'type': {
      const types = [error.params.type].flat().map((type) => TYPES[type] ?? type);
      return `must be ${types.join(' or ')}`;
    }
    case 'minLength':
      return error.params.limit === 1 ? 'must not be empty' : `needs at least ${error.params.limit} characters`;
    case 'maxLength':
      return `has room for ${count(error.params.limit)} characters only`;
    case 'minimum':
      return `must be at least ${count(error.params.limit)}`;
    case 'maximum':
      return `must be at most ${count(error.params.limit)}`;
    case 'exclusiveMinimum':
      return `must be more than ${count(error.params.limit)}`;
    case 'exclusiveMaximum':
      return `must be less than ${count(error.params.limit)}`;
    case 'multipleOf':
      return `must be a multiple of ${count(error.params.multipleOf)}`;
    case 'minItems':
      return error.params.limit === 1 ? 'needs at least one entry' : `needs at least ${error.params.limit} entries`;
    case 'maxItems':
      return `has room for ${error.params.limit === 1 ? 'one entry' : `${error.params.limit} entries`} only`;
    case 'uniqueItems':
      return 'must not have the same entry twice';
    case 'minProperties':
      return 'must say something';
    case 'maxProperties':
      return `has room for ${error.params.limit} fields only`;
    default:
      return error.message;
  }
}

const count = (limit: number | bigint): string => limit.toLocaleString('en');

/**
 * Rules: what can be asked of a visit, and how it is compared. One table for triggers, assignment, chatbots and the page,
 * on both sides of the wire; docs/rules.md tells the same in words. It imports nothing and is compiled alone
 * (tsconfig.pure.json).
 */

/** What a parameter can be. Missing, null and the empty text are the same. */
export type ParameterValue = string | number | boolean | null | undefined;

/** How two values are compared: see `compare`. */
export type Matcher = '=' | '!=' | 'contains' | '!contains' | 'gt' | '>' | 'lt' | '<' | 'gte' | '>=' | 'lte' | '<=';

/** Something that can be asked of a visit. */
export interface Parameter {
  /** What people call it; English, for the console and for sentences about faults. */
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean';
  /** `code`: two letters. */
  readonly form?: 'code';
  /** Of a number. */
  readonly unit?: 'seconds' | 'percent';
  /** Known only while somebody looks at a page: triggers may ask for it, assignment may not. */
  readonly triggersOnly?: true;
}

const text = (name: string): Parameter => ({ name, type: 'text' });
const code = (name: string): Parameter => ({ name, type: 'text', form: 'code' });
const number = (name: string, unit?: Parameter['unit']): Parameter => ({
  ...{ name, type: 'number', triggersOnly: true },
  ...(unit && { unit }),
});
const yesOrNo = (name: string): Parameter => ({ name, type: 'boolean', triggersOnly: true });

/** By key. Beside these, triggers may ask for each attribute of the contact: `custom.` and its key. */
export const PARAMETERS = {
  page_url: text('Page URL'),
  message_text: text('Message text'),
  country: code('Country'),
  language: code('Language'),
  referrer_url: text('Referrer URL'),
  utm_source: text('UTM source'),
  utm_medium: text('UTM medium'),
  utm_term: text('UTM term'),
  utm_campaign: text('UTM campaign'),
  utm_content: text('UTM content'),
  time_on_page: number('Time on page', 'seconds'),
  scroll_depth: number('Scroll depth', 'percent'),
  exit_intent: yesOrNo('About to leave the page'),
  visits: number('Number of visits'),
  returning: yesOrNo('Has been here before'),
  verified: yesOrNo('Verified visitor'),
  agents_online: yesOrNo('Somebody is online'),
  office_hours: yesOrNo('Within office hours'),
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterKey = keyof typeof PARAMETERS;

/** Attributes of the contact are asked for by this and their key. */
export const ATTRIBUTE_PREFIX = 'custom.';

/** `true`: always. Else the parameter with this key, compared with the value, as in `['page_url', 'contains', '/pricing']`. */
export type Condition = true | readonly [parameter: string, matcher: Matcher, value: string | number | boolean];

/** What is wrong with something that should be a condition. */
export interface RuleFault {
  /** JSON pointer from the condition on: empty, or `/0`, `/1`, `/2`. */
  readonly place: string;
  /** One sentence for who wrote it. */
  readonly message: string;
}

/** A decimal number, as people write one. */
const NUMBER = /^\s*[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?\s*$/i;

const MATCHERS: Readonly<Record<Matcher, (a: string | number, b: string | number) => boolean>> = {
  '=': isEqual,
  '!=': (a, b) => !isEqual(a, b),
  contains: (a, b) => String(a).includes(String(b)),
  '!contains': (a, b) => !String(a).includes(String(b)),
  gt: (a, b) => order(a, b) > 0,
  '>': (a, b) => order(a, b) > 0,
  lt: (a, b) => order(a, b) < 0,
  '<': (a, b) => order(a, b) < 0,
  gte: (a, b) => order(a, b) >= 0,
  '>=': (a, b) => order(a, b) >= 0,
  lte: (a, b) => order(a, b) <= 0,
  '<=': (a, b) => order(a, b) <= 0,
};

/** In the order in which they are offered. */
export const matchers = Object.keys(MATCHERS) as readonly Matcher[];

/**
 * Compares two values.
 *
 * - `=`, `!=`: equality; upper and lower case are the same. A number equals a text that reads as the same number.
 * - `contains`, `!contains`: the text of `a` has that of `b` in it, letter for letter. Everything contains the empty text.
 * - `gt` `>`, `lt` `<`, `gte` `>=`, `lte` `<=`: as numbers, where both read as numbers; else as texts, so that dates
 *   (`2026-01-31`) are in order. A missing value is neither more nor less than anything, nor as much.
 *
 * What is no text, finite number or boolean is missing, and a missing value is like the empty text. A `Date` is its ISO
 * form. An unknown matcher holds never.
 */
export function compare(a: unknown, matcher: Matcher, b: unknown): boolean {
  if (!Object.hasOwn(MATCHERS, matcher)) return false;
  return MATCHERS[matcher](plain(a), plain(b));
}

/**
 * Whether a condition holds for what `read` says of its parameter. It must be without fault (`faultOf`).
 *
 * @param read gives a parameter's value by its key
 */
export function holds(condition: Condition, read: (parameter: string) => unknown): boolean {
  if (condition === true) return true;
  const [parameter, matcher, value] = condition;
  return compare(read(parameter), matcher, value);
}

/** The parameter with this key; undefined when there is none. */
export function parameterOf(key: string): Parameter | undefined {
  if (Object.hasOwn(PARAMETERS, key)) return PARAMETERS[key as ParameterKey];
  if (!key.startsWith(ATTRIBUTE_PREFIX) || key === ATTRIBUTE_PREFIX) return undefined;
  return { name: key, type: 'text', triggersOnly: true };
}

/**
 * What is wrong with something that should be a `Condition`; undefined: nothing.
 *
 * @param forTriggers what only triggers know may be asked for, too
 */
export function faultOf(condition: unknown, forTriggers = false): RuleFault | undefined {
  if (condition === true) return undefined;
  if (!Array.isArray(condition) || condition.length !== 3)
    return { place: '', message: 'A condition is true, or a list of three: parameter, matcher, value.' };
  const [key, matcher, value] = condition as readonly unknown[];
  const parameter = typeof key === 'string' ? parameterOf(key) : undefined;
  if (!parameter) return { place: '/0', message: `There is no parameter ${shown(key)}.` };
  if (parameter.triggersOnly && !forTriggers)
    return { place: '/0', message: `The parameter ${shown(key)} is for triggers only.` };
  if (typeof matcher !== 'string' || !Object.hasOwn(MATCHERS, matcher))
    return { place: '/1', message: `There is no matcher ${shown(matcher)}: it is one of ${matchers.join(' ')}.` };
  return faultOfValue(parameter, matcher as Matcher, value);
}

function faultOfValue(parameter: Parameter, matcher: Matcher, value: unknown): RuleFault | undefined {
  const { name, type, form } = parameter;
  const isEquality = matcher === '=' || matcher === '!=';
  const at = (place: string, message: string): RuleFault => ({ place, message: `${name}: ${message}` });
  if (type === 'boolean') {
    if (!isEquality) return at('/1', 'it is true or false, which only = and != compare.');
    return typeof value === 'boolean' ? undefined : at('/2', 'the value is true or false.');
  }
  if (type === 'number') {
    if (matcher.endsWith('contains')) return at('/1', 'it is a number, which contains nothing.');
    return readsAsNumber(plain(value)) ? undefined : at('/2', 'the value is a number.');
  }
  if (!['string', 'boolean'].includes(typeof value) && !Number.isFinite(value))
    return at('/2', 'the value is a text, a number, true or false.');
  if (form === 'code' && isEquality && !/^([a-z]{2})?$/i.test(String(value)))
    return at('/2', 'the value is a code of two letters.');
  return undefined;
}

/** A text or number to be compared. */
function plain(value: unknown): string | number {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : '';
  if (typeof value === 'boolean') return String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : '';
}

const readsAsNumber = (value: string | number): boolean => typeof value === 'number' || NUMBER.test(value);

/** Two texts are equal as texts: `1.0` is no `1`. */
function isEqual(a: string | number, b: string | number): boolean {
  const areNumbers = (typeof a === 'number' || typeof b === 'number') && readsAsNumber(a) && readsAsNumber(b);
  return areNumbers ? Number(a) === Number(b) : fold(a) === fold(b);
}

/** Above 0: `a` comes after `b`. NaN: one of them is missing. */
function order(a: string | number, b: string | number): number {
  if (a === '' || b === '') return NaN;
  if (readsAsNumber(a) && readsAsNumber(b)) return inOrder(Number(a), Number(b));
  return inOrder(fold(a), fold(b));
}

const inOrder = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : Number(a > b));

/** The same for upper and lower case, in whatever way letters and their marks are written. */
const fold = (value: string | number): string => String(value).normalize().toLowerCase().toUpperCase();

/** How a sentence quotes what was given. */
function shown(value: unknown): string {
  if (typeof value !== 'string') return `of type ${value === null ? 'null' : typeof value}`;
  return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
}

import type { Json } from '../../../api/admin-client.ts';
import { isObject } from './field-schema.ts';

/** A JSON Pointer (RFC 6901) one step further down. */
export function below(pointer: string, name: string | number): string {
  return `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The names on the way. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What a document has at a pointer; undefined where it ends before. */
export function valueAt(document: Json | undefined, pointer: string): Json | undefined {
  let at: Json | undefined = document;
  for (const step of stepsOf(pointer)) {
    if (Array.isArray(at)) at = at[Number(step)] as Json | undefined;
    else at = isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

/** The document with another value at a pointer, undefined for none; what is not on the way stays the same object. */
export function withValue<T extends Json>(document: T, pointer: string, value: Json | undefined): T {
  const put = (at: Json | undefined, [step, ...rest]: readonly string[]): Json | undefined => {
    if (step === undefined) return value;
    if (Array.isArray(at)) {
      return (at as readonly Json[]).map((item, i) => (i === Number(step) ? (put(item, rest) ?? item) : item));
    }
    const { [step]: before, ...others } = isObject(at) ? at : {};
    const after = put(before, rest);
    if (after === undefined) return others;
    return { ...(isObject(at) ? at : {}), [step]: after };
  };
  return put(document, stepsOf(pointer)) as T;
}

/** Whether two documents say the same, whatever the order of their names. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, i) => isSame(item as Json, other[i] as Json));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name]));
}

import { isDeepStrictEqual } from 'node:util';
import type { ContactPatch } from '../store/contacts.ts';
import type { ContactRow } from '../store/rows.ts';
import { ATTRIBUTE_LIMITS } from './attributes.ts';
import type { Profile } from './proof.ts';

/**
 * How what is said about a person meets what is known.
 * `proven`: it replaces. `fill`: it fills what is unknown. `unproven`: it fills what is empty, marked as unverified;
 * attributes are always written, marked.
 */
export type ProfileRule = 'proven' | 'fill' | 'unproven';

const LINES = ['name', 'phone', 'notes'] as const;

/** What has to be written of a profile; nothing in it when the contact is so already. */
export function profilePatch(contact: ContactRow, profile: Profile, rule: ProfileRule): ContactPatch {
  const marks = new Set(contact.unverified);
  const patch: { -readonly [field in keyof ContactPatch]: ContactPatch[field] } = {};

  for (const field of LINES) {
    const said = profile[field];
    if (said === undefined || (rule !== 'proven' && contact[field] !== null)) continue;
    if (said !== contact[field]) patch[field] = said;
    if (rule === 'unproven') marks.add(field);
    else marks.delete(field);
  }

  const said = Object.entries(profile.attributes ?? {}).filter(
    ([key]) => rule !== 'fill' || !Object.hasOwn(contact.attributes, key),
  );
  for (const [key, value] of said) {
    const isKnown = Object.hasOwn(contact.attributes, key) && isDeepStrictEqual(contact.attributes[key], value);
    // Who repeats without a proof what is proven takes nothing away from it.
    if (rule !== 'unproven') marks.delete(`attributes.${key}`);
    else if (!isKnown) marks.add(`attributes.${key}`);
  }
  const attributes = merge(contact.attributes, said);
  if (!isDeepStrictEqual(attributes, contact.attributes)) patch.attributes = attributes;

  const unverified = [...marks].filter(
    (mark) => !mark.startsWith('attributes.') || Object.hasOwn(attributes, mark.slice('attributes.'.length)),
  );
  if (!isDeepStrictEqual(unverified, contact.unverified)) patch.unverified = unverified;
  return patch;
}

/** A contact has only so many attributes: the ones that were written longest ago go. */
function merge(
  known: ContactRow['attributes'],
  said: readonly (readonly [string, unknown])[],
): ContactRow['attributes'] {
  const all = new Map(Object.entries(known));
  for (const [key, value] of said) {
    if (!isDeepStrictEqual(all.get(key), value)) all.delete(key);
    all.set(key, value);
  }
  return Object.fromEntries([...all].slice(-ATTRIBUTE_LIMITS.count));
}

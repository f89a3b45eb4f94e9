import type { Contact, FormField, FormValues, Verification } from '../../src/api/protocol.ts';
import { readForm } from './form-values.ts';
import { attributesFault } from './identity/attributes.ts';
import type { Profile } from './identity/proof.ts';
import type { Inbox } from './inbox-directory.ts';
import { Refusal } from './refusal.ts';
import { toContact } from './store/rows.ts';
import type { ContactRow } from './store/rows.ts';

/** What a visitor agrees to is kept like a checkbox that must be checked. */
const CONSENT: FormField = { key: 'consent', label: 'Consent', type: 'checkbox', required: true };

/** What the inbox asks visitors before a conversation, whether somebody is there or not; each key once. */
function askedBy({ settings: { forms } }: Inbox): readonly FormField[] {
  const fields: readonly FormField[] = [...forms.offline, ...forms.preChat, ...(forms.consent === '' ? [] : [CONSENT])];
  return [...new Map(fields.map((field) => [field.key, field])).values()];
}

/**
 * Reads what a visitor has filled in before a conversation. A field that is missing was not asked: it is known.
 *
 * @throws Refusal `bad_request`, with the field `/form/{key}`
 */
export function readVisitorForm(inbox: Inbox, form: FormValues): FormValues {
  const given = askedBy(inbox).filter(({ key }) => Object.hasOwn(form, key));
  const read = readForm(given, form);
  if (!read.ok) throw new Refusal('bad_request', read.message, { field: `/form${read.field}` });
  return read.values;
}

/** What was filled in as what is said about a person, by the fields' keys. @throws Refusal `bad_request` */
export function profileOf(values: FormValues): { readonly profile: Profile; readonly email?: string } {
  const { name, email, phone, ...attributes } = values;
  const wrong = attributesFault(attributes);
  if (wrong) throw new Refusal('bad_request', `What was filled in ${wrong}.`, { field: '/form' });
  const text = (value: FormValues[string] | undefined): string | undefined =>
    value === undefined ? undefined : String(value);
  return { profile: { name: text(name), phone: text(phone), attributes }, email: text(email) };
}

/** What the inbox asks consent for was agreed to. */
export function hasAgreed({ attributes }: ContactRow): boolean {
  return attributes[CONSENT.key] === true;
}

/** Nothing of a conversation is taken before that. */
export function notAgreed(): Refusal {
  return new Refusal('forbidden', 'The visitor has not agreed yet.', { field: '/form/consent' });
}

/** A visitor as they are told of themselves: with what no form needs to ask them any more. */
export function ownContact(inbox: Inbox, row: ContactRow, verification: Verification): Contact {
  const contact = { ...toContact(row), verification };
  const has = ({ key }: FormField): boolean => {
    if (key === 'name' || key === 'email') return contact[key] !== null;
    if (key === CONSENT.key && inbox.settings.forms.consent) return hasAgreed(row);
    return key === 'phone' ? row.phone !== null : Object.hasOwn(row.attributes, key);
  };
  const known = askedBy(inbox)
    .filter(has)
    .map(({ key }) => key);
  return known.length > 0 ? { ...contact, known } : contact;
}

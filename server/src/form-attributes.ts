import type { AttributeDefinition, FormField } from '../../src/api/protocol.ts';
import type { Parts } from './parts.ts';
import { Refusal } from './refusal.ts';
import type { SettingsFault } from './settings-rules.ts';
import type { InboxSettings } from './settings.ts';

/** What fills in the contact itself. */
export const OWN_FIELDS: ReadonlySet<string> = new Set(['name', 'email', 'phone']);
const FORMS = ['preChat', 'offline'] as const;

/** Which types of a form's fields write which types of attributes. */
const ASKED_AS: Readonly<Record<AttributeDefinition['type'], readonly FormField['type'][]>> = {
  string: ['text', 'email', 'phone', 'date', 'list', 'link'],
  number: ['number'],
  boolean: ['checkbox'],
  date: ['date'],
  list: ['list'],
};

/**
 * The first field of an inbox's forms whose answer has no place to go. Forms that the patch does not touch are not looked
 * at: what was saved once stays, also when attributes went since.
 *
 * @param patch of the settings, as it came
 */
export function formAttributeFault(
  definitions: readonly AttributeDefinition[],
  { forms }: InboxSettings,
  patch: Readonly<Record<string, unknown>>,
): SettingsFault | undefined {
  const touched = patch['forms'];
  if (typeof touched !== 'object' || touched === null) return undefined;
  for (const form of FORMS) {
    if (!Object.hasOwn(touched, form)) continue;
    for (const [index, field] of forms[form].entries()) {
      const fault = OWN_FIELDS.has(field.key) ? undefined : faultOf(definitions, field);
      if (fault) return { field: `/settings/forms/${form}/${index}/${fault.at}`, message: fault.message };
    }
  }
  return undefined;
}

/** @throws Refusal `bad_request` with the field whose answer has no place to go, see `formAttributeFault` */
export async function checkForms(
  { store }: Pick<Parts, 'store'>,
  settings: InboxSettings,
  patch: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!Object.hasOwn(patch, 'forms')) return;
  const fault = formAttributeFault(await store.attributes.list('contact'), settings, patch);
  if (fault) throw new Refusal('bad_request', fault.message, { field: fault.field });
}

/** Which inboxes' forms ask for an attribute, by their names. */
export function askedIn(inboxes: readonly { readonly name: string; readonly settings: InboxSettings }[], key: string) {
  return inboxes
    .filter(({ settings: { forms } }) => FORMS.some((form) => forms[form].some((field) => field.key === key)))
    .map(({ name }) => name);
}

function faultOf(
  definitions: readonly AttributeDefinition[],
  { key, type, options = [] }: FormField,
): { readonly at: 'key' | 'type' | 'options'; readonly message: string } | undefined {
  const definition = definitions.find((each) => each.key === key);
  if (!definition) {
    return { at: 'key', message: `There is no attribute “${key}” yet. Make it under Attributes, then ask for it.` };
  }
  if (!definition.writers.includes('visitor')) {
    return {
      at: 'key',
      message: `Visitors may not write “${key}”. Allow it under Attributes, or ask for another one.`,
    };
  }
  if (!ASKED_AS[definition.type].includes(type)) {
    return { at: 'type', message: `“${key}” is a ${definition.type}: ask for it as ${ASKED_AS[definition.type][0]!}.` };
  }
  const stranger = definition.type === 'list' && options.find((each) => !definition.options?.includes(each));
  return stranger ? { at: 'options', message: `“${stranger}” is not among the choices of “${key}”.` } : undefined;
}

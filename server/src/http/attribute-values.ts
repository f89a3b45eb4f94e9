import { Type } from 'typebox';
import type { Static } from 'typebox';
import type { AttributeDefinition } from '../../../src/api/protocol.ts';
import { readAttribute } from '../attributes.ts';
import { audit } from '../audit.ts';
import { ATTRIBUTE_LIMITS } from '../identity/attributes.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { AttributeValues } from '../store/attributes.ts';
import { tellContact } from '../tell.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { toWholeContact } from './contacts.ts';
import { findConversation } from './conversations.ts';
import { callerOf, scopeOf } from './requester.ts';
import type { Caller } from './requester.ts';
import { failures, IdParams, nullable, refs } from './schemas.ts';

const Values = Type.Record(
  Type.String(),
  nullable(Type.Union([Type.String({ maxLength: 2_000 }), Type.Number(), Type.Boolean()])),
  { minProperties: 1, maxProperties: 100, description: 'By key. Null takes it away; what is not named stays.' },
);
const Kept = Type.Object({ attributes: Type.Record(Type.String(), Type.Unknown()) });

/** What contacts and conversations have of the attributes that are defined. */
export function attributeValueRoutes(app: App, parts: Parts): void {
  const { attributes, contacts } = parts.store;
  const toContacts = { permission: 'contacts' } as const;
  const toConversations = { permission: 'conversations' } as const;

  app.patch(
    '/v1/contacts/:id/attributes',
    {
      preParsing: requireCaller(app, parts, toContacts),
      schema: {
        ...{ tags: ['Contacts'], security: securityOf(toContacts) },
        summary: 'Write attributes of a contact',
        description: 'Only those that are defined, and that agents (or API keys) may write. It counts as verified.',
        params: IdParams,
        body: Values,
        response: { 200: refs.agentContact, ...failures },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const scope = scopeOf(caller);
      const found = await contacts.find(request.params.id, scope);
      const contact = found?.mergedInto ? await contacts.find(found.mergedInto, scope) : found;
      if (!contact) throw notFound();
      const change = await read('contact', caller, request.body);
      await attributes.change('contacts', contact.id, (now) => applied(now, change));
      const marks = new Set([...change.keys()].map((key) => `attributes.${key}`));
      const unverified = contact.unverified.filter((mark) => !marks.has(mark));
      const changed = await contacts.update(contact.id, { unverified });
      if (!changed) throw notFound();
      await tellContact(parts, contact.id, contact.inboxId);
      await note(caller, contact.inboxId, { contactId: contact.id, attributes: [...change.keys()] });
      return toWholeContact(parts, changed);
    },
  );

  app.get(
    '/v1/conversations/:id/attributes',
    {
      preParsing: requireCaller(app, parts, toConversations),
      schema: {
        ...{ tags: ['Conversations'], security: securityOf(toConversations) },
        summary: 'Attributes of a conversation',
        params: IdParams,
        response: { 200: Kept, ...failures },
      },
    },
    async (request) => {
      const { id } = await findConversation(parts, callerOf(request), request.params.id);
      return { attributes: { ...(await attributes.ofConversation(id)) } };
    },
  );

  app.patch(
    '/v1/conversations/:id/attributes',
    {
      preParsing: requireCaller(app, parts, toConversations),
      schema: {
        ...{ tags: ['Conversations'], security: securityOf(toConversations) },
        summary: 'Write attributes of a conversation',
        description: 'Only those that are defined, and that agents (or API keys) may write.',
        params: IdParams,
        body: Values,
        response: { 200: Kept, ...failures },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id, inboxId } = await findConversation(parts, caller, request.params.id);
      const change = await read('conversation', caller, request.body);
      const kept = await attributes.change('conversations', id, (now) => applied(now, change));
      if (!kept) throw notFound();
      await note(caller, inboxId, { conversationId: id, attributes: [...change.keys()] });
      return { attributes: { ...kept } };
    },
  );

  /** By key as it is defined; undefined: it goes. @throws Refusal `bad_request`, with the field `/{key}` */
  async function read(
    owner: AttributeDefinition['owner'],
    caller: Caller,
    values: Static<typeof Values>,
  ): Promise<ReadonlyMap<string, unknown>> {
    const definitions = await attributes.list(owner);
    const writer = caller.kind === 'agent' ? 'agent' : 'api';
    const change = new Map<string, unknown>();
    for (const [key, value] of Object.entries(values)) {
      const refuse = (message: string) =>
        new Refusal('bad_request', message, { field: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` });
      const definition = definitions.find((each) => each.key === key);
      if (!definition) throw refuse(`There is no attribute “${key}”. Define it first: POST /v1/attributes.`);
      if (!definition.writers.includes(writer)) {
        const who = writer === 'agent' ? 'Agents' : 'API keys';
        throw refuse(`${who} may not write “${definition.label}”.`);
      }
      if (value === null) {
        change.set(key, undefined);
        continue;
      }
      const found = readAttribute(definition, value);
      if (!found.ok) throw refuse(`“${definition.label}” ${found.says}.`);
      change.set(key, found.value);
    }
    return change;
  }

  async function note(caller: Caller, inboxId: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    await audit(parts, caller, { action: 'attributes.written', inboxId, details });
  }
}

/** @throws Refusal `conflict` when there would be too many */
function applied(now: AttributeValues, change: ReadonlyMap<string, unknown>): AttributeValues {
  const all = new Map([...Object.entries(now), ...change]);
  for (const [key, value] of change) if (value === undefined) all.delete(key);
  if (all.size > ATTRIBUTE_LIMITS.count) {
    throw new Refusal('conflict', `There is room for ${ATTRIBUTE_LIMITS.count} attributes only.`);
  }
  return Object.fromEntries(all);
}

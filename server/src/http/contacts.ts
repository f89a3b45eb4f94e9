import { Type } from 'typebox';
import type { AgentContact } from '../../../src/api/protocol.ts';
import type { Parts } from '../parts.ts';
import { notFound } from '../refusal.ts';
import type { ContactQuery } from '../store/contacts.ts';
import { toContact } from '../store/rows.ts';
import type { ContactRow } from '../store/rows.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { callerOf, scopeOf } from './requester.ts';
import type { Caller } from './requester.ts';
import { ContactPageSchema, failures, IdParams, ListQuery, refs } from './schemas.ts';

const access = { permission: 'contacts' } as const;
const tags = ['Contacts'];
const security = securityOf(access);

/** What agents see of a person; what is not known is left out. */
export function toAgentContact(row: ContactRow): AgentContact {
  const { createdAt, externalId, email, claimedEmail, phone, notes, attributes, unverified, blockedAt } = row;
  return {
    ...toContact(row),
    createdAt,
    ...(externalId !== null && { externalId }),
    // Without a proven e-mail, `email` is the claim.
    ...(email !== null && claimedEmail !== null && { claimedEmail }),
    ...(phone !== null && { phone }),
    ...(notes !== null && { notes }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(unverified.length > 0 && { unverified }),
    ...(blockedAt !== null && { blocked: true }),
  };
}

/** The same, with what stands elsewhere: a site's own ids for the person. */
export async function toWholeContact({ store }: Pick<Parts, 'store'>, row: ContactRow): Promise<AgentContact> {
  const visitorIds = await store.identities.visitorIdsOf(row.id);
  return { ...toAgentContact(row), ...(visitorIds.length > 0 && { visitorIds }) };
}

/** People. */
export function contactRoutes(app: App, parts: Parts): void {
  const { contacts } = parts.store;
  const preParsing = requireCaller(app, parts, access);

  app.get(
    '/v1/contacts',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Contacts, newest first',
        querystring: Type.Object(ListQuery),
        response: { 200: ContactPageSchema, ...failures },
      },
    },
    (request) => pageFor(callerOf(request), request.query),
  );

  app.post(
    '/v1/contacts/search',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Contacts by e-mail, one per inbox at most',
        description: 'In the body, for addresses are written down on their way.',
        body: Type.Object(
          { email: Type.String({ description: 'Whose it is, A–Z in either case; claims do not count.' }) },
          { additionalProperties: false },
        ),
        response: { 200: ContactPageSchema, ...failures },
      },
    },
    (request) => pageFor(callerOf(request), request.body),
  );

  app.get(
    '/v1/contacts/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'One contact',
        description: 'An anonymous visitor who has signed in since is answered with whom they turned out to be.',
        params: IdParams,
        response: { 200: refs.agentContact, ...failures },
      },
    },
    async (request) => {
      const inboxId = scopeOf(callerOf(request));
      const found = await contacts.find(request.params.id, inboxId);
      const contact = found?.mergedInto ? await contacts.find(found.mergedInto, inboxId) : found;
      if (!contact) throw notFound();
      return toWholeContact(parts, contact);
    },
  );

  async function pageFor(caller: Caller, query: ContactQuery) {
    const inboxId = scopeOf(caller);
    const page = await contacts.page({ ...query, ...(inboxId === undefined ? {} : { inboxId }) });
    return { ...page, contacts: page.contacts.map(toAgentContact) };
  }
}

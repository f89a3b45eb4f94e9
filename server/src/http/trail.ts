import { Type } from 'typebox';
import { LIMITS } from '../../../src/api/protocol.ts';
import type { TrailPage } from '../../../src/api/protocol.ts';
import type { Parts } from '../parts.ts';
import { notFound } from '../refusal.ts';
import { tellTrail } from '../tell.ts';
import { readReport } from '../trail-report.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { limiter } from './rates.ts';
import { callerOf, inboxOf, scopeOf, visitorOf } from './requester.ts';
import { failures, IdParams, InboxParams, ListQuery, Nothing } from './schemas.ts';
import { TrailItemSchema, TrailReportSchema } from './trail-schema.ts';
import { requireVisitor } from './visitor-access.ts';

const TrailPageSchema = Type.Unsafe<TrailPage>(
  Type.Object({
    items: Type.Array(TrailItemSchema),
    cursor: Type.Optional(Type.String({ description: 'There are older ones: `before=` this.' })),
  }),
);

/** Which pages a visitor is on, and what the site reports of them. */
export function visitorTrailRoute(app: App, parts: Parts): void {
  const perContact = limiter(app, 'trailPerContact', {
    limits: parts.config.limits,
    keyOf: (request) => visitorOf(request).contact.id,
  });

  app.post(
    '/trail',
    {
      preParsing: requireVisitor(app, parts),
      schema: {
        tags: ['Visitor'],
        security: [{ session: [] }],
        summary: 'Report pages and events',
        description: 'For the agents, who hear of it at once. Kept for `behaviour.trailDays`.',
        params: InboxParams,
        body: Type.Object(
          { items: Type.Array(TrailReportSchema, { minItems: 1, maxItems: LIMITS.trailItems }) },
          { additionalProperties: false },
        ),
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      await perContact(request);
      const { contact } = visitorOf(request);
      const { id: contactId, inboxId } = contact;
      const now = parts.now();
      const items = request.body.items.map((report, index) => readReport(report, now, index));
      const added = await parts.store.trail.add({ inboxId: inboxOf(request).row.id, contactId }, items);
      if (!added) throw notFound();
      await tellTrail(parts, { contactId, inboxId }, added);
      return reply.status(204).send(null);
    },
  );
}

/** The same, for agents and back ends. */
export function trailRoute(app: App, parts: Parts): void {
  const access = { permission: 'contacts' } as const;
  const { contacts, contactData, trail } = parts.store;

  app.get(
    '/v1/contacts/:id/trail',
    {
      preParsing: requireCaller(app, parts, access),
      schema: {
        tags: ['Contacts'],
        security: securityOf(access),
        summary: 'Which pages a contact was on, and what the site reported of them, latest first',
        description: 'What they did before it was known who they are, too.',
        params: IdParams,
        querystring: Type.Object({
          type: Type.Optional(Type.Enum(['page', 'event'], { description: 'Only these.' })),
          ...ListQuery,
        }),
        response: { 200: TrailPageSchema, ...failures },
      },
    },
    async (request) => {
      const contact = await contacts.find(request.params.id, scopeOf(callerOf(request)));
      if (!contact) throw notFound();
      return trail.page(await contactData.idsOf(contact.mergedInto ?? contact.id), request.query);
    },
  );
}

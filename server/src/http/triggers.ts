import { Type } from 'typebox';
import type { Trigger } from '../../../src/api/protocol.ts';
import { audit } from '../audit.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import { tellSettings } from '../tell-settings.ts';
import { checkConditions } from '../trigger-rules.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { DEFAULT_INBOX } from './inboxes.ts';
import { callerOf, scopeOf } from './requester.ts';
import type { Caller } from './requester.ts';
import { failures, IdParams, Nothing } from './schemas.ts';
import { newTrigger, triggerPatch, TriggerSchema } from './trigger-schema.ts';

const access = { permission: 'settings', admin: true } as const;
const tags = ['Triggers'];
const security = securityOf(access);

/** Most triggers of an inbox: each widget gets those that are enabled. */
const MOST = 100;

/** @throws Refusal `forbidden` */
export function inboxAsked(caller: Caller, inboxId: string | undefined): string {
  const scope = scopeOf(caller);
  if (scope !== undefined && inboxId !== undefined && inboxId !== scope) {
    throw new Refusal('forbidden', 'This API key is bound to another inbox.');
  }
  return scope ?? inboxId ?? DEFAULT_INBOX;
}

/** What the widgets of an inbox say before the visitor does: live at once, in widgets that are open too. */
export function triggerRoutes(app: App, parts: Parts): void {
  const { triggers, inboxes } = parts.store;
  const preParsing = requireCaller(app, parts, access);

  app.get(
    '/v1/triggers',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'All triggers, in the order in which they are tried',
        querystring: Type.Object({ inbox: Type.Optional(Type.String()) }),
        response: { 200: Type.Object({ triggers: Type.Array(TriggerSchema) }), ...failures },
      },
    },
    async (request) => {
      const scope = scopeOf(callerOf(request));
      const { inbox } = request.query;
      // Another inbox than the key's own is as good as an empty one.
      if (scope !== undefined && inbox !== undefined && inbox !== scope) return { triggers: [] };
      const inboxId = scope ?? inbox;
      return { triggers: await triggers.list(inboxId === undefined ? {} : { inboxId }) };
    },
  );

  app.post(
    '/v1/triggers',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Make a trigger',
        body: Type.Object(
          {
            inboxId: Type.Optional(Type.String({ description: 'Default: the key’s own, else the default inbox.' })),
            ...newTrigger,
          },
          { additionalProperties: false },
        ),
        response: { 201: TriggerSchema, ...failures },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const inboxId = inboxAsked(caller, request.body.inboxId);
      const { conditions = [], ...given } = request.body;
      checkConditions(conditions);
      if (!(await inboxes.find(inboxId))) {
        throw new Refusal('bad_request', 'There is no such inbox.', { field: '/inboxId' });
      }
      if ((await triggers.list({ inboxId })).length >= MOST) {
        throw new Refusal('conflict', `An inbox has at most ${MOST} triggers. Delete one that is not needed.`);
      }
      const made = await triggers.create({
        ...{ enabled: true, priority: 0, delaySeconds: 0, frequency: { times: 1, days: 0 } },
        ...{ ...given, inboxId, conditions },
      });
      await tellSettings(parts, inboxId);
      await audit(parts, caller, { action: 'trigger.made', inboxId, details: { id: made.id, name: made.name } });
      reply.status(201);
      return made;
    },
  );

  app.get(
    '/v1/triggers/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'One trigger',
        params: IdParams,
        response: { 200: TriggerSchema, ...failures },
      },
    },
    async (request) => findTrigger(parts, callerOf(request), request.params.id),
  );

  app.patch(
    '/v1/triggers/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Change a trigger',
        description: 'What is missing stays as it is.',
        params: IdParams,
        body: Type.Object(triggerPatch, { additionalProperties: false, minProperties: 1 }),
        response: { 200: TriggerSchema, ...failures },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id, inboxId } = await findTrigger(parts, caller, request.params.id);
      const { conditions, ...given } = request.body;
      if (conditions) checkConditions(conditions);
      const changed = await triggers.update(id, { ...given, ...(conditions && { conditions }) });
      if (!changed) throw notFound();
      await tellSettings(parts, inboxId);
      const details = { id, name: changed.name, changed: Object.keys(request.body) };
      await audit(parts, caller, { action: 'trigger.changed', inboxId, details });
      return changed;
    },
  );

  app.delete(
    '/v1/triggers/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Delete a trigger',
        params: IdParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { id, inboxId, name } = await findTrigger(parts, caller, request.params.id);
      await triggers.delete(id);
      await tellSettings(parts, inboxId);
      await audit(parts, caller, { action: 'trigger.deleted', inboxId, details: { id, name } });
      return reply.status(204).send(null);
    },
  );
}

/** @throws Refusal `not_found`, alike for those of another inbox */
export async function findTrigger({ store }: Parts, caller: Caller, id: string): Promise<Trigger> {
  const scope = scopeOf(caller);
  const found = await store.triggers.find(id);
  if (!found || (scope !== undefined && found.inboxId !== scope)) throw notFound();
  return found;
}

import { Type } from 'typebox';
import { audit } from '../audit.ts';
import { FlowSchema } from '../bots/flow.ts';
import { checkFlow } from '../bots/flow-faults.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { callerOf } from './requester.ts';
import { failures, IdParams, Nothing } from './schemas.ts';
import { findTrigger } from './triggers.ts';

const access = { permission: 'settings', admin: true } as const;
const tags = ['Triggers'];
const security = securityOf(access);

const BotFlow = Type.Object({
  flow: Type.Union([FlowSchema, Type.Null()], { description: 'Null: none, so people answer.' }),
  secret: Type.Optional(Type.String({ description: 'What its webhooks are signed with (Standard Webhooks).' })),
});

/** What the chatbots of triggers say. */
export function botFlowRoutes(app: App, parts: Parts): void {
  const { botFlows } = parts.store;
  const preParsing = requireCaller(app, parts, access);

  app.get(
    '/v1/triggers/:id/flow',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'What a trigger’s chatbot says and asks',
        params: IdParams,
        response: { 200: BotFlow, ...failures },
      },
    },
    async (request) => {
      const { id } = await findTrigger(parts, callerOf(request), request.params.id);
      return (await botFlows.find(id)) ?? { flow: null };
    },
  );

  app.put(
    '/v1/triggers/:id/flow',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Say what a trigger’s chatbot says and asks',
        description:
          'New conversations get it; those in which it speaks already go on as they began. A flow that goes round without ' +
          'asking anybody, a step that leads nowhere, or that no step leads to, is refused with its place.',
        params: IdParams,
        body: Type.Object({ flow: FlowSchema }, { additionalProperties: false }),
        response: { 200: BotFlow, ...failures },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id, inboxId, kind, name } = await findTrigger(parts, caller, request.params.id);
      if (kind !== 'bot') throw new Refusal('conflict', 'Only triggers of kind bot have a flow.');
      const { flow } = request.body;
      checkFlow(flow);
      const saved = await botFlows.save(id, flow);
      await audit(parts, caller, { action: 'flow.saved', inboxId, details: { id, name, steps: flow.steps.length } });
      return saved;
    },
  );

  app.delete(
    '/v1/triggers/:id/flow',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Delete a flow, and the secret of its webhooks',
        description: 'Conversations in which it speaks go on as they began; its webhooks fail.',
        params: IdParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { id, inboxId, name } = await findTrigger(parts, caller, request.params.id);
      await botFlows.delete(id);
      await audit(parts, caller, { action: 'flow.deleted', inboxId, details: { id, name } });
      return reply.status(204).send(null);
    },
  );
}

import { Type } from 'typebox';
import type { Parts } from '../parts.ts';
import { notFound } from '../refusal.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { findConversation } from './conversations.ts';
import { callerOf } from './requester.ts';
import { failures, IdParams, Nothing, nullable, Time } from './schemas.ts';

const access = { permission: 'conversations' } as const;
const tags = ['Conversations'];
const security = securityOf(access);

const BotRun = Type.Object({
  triggerId: Type.String(),
  name: Type.String({ description: 'Who speaks.' }),
  step: Type.String({ description: 'Id of the step at which it stands, or ended.' }),
  answers: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
    description: 'What the visitor was asked for, by key.',
  }),
  startedAt: Time,
  endedAt: nullable(Time),
  endReason: nullable(
    Type.Enum(['done', 'handed_over', 'taken_over', 'silence', 'failed'], {
      description: '`silence`: nobody has answered for a day.',
    }),
  ),
});

/** What a chatbot did in a conversation, and its end. */
export function conversationBotRoutes(app: App, parts: Parts): void {
  const { botRuns } = parts.store;
  const preParsing = requireCaller(app, parts, access);

  app.get(
    '/v1/conversations/:id/bot',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Where a chatbot stands in a conversation',
        description: '404 where there never was one.',
        params: IdParams,
        response: { 200: BotRun, ...failures },
      },
    },
    async (request) => {
      const { id } = await findConversation(parts, callerOf(request), request.params.id);
      const run = await botRuns.find(id);
      if (!run) throw notFound();
      const { triggerId, flow, step, answers, startedAt, endedAt, endReason } = run;
      return { triggerId, name: flow.name, step, answers, startedAt, endedAt, endReason };
    },
  );

  app.delete(
    '/v1/conversations/:id/bot',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Take over from a chatbot',
        description:
          'It says nothing more; people go on. So it is also when an agent answers, or the conversation is closed.',
        params: IdParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const conversation = await findConversation(parts, callerOf(request), request.params.id);
      await parts.bots.stop(conversation);
      return reply.status(204).send(null);
    },
  );
}

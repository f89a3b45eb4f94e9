import type { FastifyRequest } from 'fastify';
import { deleteMessage, editMessage, reactTo } from '../message-change.ts';
import type { Change } from '../message-change.ts';
import type { Parts } from '../parts.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { findConversation, writerOf } from './conversations.ts';
import { callerOf } from './requester.ts';
import { EditAnswer, failures, MessageEditSchema, MessageParams, MessageReactionSchema, Nothing } from './schemas.ts';

const access = { permission: 'conversations' } as const;
const tags = ['Conversations'];
const security = securityOf(access);
const OWN = 'Agents change what they wrote, API keys what was said in nobody’s person.';

/** What agents and back ends do with messages that stand. */
export function messageChangeRoutes(app: App, parts: Parts): void {
  const preParsing = requireCaller(app, parts, access);

  async function changeOf(request: FastifyRequest, { id, message }: { id: string; message: string }): Promise<Change> {
    const caller = callerOf(request);
    return { by: writerOf(caller), conversation: await findConversation(parts, caller, id), messageId: message };
  }

  app.patch(
    '/v1/conversations/:id/messages/:message',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Change the text of a message',
        description: `${OWN} What it was before is kept by nobody.`,
        params: MessageParams,
        body: MessageEditSchema,
        response: { 200: EditAnswer, ...failures },
      },
    },
    async (request) => ({ entry: await editMessage(parts, await changeOf(request, request.params), request.body) }),
  );

  app.delete(
    '/v1/conversations/:id/messages/:message',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Take a message back',
        description: `${OWN} Nothing but its place is left.`,
        params: MessageParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      await deleteMessage(parts, await changeOf(request, request.params));
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/v1/conversations/:id/messages/:message/reaction',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Put an emoji on a message, or take it away',
        params: MessageParams,
        body: MessageReactionSchema,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      await reactTo(parts, await changeOf(request, request.params), request.body);
      return reply.status(204).send(null);
    },
  );
}

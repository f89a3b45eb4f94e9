import { Type } from 'typebox';
import type { FastifyRequest } from 'fastify';
import { deleteMessage, editMessage, reactTo } from '../message-change.ts';
import type { Change } from '../message-change.ts';
import type { Parts } from '../parts.ts';
import type { Budgets } from '../socket/session.ts';
import { allowReactions, editMs, spendMessage } from '../visitor-rules.ts';
import type { App } from './app.ts';
import { inboxOf, visitorOf } from './requester.ts';
import {
  EditAnswer,
  failures,
  InboxParams,
  MessageEditSchema,
  MessageParams,
  MessageReactionSchema,
  Nothing,
} from './schemas.ts';
import { refuseUnwelcome, requireVisitor } from './visitor-access.ts';
import { findOwn, writerOf } from './visitor-conversations.ts';

const Params = Type.Object({ ...InboxParams.properties, ...MessageParams.properties });
const tags = ['Visitor'];
const security = [{ session: [] }];

/** What visitors do with messages that stand. */
export function visitorMessageRoutes(app: App, parts: Parts, budgets: Budgets): void {
  const preParsing = requireVisitor(app, parts);

  /** Which message; it costs as much as saying something. */
  async function changeOf(request: FastifyRequest, { id, message }: { id: string; message: string }): Promise<Change> {
    refuseUnwelcome(request);
    const { contact } = visitorOf(request);
    const conversation = await findOwn(parts, request, id);
    spendMessage(parts, budgets, contact.id, inboxOf(request).settings);
    return { by: writerOf(request), conversation, messageId: message };
  }

  app.patch(
    '/conversations/:id/messages/:message',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Change the text of one’s own message',
        description: 'As long as the inbox allows it (`settings.behaviour.editSeconds`).',
        params: Params,
        body: MessageEditSchema,
        response: { 200: EditAnswer, ...failures },
      },
    },
    async (request) => {
      const inbox = inboxOf(request);
      const change = { ...(await changeOf(request, request.params)), editMs: editMs(inbox) };
      return { entry: await editMessage(parts, change, request.body, inbox.settings.limits.messageLength) };
    },
  );

  app.delete(
    '/conversations/:id/messages/:message',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Take one’s own message back',
        description:
          'As long as the inbox allows it (`settings.behaviour.editSeconds`). Nothing but its place is left.',
        params: Params,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      await deleteMessage(parts, { ...(await changeOf(request, request.params)), editMs: editMs(inboxOf(request)) });
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/conversations/:id/messages/:message/reaction',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Put an emoji on a message, or take it away',
        params: Params,
        body: MessageReactionSchema,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const change = await changeOf(request, request.params);
      allowReactions(inboxOf(request));
      await reactTo(parts, change, request.body);
      return reply.status(204).send(null);
    },
  );
}

import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Parts } from '../parts.ts';
import { notFound } from '../refusal.ts';
import type { Budgets } from '../socket/session.ts';
import type { Writer } from '../store/append-request.ts';
import type { ConversationRow } from '../store/rows.ts';
import { appendAndTell } from '../tell.ts';
import { allowRating, allowState, spendMessage } from '../visitor-rules.ts';
import type { App } from './app.ts';
import { inboxOf, visitorOf } from './requester.ts';
import {
  ConversationPageSchema,
  EntryPageSchema,
  EntryQuerySchema,
  failures,
  IdParams,
  InboxParams,
  ListQuery,
  refs,
} from './schemas.ts';
import { requireVisitor } from './visitor-access.ts';

const Params = Type.Object({ ...InboxParams.properties, ...IdParams.properties });
const tags = ['Visitor'];
const security = [{ session: [] }];

const COMMENT_LENGTH = 2_000;

/** The visitor's own conversation. @throws Refusal `not_found` alike for foreign and missing */
export async function findOwn({ store }: Parts, request: FastifyRequest, id: string): Promise<ConversationRow> {
  const found = await store.conversations.find(id, { contactId: visitorOf(request).contact.id });
  if (!found) throw notFound();
  return found;
}

/** Who a visitor is in their conversations. */
export function writerOf(request: FastifyRequest): Writer {
  const { session, contact } = visitorOf(request);
  return { kind: 'contact', contactId: contact.id, inboxId: contact.inboxId, verification: session.verification };
}

/** A visitor's own conversations. What is somebody else's answers like what does not exist. */
export function visitorConversationRoutes(app: App, parts: Parts, budgets: Budgets): void {
  const { conversations, entries } = parts.store;
  const preParsing = requireVisitor(app, parts);

  app.get(
    '/conversations',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'One’s own conversations, newest activity first',
        params: InboxParams,
        querystring: Type.Object(ListQuery),
        response: { 200: ConversationPageSchema, ...failures },
      },
    },
    (request) => conversations.pageForContact(visitorOf(request).contact.id, request.query),
  );

  app.get(
    '/conversations/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'One of one’s own conversations',
        params: Params,
        response: { 200: refs.conversation, ...failures },
      },
    },
    async (request) => {
      const found = await conversations.findForContact(request.params.id, visitorOf(request).contact.id);
      if (!found) throw notFound();
      return found;
    },
  );

  app.patch(
    '/conversations/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Close one’s own conversation, or open it again',
        description: 'Where the inbox allows it (`settings.behaviour.end`, `reopen`).',
        params: Params,
        body: Type.Object({ state: Type.Enum(['open', 'resolved']) }),
        response: { 200: Type.Object({ conversation: refs.conversation }), ...failures },
      },
    },
    async (request) => {
      const { state } = request.body;
      const { id: conversationId } = await findOwn(parts, request, request.params.id);
      allowState(inboxOf(request), state);
      const { contact } = visitorOf(request);
      spendMessage(parts, budgets, contact.id, inboxOf(request).settings);
      const type = state === 'resolved' ? 'resolved' : 'reopened';
      await appendAndTell(parts, { by: writerOf(request), conversationId, log: 'main', type });
      const conversation = await conversations.findForContact(conversationId, contact.id);
      if (!conversation) throw notFound();
      return { conversation };
    },
  );

  app.post(
    '/conversations/:id/rating',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Say how a conversation was',
        description: 'Once after each time that it was closed; 409 otherwise.',
        params: Params,
        body: Type.Object({
          score: Type.Integer({ minimum: 1, maximum: 5, description: '5 is best.' }),
          comment: Type.Optional(Type.String({ maxLength: COMMENT_LENGTH })),
        }),
        response: { 201: Type.Object({ conversation: refs.conversation }), ...failures },
      },
    },
    async (request, reply) => {
      const { score, comment = '' } = request.body;
      const { id: conversationId } = await findOwn(parts, request, request.params.id);
      allowRating(inboxOf(request));
      const { contact } = visitorOf(request);
      spendMessage(parts, budgets, contact.id, inboxOf(request).settings);
      const rating = { score, ...(comment.trim() && { comment }) };
      await appendAndTell(parts, { by: writerOf(request), conversationId, log: 'main', type: 'rated', ...rating });
      const conversation = await conversations.findForContact(conversationId, contact.id);
      if (!conversation) throw notFound();
      return reply.status(201).send({ conversation });
    },
  );

  app.get(
    '/conversations/:id/entries',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'What was said and done, ascending by seq',
        description: 'Without `after`, `before` and `around`: the newest page.',
        params: Params,
        querystring: EntryQuerySchema,
        response: { 200: EntryPageSchema, ...failures },
      },
    },
    async (request) => {
      const conversation = await findOwn(parts, request, request.params.id);
      const { after, before, around, limit } = request.query;
      if (around === undefined) return entries.page(conversation, { log: 'main', after, before, limit });
      const page = await entries.around(conversation, around, limit);
      if (!page) throw notFound();
      return page;
    },
  );
}

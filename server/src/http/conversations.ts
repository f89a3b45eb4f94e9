import { Type } from 'typebox';
import type { Parts } from '../parts.ts';
import { notFound } from '../refusal.ts';
import type { Writer } from '../store/append-request.ts';
import type { ConversationRow } from '../store/rows.ts';
import { appendAndTell } from '../tell.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { agentIdOf, callerOf, scopeOf } from './requester.ts';
import type { Caller } from './requester.ts';
import {
  AgentConversationPageSchema,
  EntryPageSchema,
  EntryQuerySchema,
  failures,
  IdParams,
  ListQuery,
  refs,
} from './schemas.ts';

const access = { permission: 'conversations' } as const;
const tags = ['Conversations'];
const security = securityOf(access);
const State = Type.Enum(['open', 'resolved']);

/** The conversation, if the caller may see it. @throws Refusal `not_found` alike for foreign and missing */
export async function findConversation({ store }: Parts, caller: Caller, idOrNumber: string): Promise<ConversationRow> {
  const inboxId = scopeOf(caller);
  const found = await store.conversations.find(idOrNumber, inboxId === undefined ? undefined : { inboxId });
  if (!found) throw notFound();
  return found;
}

/** Who an agent is in a conversation; a key without an agent is the system. */
export function writerOf(caller: Caller): Writer {
  if (caller.kind === 'key') return { kind: 'system' };
  const { id, name, avatarUrl } = caller.agent;
  return { kind: 'agent', agentId: id, name, avatarUrl };
}

/** The agents' conversations. */
export function conversationRoutes(app: App, parts: Parts): void {
  const { contacts, conversations, entries } = parts.store;
  const preParsing = requireCaller(app, parts, access);

  app.get(
    '/v1/conversations',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Conversations, newest activity first',
        querystring: Type.Object({
          state: Type.Optional(State),
          inbox: Type.Optional(Type.String()),
          contact: Type.Optional(Type.String({ description: 'Only those of this contact, by id or number.' })),
          assignee: Type.Optional(
            Type.String({ description: 'Only those of this agent, by id; `me`: one’s own; `none`: no agent’s.' }),
          ),
          team: Type.Optional(Type.String({ description: 'Only those of this team, by id.' })),
          ...ListQuery,
        }),
        response: { 200: AgentConversationPageSchema, ...failures },
      },
    },
    async (request) => {
      const { inbox, contact, assignee, team, ...query } = request.query;
      const scope = scopeOf(callerOf(request));
      // Another inbox than the key's own is as good as an empty one.
      if (scope !== undefined && inbox !== undefined && inbox !== scope) return { conversations: [] };
      const inboxId = scope ?? inbox;
      const contactId = contact === undefined ? undefined : (await contacts.find(contact, inboxId))?.id;
      if (contact !== undefined && contactId === undefined) return { conversations: [] };
      return conversations.pageForAgents({
        ...query,
        ...(inboxId === undefined ? {} : { inboxId }),
        ...(contactId === undefined ? {} : { contactId }),
        ...(assignee === undefined ? {} : { agentId: assignee === 'none' ? null : agentIdOf(request, assignee) }),
        ...(team === undefined ? {} : { teamId: team }),
      });
    },
  );

  app.get(
    '/v1/conversations/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'One conversation',
        params: IdParams,
        response: { 200: refs.agentConversation, ...failures },
      },
    },
    async (request) => {
      const found = await conversations.findForAgents(request.params.id, scopeOf(callerOf(request)));
      if (!found) throw notFound();
      return found;
    },
  );

  app.patch(
    '/v1/conversations/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Resolve or reopen',
        description: 'Setting the state that it has already changes nothing.',
        params: IdParams,
        body: Type.Object({ state: State }),
        response: { 200: refs.agentConversation, ...failures },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id: conversationId } = await findConversation(parts, caller, request.params.id);
      const type = request.body.state === 'resolved' ? 'resolved' : 'reopened';
      await appendAndTell(parts, { by: writerOf(caller), conversationId, log: 'main', type });
      const now = await conversations.findForAgents(conversationId, scopeOf(caller));
      if (!now) throw notFound();
      return now;
    },
  );

  app.post(
    '/v1/conversations/:id/leave',
    {
      preParsing: requireCaller(app, parts, {}),
      schema: {
        tags,
        security: securityOf({}),
        summary: 'Hand the conversation over',
        description: 'The agent who is signed in is not among those who answer any more; the visitor is told.',
        params: IdParams,
        response: { 200: refs.agentConversation, ...failures },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id: conversationId } = await findConversation(parts, caller, request.params.id);
      await appendAndTell(parts, { by: writerOf(caller), conversationId, log: 'main', type: 'left' });
      const now = await conversations.findForAgents(conversationId);
      if (!now) throw notFound();
      return now;
    },
  );

  app.get(
    '/v1/conversations/:id/entries',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'What was said and done, ascending by seq',
        description: 'Without `after`, `before` and `around`: the newest page. `log=notes` is the agents’ own log.',
        params: IdParams,
        querystring: Type.Object({
          ...EntryQuerySchema.properties,
          log: Type.Optional(Type.Enum(['main', 'notes'], { description: 'Default main.' })),
        }),
        response: { 200: EntryPageSchema, ...failures },
      },
    },
    async (request) => {
      const conversation = await findConversation(parts, callerOf(request), request.params.id);
      const { around, limit, ...query } = request.query;
      if (around === undefined) return entries.page(conversation, { ...query, limit });
      const page = await entries.around(conversation, around, limit);
      if (!page) throw notFound();
      return page;
    },
  );
}

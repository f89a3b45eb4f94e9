import { Type } from 'typebox';
import type { MessageEntry } from '../../../src/api/protocol.ts';
import { MessageContentSchema } from '../message-content.ts';
import { messageParts, TEAM_FILES } from '../message-parts.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Writer } from '../store/append-request.ts';
import { appendAndTell } from '../tell.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { findConversation, writerOf } from './conversations.ts';
import { callerOf } from './requester.ts';
import type { Caller } from './requester.ts';
import { EntryQuerySchema, failures, IdParams, refs } from './schemas.ts';
import type { ApiMessage } from './schemas.ts';

const access = { permission: 'conversations' } as const;
const tags = ['Conversations'];
const security = securityOf(access);

function toApiMessage(message: MessageEntry): ApiMessage {
  return { ...message, metadata: message.pageUrl === undefined ? {} : { chat_visitor_url: message.pageUrl } };
}

/** Messages, without the other entries; and a back end's way to answer. */
export function messageRoutes(app: App, parts: Parts): void {
  const preParsing = requireCaller(app, parts, access);

  app.get(
    '/v1/conversations/:id/messages',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'The messages of a conversation, ascending by seq',
        params: IdParams,
        querystring: EntryQuerySchema,
        response: { 200: Type.Object({ messages: Type.Array(refs.apiMessage), more: Type.Boolean() }), ...failures },
      },
    },
    async (request) => {
      const conversation = await findConversation(parts, callerOf(request), request.params.id);
      const page = await parts.store.entries.page(conversation, { ...request.query, messagesOnly: true });
      const messages = page.entries.filter((entry) => entry.type === 'message').map(toApiMessage);
      return { messages, more: page.more };
    },
  );

  app.post(
    '/v1/conversations/:id/messages',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Answer, or leave a note',
        description:
          'With a `clientId` it may be sent again: what is stored already is answered with 200. `content` offers the ' +
          'visitor something below the text: quick replies, buttons, cards, or a form.',
        params: IdParams,
        body: Type.Object({
          text: Type.Optional(Type.String({ description: 'Light markdown. May be missing beside `attachments`.' })),
          replyTo: Type.Optional(Type.String({ format: 'uuid', description: '`id` of the message that it answers.' })),
          attachments: Type.Optional(
            Type.Array(Type.String({ format: 'uuid' }), {
              maxItems: TEAM_FILES,
              description: 'Ids of files that you have uploaded for this conversation.',
            }),
          ),
          content: Type.Optional(MessageContentSchema),
          clientId: Type.Optional(Type.String({ format: 'uuid', description: 'Your own id for it.' })),
          agentId: Type.Optional(
            Type.String({
              description:
                'API keys: the agent (UUID or number) who says it. Default: nobody in person; a message is then signed ' +
                'with the inbox’s team name, a note with the key’s name.',
            }),
          ),
          note: Type.Optional(Type.Boolean({ description: 'For agents only; the visitor never sees it.' })),
        }),
        response: { 200: refs.entry, 201: refs.entry, ...failures },
      },
    },
    async (request, reply) => {
      const { clientId, agentId, note = false, ...said } = request.body;
      const caller = callerOf(request);
      const conversation = await findConversation(parts, caller, request.params.id);
      const result = await appendAndTell(parts, {
        by: await writer(parts, caller, { agentId, note, inboxId: conversation.inboxId }),
        conversationId: conversation.id,
        log: note ? 'notes' : 'main',
        type: note ? 'note' : 'message',
        ...(clientId === undefined ? {} : { clientId: clientId.toLowerCase() }),
        ...messageParts(said, { files: TEAM_FILES, uploaderId: uploaderOf(caller), side: 'team', isNote: note }),
      });
      const entry = result.entries.find(({ type }) => type === 'message' || type === 'note');
      if (!entry) throw new Error('A message was stored without its entry.');
      return reply.status(result.duplicate ? 200 : 201).send(entry);
    },
  );
}

interface Said {
  readonly agentId: string | undefined;
  readonly note: boolean;
  readonly inboxId: string;
}

const uploaderOf = (caller: Caller): string => (caller.kind === 'agent' ? caller.agent.id : caller.key.id);

/** Who says it: people speak for themselves; a back end for the agent that it names, else for nobody in person. */
async function writer({ store, inboxes }: Parts, caller: Caller, { agentId, note, inboxId }: Said): Promise<Writer> {
  if (caller.kind === 'agent') return writerOf(caller);
  if (agentId !== undefined) {
    const agent = await store.agents.find(agentId);
    if (!agent || agent.disabled) throw new Refusal('bad_request', 'There is no such agent.', { field: '/agentId' });
    return { kind: 'agent', agentId: agent.id, name: agent.name, avatarUrl: agent.avatarUrl };
  }
  return { kind: 'system', name: note ? caller.key.name : (await inboxes.get(inboxId)).settings.appearance.teamName };
}

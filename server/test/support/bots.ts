import assert from 'node:assert/strict';
import type { MessageEntry, Trigger } from '../../../src/api/protocol.ts';
import { uuid } from './ids.ts';
import type { TestServer } from './server.ts';
import type { TestSocket } from './socket.ts';

/** A trigger whose chatbot says this. */
export async function makeBot(server: TestServer, steps: readonly object[], more: object = {}): Promise<Trigger> {
  const body = { kind: 'bot', name: 'Helper', message: 'May I help?', ...more };
  const made = await server.api<Trigger>('/v1/triggers', { method: 'POST', body });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const saved = await server.api(`/v1/triggers/${made.body.id}/flow`, {
    method: 'PUT',
    body: { flow: { name: 'Robo', steps } },
  });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  return made.body;
}

/** Starts a conversation; its id. */
export function begin(visitor: TestSocket, text = 'Hello', more: object = {}): string {
  const conversationId = uuid();
  visitor.send({ type: 'send', conversationId, clientId: uuid(), text, start: true, ...more });
  return conversationId;
}

/** The next thing that a bot says here. */
export async function heard(socket: TestSocket, conversationId: string): Promise<MessageEntry> {
  const { entry } = await socket.next(
    'entry',
    ({ entry: each }) =>
      each.type === 'message' && each.author.kind === 'bot' && each.conversationId === conversationId,
  );
  return entry as MessageEntry;
}

import type { Entry, MessageEntry, NoteEntry } from '../../../../src/api/protocol.ts';
import type { Appended, AppendRequest, AppendResult, Writer } from '../../../src/store/append-request.ts';
import type { ContactRow } from '../../../src/store/rows.ts';
import type { Store } from '../../../src/store/store.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';

/** A store with two inboxes, and words for what people do in it. */
export interface Scene {
  readonly store: Store;
  visitor(name?: string | null, inboxId?: string): Promise<ContactRow>;
  /** The first message of a new conversation; answers its id. */
  start(contact: ContactRow, text?: string): Promise<string>;
}

export const bo: Writer = { kind: 'agent', agentId: uuidV7(), name: 'Bo', avatarUrl: '/bo.png' };
export const cy: Writer = { kind: 'agent', agentId: uuidV7(), name: 'Cy' };

export function asContact(
  contact: ContactRow,
  verification: 'verified' | 'claimed' | 'anonymous' = 'anonymous',
): Writer & { kind: 'contact' } {
  return { kind: 'contact', contactId: contact.id, inboxId: contact.inboxId, verification };
}

/** A message with a clientId of its own. */
export function message(
  by: Writer,
  conversationId: string,
  text = 'hello',
  more: Partial<AppendRequest> = {},
): AppendRequest {
  return { by, conversationId, log: 'main', type: 'message', text, clientId: uuidV7(), ...more };
}

export async function setScene(store: Store): Promise<Scene> {
  await store.inboxes.ensure({ id: 'demo', name: 'Demo' });
  await store.inboxes.ensure({ id: 'other', name: 'Other' });
  return {
    store,
    visitor: (name = null, inboxId = 'demo') => store.contacts.createAnonymous({ inboxId, name }),
    async start(contact, text) {
      const id = uuidV7();
      stored(await store.append(message(asContact(contact), id, text, { start: true })));
      return id;
    },
  };
}

/** The result of an append that must have been taken. */
export function stored(result: AppendResult): Appended {
  if (!result.ok) throw new Error(`refused: ${result.code}: ${result.message}`);
  return result;
}

/** What an append has said. */
export function said(result: AppendResult): MessageEntry | NoteEntry {
  const entry = stored(result).entries.find(({ type }) => type === 'message' || type === 'note');
  if (entry?.type !== 'message' && entry?.type !== 'note') throw new Error('nothing was said');
  return entry;
}

/** The whole main log. */
export async function wholeLog(store: Store, conversationId: string): Promise<Entry[]> {
  const conversation = await store.conversations.find(conversationId);
  if (!conversation) throw new Error('no such conversation');
  const entries: Entry[] = [];
  for (let more = true; more;) {
    const page = await store.entries.page(conversation, { after: entries.at(-1)?.seq ?? 0, limit: 100 });
    entries.push(...page.entries);
    more = page.more;
  }
  return entries;
}

/** 1, 2, 3 … */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

export function texts(entries: readonly Entry[]): string[] {
  return entries.map((entry) => ('text' in entry ? entry.text : entry.type));
}

/** What the store holds, read from outside: through the API, as a back end would. */
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import type { Entry, EntryPage } from '../../src/api/protocol.ts';
import type { StoredEntry } from './stored-log.ts';

/** An entry, and when it was stored by the server's clock, ms. */
export interface StoredAt extends StoredEntry {
  readonly at: number;
}

/** Everything in the main log of a conversation, from its start. Rejects when the server does not answer. */
export async function storedEntries(server: ChatServerProcess, conversationId: string): Promise<StoredAt[]> {
  const all: StoredAt[] = [];
  for (let last = 0, more = true; more;) {
    const page = await ask<EntryPage>(server, `/v1/conversations/${conversationId}/entries?after=${last}&limit=100`);
    all.push(...page.entries.map(asInTables));
    last = page.entries.at(-1)?.seq ?? last;
    more = page.more;
  }
  return all;
}

/** Its messages. Rejects when the server does not answer. */
export async function storedTexts(server: ChatServerProcess, conversationId: string): Promise<string[]> {
  const entries = await storedEntries(server, conversationId);
  return entries.flatMap(({ type, text }) => (type === 'message' && text !== null ? [text] : []));
}

/** An agent answers, through the API. */
export async function answer(server: ChatServerProcess, conversationId: string, text: string): Promise<void> {
  const { status, body } = await server.request('POST', `/v1/conversations/${conversationId}/messages`, { text });
  if (status >= 400) throw new Error(`The answer was refused: ${status} ${JSON.stringify(body)}`);
}

async function ask<Body>(server: ChatServerProcess, address: string): Promise<Body> {
  const { status, body } = (await server.request('GET', address)) as { status: number; body: Body };
  if (status >= 400) throw new Error(`GET ${address}: ${status} ${JSON.stringify(body)}`);
  return body;
}

function asInTables(entry: Entry): StoredAt {
  const { conversationId, seq, type, at } = entry;
  const { id, clientId, text } = 'clientId' in entry ? entry : { id: null, clientId: null, text: null };
  return { conversationId, seq, type, id, clientId, text, at };
}

import { ensureBundles } from '../../scripts/build.mjs';
import { API_KEY, INBOX } from '../../scripts/chat-server-process.mjs';
import { openStore } from '../../server/src/store/store.ts';
import { uuidV7 } from '../../server/src/store/uuid-v7.ts';
import type { Room } from '../context.ts';
import { isOwn, textOf } from '../floors/page/messages.ts';
import { startOurs, type OurServer } from '../ours.ts';

/** Between two of what the server makes a commit of. */
const BATCH = 1_000;

/** A visitor whom the page names, with the proof. */
export interface Customer {
  readonly email: string;
  readonly proof: string;
  /** Ids, in the order in which they were asked for. */
  readonly conversations: readonly string[];
}

/** The real server with the real bundles, and people who have written to it. */
export class Shop {
  readonly #server: OurServer;

  private constructor(server: OurServer) {
    this.#server = server;
  }

  static async open(room: Room): Promise<Shop> {
    await ensureBundles();
    return new Shop(await room.keep(startOurs()));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}`;
  }

  /** What a site pastes. @param attributes of the tag */
  tag(attributes = ''): string {
    return `<script type="module" async src="${this.url}/chat/${INBOX}.js"></script><chat-widget ${attributes}></chat-widget>`;
  }

  /**
   * Makes customers with conversations of so many messages each; the last of them is the newest. The server rests
   * meanwhile.
   */
  async admit<Name extends string>(lengths: Readonly<Record<Name, readonly number[]>>) {
    const { agents } = await this.#ask<{ agents: readonly { id: string; name: string }[] }>('GET', '/v1/agents');
    const found: [Name, Customer & { readonly id: string }][] = [];
    for (const name of Object.keys(lengths) as Name[]) {
      const email = `${name}@shop.example`;
      const query = `email=${encodeURIComponent(email)}`;
      const { auth_token: proof } = await this.#ask<{ auth_token: string }>(
        'GET',
        `/v1/contacts/chat-auth-token?${query}`,
      );
      const { contacts } = await this.#ask<{ contacts: readonly { id: string }[] }>('GET', `/v1/contacts?${query}`);
      found.push([name, { email, proof, id: contacts[0].id, conversations: lengths[name].map(() => uuidV7()) }]);
    }
    await this.#server.kill();
    const store = await openStore({ file: this.#server.file });
    const agent = { kind: 'agent', agentId: agents[0].id, name: agents[0].name } as const;
    for (const [name, { id: contactId, conversations }] of found) {
      const visitor = { kind: 'contact', contactId, inboxId: INBOX, verification: 'verified' } as const;
      for (const [index, conversationId] of conversations.entries()) {
        const say = (number: number) =>
          store.append({
            ...{ conversationId, log: 'main', type: 'message', clientId: uuidV7(), start: number === 1 },
            by: isOwn(number) ? visitor : agent,
            text: textOf(number),
          });
        const length = lengths[name][index];
        await say(1);
        for (let first = 2; first <= length; first += BATCH) {
          const count = Math.min(BATCH, length - first + 1);
          await Promise.all(Array.from({ length: count }, (_, each) => say(first + each)));
        }
      }
    }
    await store.close();
    await this.#server.restart();
    return Object.fromEntries<Customer>(found) as Record<Name, Customer>;
  }

  /** The agent says something. */
  async say(conversationId: string, text: string): Promise<void> {
    await this.#ask('POST', `/v1/conversations/${conversationId}/messages`, { text });
  }

  async #ask<Answer>(method: string, address: string, body?: object): Promise<Answer> {
    const response = await fetch(this.url + address, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}

/** The tag's attributes for a customer. */
export const identityOf = ({ email, proof }: Customer): string => `email="${email}" auth-token="${proof}"`;

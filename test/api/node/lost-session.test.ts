/** Visitors whose session the server has deleted, with something unsent: what goes out, as whom, and what does not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatClient, Identity } from '../../../src/api/chat-client.ts';
import { confirmCode, requestCode } from '../../../src/api/email-verification.ts';
import { stateOf } from './eventually.ts';
import { heard, lines, World } from './world.ts';

const world = new World();

/** A visitor with a conversation, whose way to the server can be cut. */
class Visitor {
  readonly client: ChatClient;
  id = '';
  #isCut = false;
  #socket?: WebSocket;

  constructor() {
    this.client = world.visitor({
      createSocket: (url) => this.#connect(() => (this.#socket = new WebSocket(url))),
      fetch: async (...request) => this.#connect(() => fetch(...request)),
    });
  }

  static async arrived(identity?: Identity): Promise<Visitor> {
    const visitor = new Visitor();
    const { client } = visitor;
    await client.boot(identity);
    visitor.id = client.startConversation();
    await client.send(visitor.id, 'one');
    return visitor;
  }

  async cut(): Promise<void> {
    this.#isCut = true;
    this.#socket!.close();
    await stateOf(this.client, ({ connection }) => connection === 'waiting');
  }

  heal(): void {
    this.#isCut = false;
    this.client.reconnect();
  }

  #connect<T>(connect: () => T): T {
    if (this.#isCut) throw new TypeError('There is no way.');
    return connect();
  }
}

const deletions: Record<string, (visitor: ChatClient) => Promise<void>> = {
  'the session is deleted': async (client) => {
    assert.equal(await world.session('DELETE', client.token()!), 204);
  },
  'the team deletes everything about them': async ({ state }) => {
    const { status } = await world.server.request('DELETE', `/v1/contacts/${state.contact!.id}`);
    assert.equal(status, 204);
  },
};

const people: Record<string, () => Promise<Identity | undefined>> = {
  'somebody without a name': async () => undefined,
  'somebody whom the page has named': async () => ({ email: `claim-${crypto.randomUUID()}@shop.example` }),
  'somebody proven': async () => world.identity(`proven-${crypto.randomUUID()}@shop.example`),
};

const said = async (id: string) => (await world.stored(id)).map(({ text }) => text);
const isLive = ({ connection }: ChatClient['state']) => connection === 'open';

describe('what is unsent while', { timeout: 60_000 }, () => {
  for (const [deletion, remove] of Object.entries(deletions)) {
    for (const [who, make] of Object.entries(people)) {
      it(`${deletion} goes out once, in order, and as the same person: ${who}`, async () => {
        const visitor = await Visitor.arrived(await make());
        const { client, id } = visitor;
        const { contact } = client.state;
        await visitor.cut();
        const unsent = lines(20, 'unsent').map((text) => client.send(id, text));
        client.drafts.set('', 'half a sentence');
        await remove(client);
        visitor.heal();
        const entries = await Promise.all(unsent);

        const { contact: now } = await stateOf(client, isLive);
        assert.deepEqual([now?.verification, now?.email], [contact?.verification, contact?.email]);
        const [{ conversationId }] = entries;
        assert.deepEqual(new Set(entries.map((entry) => entry.conversationId)), new Set([conversationId]));
        const isAnother = now?.id !== contact?.id;
        assert.deepEqual(await said(conversationId), [...(isAnother ? [] : ['one']), ...lines(20, 'unsent')]);
        await stateOf(client, ({ threads }) => threads[conversationId]?.pending.length === 0);
        await client.send(conversationId, 'and on');
        assert.deepEqual([client.state.conversations.length, client.drafts.get('')], [1, 'half a sentence']);
      });
    }
  }
});

describe('a proven visitor and nobody', { timeout: 60_000 }, () => {
  it('are two: what is unsent of the proven one waits for their proof', async () => {
    const email = 'waits@shop.example';
    const prove = async (client: ChatClient) => {
      await requestCode(client, email);
      const code = /\b\d{6}\b/.exec(await world.server.mailTo(email))![0];
      await confirmCode(client, code);
    };
    const visitor = await Visitor.arrived();
    const { client, id } = visitor;
    const errors = heard(client, 'error');
    await prove(client);
    await visitor.cut();
    client.send(id, 'secret').catch(() => {});
    await world.session('DELETE', client.token()!);
    visitor.heal();
    await stateOf(client, ({ contact, threads }) => contact === null && !threads[id]);
    const other = client.startConversation();
    await client.send(other, 'who am I?');
    assert.equal(client.state.contact?.verification, 'anonymous');
    assert.deepEqual([await said(id), await said(other)], [['one'], ['who am I?']]);
    assert.equal(errors.at(-1)?.code, 'unauthorized');
    await client.identify(await world.identity(email));
    await stateOf(client, ({ threads }) => threads[id]?.pending.length === 0);
    assert.deepEqual(await said(id), ['one', 'secret']);
  });

  it('are two: what nobody has not got away is not said by the one whom the page proves then', async () => {
    const ada = await world.identity('is-ada@shop.example');
    const visitor = await Visitor.arrived();
    const { client, id } = visitor;
    await visitor.cut();
    const errors = heard(client, 'error');
    const unsent = client.send(id, 'not Ada’s words');
    await assert.rejects(client.identify(ada), { code: 'offline' });
    await world.session('DELETE', client.token()!);
    visitor.heal();
    await assert.rejects(unsent, { code: 'closed' });
    await stateOf(client, (state) => isLive(state) && state.contact?.verification === 'verified');
    await client.send(client.startConversation(), 'Ada’s words');
    assert.deepEqual(await said(id), ['one']);
    assert.deepEqual(
      client.state.conversations.map(({ lastMessage }) => lastMessage?.text),
      ['Ada’s words'],
    );
    assert.equal(errors.at(-1)?.code, 'unauthorized');
  });
});

/** Clients that stay while the server’s data are put back to what they once were. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { ADMIN } from '../../../scripts/chat-server-process.mjs';
import { backUp, restore } from '../../../server/src/backup.ts';
import { readConfig } from '../../../server/src/config.ts';
import { AgentClient } from '../../../src/api/agent-client.ts';
import type { ChatState } from '../../../src/api/chat-state.ts';
import { CookieJar } from './cookie-fetch.ts';
import { stateOf, texts } from './eventually.ts';
import { FaultySocket } from './faulty-socket.ts';
import { heard, lines, World } from './world.ts';

const world = new World();
const folder = mkdtempSync(join(tmpdir(), 'chat-restore-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const agents: AgentClient[] = [];
afterEach(() => {
  for (const agent of agents.splice(0)) agent.close();
});

async function signedIn(): Promise<AgentClient> {
  const { url } = world.server;
  const jar = new CookieJar(url);
  const createSocket = (address: string) => new FaultySocket(address, {}, { headers: jar.headers }).asWebSocket;
  const agent = new AgentClient({ server: url, fetch: jar.fetch, createSocket });
  agents.push(agent);
  await agent.signIn(ADMIN.email, ADMIN.password);
  await stateOf(agent, ({ connection }) => connection === 'open');
  return agent;
}

let backups = 0;

/** Resolves with what goes back to this moment; `meanwhile` happens while the server is down. */
async function backedUp(): Promise<(meanwhile?: () => Promise<unknown>) => Promise<void>> {
  const config = readConfig({ DATA_DIR: world.server.dataDir });
  const saved = join(folder, String(++backups));
  await backUp(config, saved);
  return async (meanwhile) => {
    await world.server.stop();
    await meanwhile?.();
    await restore(config, saved, { force: true });
    await world.server.restart();
  };
}

const shows = (id: string, last: string) => (state: ChatState) => texts(state, id).at(-1) === last;
const isLost = ({ connection }: ChatState) => connection !== 'open';

describe('a page that stays open while a back-up is restored', { timeout: 120_000 }, () => {
  it('shows what is there now, once and in order, and goes on', async () => {
    const [client, agent] = [await world.booted(await world.identity('back@shop.example')), await signedIn()];
    const id = client.startConversation();
    for (const text of lines(3)) await client.send(id, text);
    await stateOf(agent, ({ conversations }) => conversations.some((each) => each.id === id));
    await agent.open(id);
    const goBack = await backedUp();
    await client.send(id, 'said after the back-up');
    await agent.send(id, 'answered after the back-up');
    await stateOf(client, shows(id, 'answered after the back-up'));

    let unsent: Promise<unknown> | undefined;
    await goBack(async () => {
      await stateOf(client, isLost);
      unsent = client.send(id, 'written while it was down');
    });
    await unsent;
    for (const each of [client, agent]) await stateOf(each, shows(id, 'written while it was down'));
    await world.answer(id, 'a new answer');
    const wanted = [...lines(3), 'written while it was down', 'a new answer'];
    for (const each of [client, agent]) {
      const state = await stateOf(each, shows(id, 'a new answer'));
      assert.deepEqual(texts(state, id), wanted);
      assert.deepEqual(state.threads[id].pending, []);
      assert.deepEqual(
        state.threads[id].entries.map(({ seq }) => seq),
        wanted.map((_, i) => i + 1),
      );
      assert.equal(state.conversations.find((each) => each.id === id)?.lastSeq, wanted.length);
    }
    assert.equal(client.state.unreadMessages, 1);
  });

  it('lets go of conversations that are no more, and begins one anew for what is unsent in it', async () => {
    const [client, agent] = [await world.booted(await world.identity('gone@shop.example')), await signedIn()];
    const kept = client.startConversation();
    await client.send(kept, 'kept');
    const goBack = await backedUp();
    const [gone, begun] = [client.startConversation(), client.startConversation()];
    await client.send(gone, 'gone');
    await client.send(begun, 'gone too');
    await stateOf(agent, ({ conversations }) => conversations.some(({ id }) => id === gone));
    await agent.open(gone);

    let unsent: Promise<unknown>[] = [];
    await goBack(async () => {
      await stateOf(client, isLost);
      unsent = lines(2, 'unsent').map((text) => client.send(begun, text));
    });
    await Promise.all(unsent);
    const state = await stateOf(client, (now) => texts(now, begun).length === 2 && !now.threads[gone]);
    assert.deepEqual(texts(state, begun), lines(2, 'unsent'));
    assert.deepEqual(new Set(state.conversations.map(({ id }) => id)), new Set([kept, begun]));
    assert.deepEqual(
      (await world.stored(begun)).map(({ text }) => text),
      lines(2, 'unsent'),
    );
    await stateOf(agent, (now) => !now.threads[gone] && !now.conversations.some(({ id }) => id === gone));
  });

  it('goes on with whoever has no name and is known no more: what is unsent is there once, in order', async () => {
    const goBack = await backedUp();
    const client = await world.booted();
    const id = client.startConversation();
    await client.send(id, 'gone');
    const { contact } = client.state;
    let unsent: Promise<unknown>[] = [];
    await goBack(async () => {
      await stateOf(client, isLost);
      unsent = lines(3, 'unsent').map((text) => client.send(id, text));
      client.drafts.set(id, 'half a sentence');
    });
    await Promise.all(unsent);
    const state = await stateOf(client, (now) => texts(now, id).length === 3);
    assert.deepEqual(texts(state, id), lines(3, 'unsent'));
    assert.deepEqual(state.threads[id].pending, []);
    assert.deepEqual(
      (await world.stored(id)).map(({ text }) => text),
      lines(3, 'unsent'),
    );
    assert.equal(client.drafts.get(id), 'half a sentence');
    assert.equal(state.contact?.verification, 'anonymous');
    assert.notEqual(state.contact?.id, contact?.id);
    await world.answer(id, 'an answer');
    await stateOf(client, shows(id, 'an answer'));
  });

  it('tells the page of no message twice', async () => {
    const client = await world.booted(await world.identity('told@shop.example'));
    const messages = heard(client, 'message');
    const id = client.startConversation();
    await client.send(id, 'one');
    const goBack = await backedUp();
    await world.answer(id, 'two');
    await stateOf(client, shows(id, 'two'));
    await goBack(() => stateOf(client, isLost));
    await client.send(id, 'three');
    assert.deepEqual(
      messages.map(({ message }) => message.text),
      ['one', 'two', 'three'],
    );
    await stateOf(client, shows(id, 'three'));
    assert.deepEqual(texts(client.state, id), ['one', 'three']);
  });

  it('loses nothing that it holds when the server is only started again', async () => {
    const client = await world.booted(await world.identity('again@shop.example'));
    const id = client.startConversation();
    for (const text of lines(3)) await client.send(id, text);
    const { entries } = await stateOf(client, shows(id, 'line 3')).then(({ threads }) => threads[id]);
    await world.server.stop();
    await stateOf(client, isLost);
    await world.server.restart();
    await stateOf(client, ({ connection }) => connection === 'open');
    assert.equal(client.state.threads[id].entries, entries);
  });
});

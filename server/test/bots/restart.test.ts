import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Entry, MessageEntry, SessionAnswer, Trigger } from '../../../src/api/protocol.ts';
import { begin, heard } from '../support/bots.ts';
import { ServerProcess } from '../support/server-process.ts';
import { connect, say } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

const folder = mkdtempSync(join(tmpdir(), 'chat-bots-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const API_KEY = 'cw_key_of_the_tests_0123456789abcdef';
const STEPS = [
  {
    ...{ id: 'menu', type: 'replies', text: 'What is it about?' },
    replies: [{ text: 'An order', next: 'wait' }],
  },
  { id: 'wait', type: 'wait', seconds: 2, next: 'ask' },
  {
    ...{ id: 'ask', type: 'ask', text: 'Which order?', next: 'bye' },
    field: { key: 'order', label: 'Order', type: 'number' },
  },
  { id: 'bye', type: 'end', text: 'Thank you.' },
];

/** The server, whatever process it is just now. */
class Site {
  #process: ServerProcess | undefined;
  #url = '';

  async start(): Promise<void> {
    this.#process = new ServerProcess({ DATA_DIR: folder, API_KEY });
    this.#url = await this.#process.listening();
  }

  async kill(): Promise<void> {
    await this.#process?.stop('SIGKILL');
  }

  async ask<T>(method: string, path: string, body: object, key = API_KEY): Promise<T> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const answer = await fetch(this.#url + path, { method, headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return (await answer.json()) as T;
  }

  async session(): Promise<string> {
    const answer = await fetch(`${this.#url}/v1/widget/demo/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    return ((await answer.json()) as SessionAnswer).token;
  }

  async visitor(token: string): Promise<TestSocket> {
    const socket = await connect(`${this.#url.replace('http', 'ws')}/v1/widget/demo/socket`, {});
    await socket.hello({ token });
    return socket;
  }

  async entries(conversationId: string, token: string): Promise<readonly Entry[]> {
    const address = `${this.#url}/v1/widget/demo/conversations/${conversationId}/entries`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    return ((await answer.json()) as { entries: Entry[] }).entries;
  }
}

describe('A server that is killed in the middle of a flow, and started again', () => {
  it('goes on where the bot stood: at a question, and in a pause', async () => {
    const site = new Site();
    await site.start();
    const trigger = { kind: 'bot', name: 'Helper', message: 'May I help?' };
    const { id } = await site.ask<Trigger>('POST', '/v1/triggers', trigger);
    await site.ask('PUT', `/v1/triggers/${id}/flow`, { flow: { name: 'Robo', steps: STEPS } });
    const token = await site.session();
    let guest = await site.visitor(token);
    const conversationId = begin(guest);
    assert.equal((await heard(guest, conversationId)).text, 'What is it about?');

    await site.kill();
    await site.start();
    guest = await site.visitor(token);
    await say(guest, conversationId, 'An order');

    await site.kill();
    await site.start();
    guest = await site.visitor(token);
    // Where the pause is over by now, it was said before anybody listened.
    const asked = async (): Promise<boolean> =>
      (await site.entries(conversationId, token)).some((entry) => entry.type === 'message' && isQuestion(entry));
    if (!(await asked())) await heard(guest, conversationId);

    await say(guest, conversationId, '17');
    for (let last = ''; last !== 'Thank you.';) last = (await heard(guest, conversationId)).text;
    const said = (await site.entries(conversationId, token)).flatMap((entry) =>
      entry.type === 'message' ? [`${entry.author.kind}: ${entry.text}`] : [],
    );
    assert.deepEqual(said, [
      'contact: Hello',
      'bot: What is it about?',
      'contact: An order',
      'bot: Which order?',
      'contact: 17',
      'bot: Thank you.',
    ]);
    await site.kill();
  });
});

const isQuestion = ({ text }: MessageEntry): boolean => text === 'Which order?';

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Trigger } from '../../../src/api/protocol.ts';
import { begin, heard, makeBot } from '../support/bots.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A site's back end. */
const backEnd = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    calls.push({ headers: request.headers, body });
    const { status = 200, text } = answers[request.url ?? ''] ?? {};
    response.writeHead(status, { 'content-type': 'application/json', location: '/right' }).end(text);
  });
});
const calls: Call[] = [];
const answers: Readonly<Record<string, { readonly status?: number; readonly text?: string }>> = {
  '/right': { text: '{"messages":[{"text":"It is on its way."},{"text":"Tomorrow."}]}' },
  '/nothing': { status: 204 },
  '/broken': { status: 500 },
  '/elsewhere': { status: 302 },
  '/words': { text: 'On its way' },
  '/wrong': { text: '{"messages":[{"say":"x"}]}' },
  '/long': { text: JSON.stringify({ messages: [], more: 'x'.repeat(70_000) }) },
};

let server: TestServer;
let url: string;
before(async () => {
  server = await startServer();
  backEnd.listen(0, '127.0.0.1');
  await once(backEnd, 'listening');
  url = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}`;
});
after(async () => {
  await server.close();
  backEnd.close();
});

const bot = (path: string): Promise<Trigger> =>
  makeBot(server, [
    { id: 'ask', type: 'webhook', url: url + path, next: 'end', failed: 'sorry' },
    { id: 'end', type: 'end', text: 'Bye.' },
    { id: 'sorry', type: 'handover', text: 'Sorry.' },
  ]);

/** What the bot says, up to its last words. */
async function saidBy({ id }: Trigger): Promise<string[]> {
  const guest = await visitor(server);
  const conversationId = begin(guest, 'Where is it?', { trigger: id });
  const texts: string[] = [];
  do texts.push((await heard(guest, conversationId)).text);
  while (!['Bye.', 'Sorry.'].includes(texts.at(-1) ?? ''));
  return texts;
}

describe('A chatbot asks a back end', () => {
  it('with a signature that the back end can check, and says what it answers', async () => {
    const trigger = await bot('/right');
    assert.deepEqual(await saidBy(trigger), ['It is on its way.', 'Tomorrow.', 'Bye.']);
    const { headers, body } = calls.at(-1)!;
    const { secret } = (await server.api<{ secret: string }>(`/v1/triggers/${trigger.id}/flow`)).body;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    assert.equal(headers['webhook-signature'], `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    assert.ok(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1_000) < 60);
    const told = JSON.parse(body) as { readonly triggerId: string; readonly facts: Record<string, string> };
    assert.deepEqual([told.triggerId, told.facts['message_text']], [trigger.id, 'Where is it?']);
  });

  it('and says nothing of its own when there is nothing to say', async () => {
    assert.deepEqual(await saidBy(await bot('/nothing')), ['Bye.']);
  });

  for (const path of ['/broken', '/elsewhere', '/words', '/wrong', '/long']) {
    it(`and goes elsewhere when it gets no answer: ${path}`, async () => {
      const before = calls.length;
      assert.deepEqual(await saidBy(await bot(path)), ['Sorry.']);
      assert.equal(calls.length, before + 1, 'it asks once');
    });
  }
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { EntryPage, SessionAnswer } from '../../src/api/protocol.ts';
import { CloseCode } from '../../src/api/protocol.ts';
import { uuid } from './support/ids.ts';
import { ServerProcess } from './support/server-process.ts';
import { connect } from './support/socket.ts';
import type { TestSocket } from './support/socket.ts';

/** More than a client would have on its way at once. */
const NO_LIMITS = JSON.stringify({
  messagesPerMinute: 100_000,
  conversationsPerAddress: { burst: 1_000, perSecond: 1_000 },
});

let folder: string;
const running: ServerProcess[] = [];
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-start-'));
});
afterEach(async () => {
  for (const each of running.splice(0))
    if (each.child.exitCode === null && !each.child.killed) await each.stop('SIGKILL');
});
after(() => rmSync(folder, { recursive: true, force: true }));

function start(env: Readonly<Record<string, string>>): ServerProcess {
  const started = new ServerProcess(env);
  running.push(started);
  return started;
}

async function session(url: string): Promise<SessionAnswer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/v1/widget/demo/sessions`, { method: 'POST', headers, body: '{}' });
  return (await response.json()) as SessionAnswer;
}

async function open(url: string, token: string): Promise<TestSocket> {
  const socket = await connect(`${url.replace('http', 'ws')}/v1/widget/demo/socket`, {});
  await socket.hello({ token });
  return socket;
}

async function entries(url: string, token: string, conversationId: string): Promise<EntryPage> {
  const response = await fetch(`${url}/v1/widget/demo/conversations/${conversationId}/entries?limit=100`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.json()) as EntryPage;
}

describe('Starting', () => {
  it('for the first time prints the addresses, an admin and an API key that work; later only the addresses', async () => {
    const env = { DATA_DIR: join(folder, 'first') };
    const first = start(env);
    const url = await first.listening();
    for (const path of ['/', '/console', '/docs']) assert.ok(first.output.includes(`${url}${path}\n`), path);
    const [, email] = /Admin +(\S+)/.exec(first.output) ?? [];
    const [, password] = /Password +(\S+)/.exec(first.output) ?? [];
    const [, key] = /API key +(\S+)/.exec(first.output) ?? [];
    assert.match(key ?? '', /^cw_[\w-]{43}$/);
    const signIn = await fetch(`${url}/v1/agent/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    assert.equal(signIn.status, 200);
    const headers = { authorization: `Bearer ${key}` };
    assert.equal((await fetch(`${url}/v1/conversations`, { headers })).status, 200);
    assert.deepEqual(await first.stop('SIGTERM'), [0, null]);

    const second = start({ ...env, ADMIN_PASSWORD: 'another password', API_KEY: 'cw_another_key' });
    const again = await second.listening();
    assert.ok(!/Password|API key|another/.test(second.output), second.output);
    assert.equal((await fetch(`${again}/v1/conversations`, { headers })).status, 200);
  });

  it('takes the admin and the key that the environment gives', async () => {
    const started = start({
      DATA_DIR: join(folder, 'given'),
      ADMIN_EMAIL: 'boss@shop.example',
      ADMIN_PASSWORD: 'a password of mine',
      API_KEY: 'key-of-mine-123',
      PUBLIC_URL: 'https://chat.shop.example',
    });
    const url = await started.listening();
    assert.ok(started.output.includes('https://chat.shop.example/console'));
    assert.ok(started.output.includes('boss@shop.example'));
    assert.ok(!/a password of mine|key-of-mine/.test(started.output), 'it is not written down once more');
    const { status } = await fetch(`${url}/v1/agents`, { headers: { authorization: 'Bearer key-of-mine-123' } });
    assert.equal(status, 200);
  });

  it('with a value that cannot be used says so in one sentence, and ends with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    writeFileSync(join(folder, 'file'), '');
    const cases: [env: Record<string, string>, says: RegExp][] = [
      [{ PORT: 'x' }, /^PORT must be a whole number from 0 to 65535, not "x"\.\n$/],
      [{ LIMITS: '{"x":1}' }, /^LIMITS is wrong: .*\n$/],
      [{ PORT: String(port), DATA_DIR: join(folder, 'taken') }, /^Port \d+ of 127\.0\.0\.1 is taken.*\n$/],
      [
        { HOST: '203.0.113.1', DATA_DIR: join(folder, 'host') },
        /^HOST 203\.0\.113\.1 is no address of this machine\.\n$/,
      ],
      [{ HOST: '300.300.1.1', DATA_DIR: join(folder, 'nowhere') }, /^HOST 300\.300\.1\.1 is not known here: [^\n]*\n$/],
      [{ DATA_DIR: '/proc/x' }, /^DATA_DIR \/proc\/x cannot be written to: [^\n]*\n$/],
      [{ DATA_DIR: join(folder, 'file', 'below') }, /^[^\n]*DATA_DIR[^\n]*\n$/],
      [{ DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/none' }, /^(?!.*hunter2)[^\n]*database[^\n]*\n$/i],
    ];
    try {
      await Promise.all(
        cases.map(async ([env, says]) => {
          const started = start({ DATA_DIR: join(folder, 'bad'), LOG_LEVEL: 'silent', ...env });
          assert.deepEqual(await started.exited, [1, null]);
          assert.match(started.output, says);
        }),
      );
    } finally {
      taken.close();
    }
    const afterwards = start({ DATA_DIR: join(folder, 'taken') });
    await afterwards.listening();
    assert.match(afterwards.output, /Password/, 'a start that failed has used up no secret');
  });
});

describe('A second server on the same DATA_DIR', () => {
  it('is refused in one sentence, and starts once the first was killed', async () => {
    const env = { DATA_DIR: join(folder, 'shared') };
    const first = start(env);
    await first.listening();
    const second = start(env);
    assert.deepEqual(await second.exited, [1, null]);
    assert.match(second.output, /^Another server runs on DATA_DIR \S+shared: stop it first[^\n]*\.\n$/);
    await first.stop('SIGKILL');
    await start(env).listening();
  });
});

describe('A server that is killed in the middle of everything', () => {
  it('has every message whose echo was seen, once and in order, when it is back [hostile 71]', async () => {
    const env = { DATA_DIR: join(folder, 'killed'), LIMITS: NO_LIMITS };
    const first = start(env);
    const url = await first.listening();
    const { token } = await session(url);
    const conversationId = uuid();
    const socket = await open(url, token);
    const sent = Array.from({ length: 90 }, (_, i) => ({ clientId: uuid(), text: `message ${i}` }));
    for (const message of sent) socket.send({ type: 'send', conversationId, start: true, ...message });
    await socket.next('entry', ({ entry }) => entry.seq === 20);
    await first.stop('SIGKILL');
    await socket.closed;
    const echoed = socket.seen.flatMap((frame) => (frame.type === 'entry' ? [frame.entry] : []));
    assert.ok(echoed.length >= 20);

    const second = start(env);
    const back = await second.listening();
    const kept = (await entries(back, token, conversationId)).entries;
    assert.deepEqual(kept.slice(0, echoed.length), echoed);

    const again = await open(back, token);
    for (const message of sent) again.send({ type: 'send', conversationId, start: true, ...message });
    for (const { clientId } of sent)
      await again.next('entry', ({ entry }) => 'clientId' in entry && entry.clientId === clientId);
    const all = (await entries(back, token, conversationId)).entries;
    assert.deepEqual(
      all.map(({ seq }) => seq),
      sent.map((_, i) => i + 1),
    );
    assert.deepEqual(
      all.map((entry) => 'text' in entry && entry.text),
      sent.map(({ text }) => text),
    );
  });
});

describe('A server that is asked to stop', () => {
  it('tells its clients to come back, answers what it has received, and is gone soon', async () => {
    const env = { DATA_DIR: join(folder, 'stopped'), LIMITS: NO_LIMITS };
    const first = start(env);
    const url = await first.listening();
    const { token } = await session(url);
    const sockets = await Promise.all(Array.from({ length: 20 }, () => open(url, token)));
    const [writer] = sockets as [TestSocket];
    const conversationId = uuid();
    for (let i = 0; i < 50; i++)
      writer.send({ type: 'send', conversationId, start: true, clientId: uuid(), text: `${i}` });
    await writer.next('entry');
    const asked = performance.now();
    assert.deepEqual(await first.stop('SIGTERM'), [0, null]);
    assert.ok(performance.now() - asked < 10_000);
    for (const socket of sockets) assert.equal(await socket.closed, CloseCode.restart);
    await assert.rejects(fetch(`${url}/healthz`));

    const echoed = writer.seen.flatMap((frame) => (frame.type === 'entry' ? [frame.entry] : []));
    const second = start(env);
    const kept = (await entries(await second.listening(), token, conversationId)).entries;
    assert.deepEqual(kept, echoed, 'what was stored was also answered');
  });
});

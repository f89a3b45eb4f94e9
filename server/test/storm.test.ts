import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import type { ServerFrame, SessionAnswer, WelcomeFrame } from '../../src/api/protocol.ts';
import { freePort } from './support/free-port.ts';
import { uuid } from './support/ids.ts';
import { NO_LIMITS } from './support/limits.ts';
import { ServerProcess } from './support/server-process.ts';
import { connect } from './support/socket.ts';

const CLIENTS = 1_000;
const SESSIONS = 50;

/** A client that comes again, at once, as often as it must: real ones wait, and are spread by chance. */
class Impatient {
  readonly #url: string;
  readonly #token: string;
  readonly #since: Record<string, number>;
  #socket: WebSocket | undefined;
  #isEnded = false;
  /** How it was sent away, each time. */
  readonly refusals: number[] = [];

  constructor(url: string, token: string, since: Record<string, number>) {
    this.#url = url;
    this.#token = token;
    this.#since = since;
  }

  async welcome(): Promise<WelcomeFrame> {
    for (;;) {
      if (this.#isEnded) throw new Error('Given up.');
      const socket = new WebSocket(this.#url, { perMessageDeflate: false });
      const { promise, resolve } = Promise.withResolvers<WelcomeFrame | number>();
      socket.on('error', () => {});
      socket.once('unexpected-response', (_request, { statusCode = 0 }) => {
        this.refusals.push(statusCode);
        socket.terminate();
      });
      socket.once('open', () =>
        socket.send(JSON.stringify({ type: 'hello', version: 1, token: this.#token, since: this.#since })),
      );
      socket.once('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as ServerFrame;
        assert.equal(frame.type, 'welcome');
        resolve(frame as WelcomeFrame);
      });
      socket.once('close', (code) => resolve(code));
      const answer = await promise;
      if (typeof answer !== 'number') {
        this.#socket = socket;
        return answer;
      }
      if (answer !== 1006) this.refusals.push(answer);
    }
  }

  async gone(): Promise<void> {
    if (this.#socket?.readyState !== WebSocket.CLOSED) await once(this.#socket!, 'close');
  }

  /** Comes again no more, also when it was not let in yet. */
  end(): void {
    this.#isEnded = true;
    this.#socket?.terminate();
  }
}

describe(`${CLIENTS} clients of a server that is killed`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-storm-'));
  const running: ServerProcess[] = [];
  const clients: Impatient[] = [];
  after(async () => {
    for (const client of clients) client.end();
    for (const each of running) if (each.child.exitCode === null) await each.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('are all let in again when it is back, though they come at once, and miss nothing [hostile 71]', async () => {
    // How quick this machine is must not matter.
    const limits = { ...NO_LIMITS, helloMs: 60_000, requestMs: 60_000 };
    const env = { DATA_DIR: folder, PORT: String(await freePort()), LIMITS: JSON.stringify(limits) };
    async function start(): Promise<{ readonly process: ServerProcess; readonly url: string }> {
      const process = new ServerProcess(env);
      running.push(process);
      return { process, url: await process.listening() };
    }
    const first = await start();
    const socketUrl = `${first.url.replace('http', 'ws')}/v1/widget/demo/socket`;
    const talks: { readonly token: string; readonly conversationId: string }[] = [];
    for (let i = 0; i < SESSIONS; i++) {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${first.url}/v1/widget/demo/sessions`, { method: 'POST', headers, body: '{}' });
      const { token } = (await answer.json()) as SessionAnswer;
      const conversationId = uuid();
      const socket = await connect(socketUrl, {});
      await socket.hello({ token });
      for (const text of ['one', 'two'])
        socket.send({ type: 'send', conversationId, clientId: uuid(), text, start: true });
      await socket.next('entry', ({ entry }) => entry.seq === 2);
      socket.terminate();
      talks.push({ token, conversationId });
    }
    for (let i = 0; i < CLIENTS; i++) {
      const { token, conversationId } = talks[i % SESSIONS]!;
      clients.push(new Impatient(socketUrl, token, { [conversationId]: 1 }));
    }
    for (let i = 0; i < CLIENTS; i += 100) await Promise.all(clients.slice(i, i + 100).map((each) => each.welcome()));

    await first.process.stop('SIGKILL');
    await Promise.all(clients.map((client) => client.gone()));
    const second = await start();
    const storm = Promise.all(clients.map((client) => client.welcome()));
    let isOver = false;
    const watch = (async () => {
      for (; !isOver;) assert.equal((await fetch(`${second.url}/healthz`)).status, 200);
    })();
    const welcomes = await storm;
    isOver = true;
    await watch;

    for (const [index, { conversations }] of welcomes.entries()) {
      const { conversationId } = talks[index % SESSIONS]!;
      assert.deepEqual(
        conversations.map(({ id, lastSeq }) => [id, lastSeq]),
        [[conversationId, 2]],
      );
    }
    assert.deepEqual(
      clients.flatMap(({ refusals }) => refusals),
      [],
      'nobody was sent away',
    );
    assert.equal(second.process.child.exitCode, null);
  });
});

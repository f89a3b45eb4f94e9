import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientFrame, MessageEntry, ServerFrame, WelcomeFrame } from '../../../src/api/protocol.ts';
import { uuid } from './ids.ts';
import type { TestServer } from './server.ts';

type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

const DEADLINE_MS = 60_000;

/** Raw frames in and out. What arrives waits until the test asks for it. */
export class TestSocket {
  readonly raw: WebSocket;
  /** Resolves with the code when the socket is closed. */
  readonly closed: Promise<number>;
  /** Everything that came, in order; pings too. */
  readonly seen: ServerFrame[] = [];
  readonly #unread: ServerFrame[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(raw: WebSocket) {
    this.raw = raw;
    this.closed = new Promise((resolve) => raw.once('close', (code) => resolve(code)));
    raw.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as ServerFrame;
      this.seen.push(frame);
      this.#unread.push(frame);
      for (const look of [...this.#waiting]) look();
    });
    // A refused or cut connection is told by `closed`.
    raw.on('error', () => {});
  }

  send(frame: ClientFrame): void {
    this.raw.send(JSON.stringify(frame));
  }

  /** The next frame of this type that nobody has read yet, now or when it comes; others stay where they are. */
  async next<T extends ServerFrame['type']>(
    type: T,
    matches: (frame: FrameOf<T>) => boolean = () => true,
  ): Promise<FrameOf<T>> {
    const take = (): FrameOf<T> | undefined => {
      const index = this.#unread.findIndex((frame) => frame.type === type && matches(frame as FrameOf<T>));
      return index < 0 ? undefined : (this.#unread.splice(index, 1)[0] as FrameOf<T>);
    };
    const there = take();
    if (there) return there;
    return new Promise((resolve, reject) => {
      const deadline = AbortSignal.timeout(DEADLINE_MS);
      const look = (): void => {
        const frame = take();
        if (!frame) return;
        this.#waiting.delete(look);
        resolve(frame);
      };
      this.#waiting.add(look);
      deadline.onabort = () => {
        if (!this.#waiting.delete(look)) return;
        reject(new Error(`No ${type} frame came. Seen last: ${JSON.stringify(this.seen.slice(-5))}`));
      };
    });
  }

  /** Says hello and waits for the welcome. */
  async hello(hello: { token?: string; since?: Record<string, number>; epoch?: string } = {}): Promise<WelcomeFrame> {
    this.send({ type: 'hello', version: 1, ...hello });
    return this.next('welcome');
  }

  /** Leaves properly. */
  async close(): Promise<void> {
    this.raw.close();
    await this.closed;
  }

  /** Is gone, without a word. */
  terminate(): void {
    this.raw.terminate();
  }
}

/** Opens a socket. Rejects with the HTTP status when the upgrade is refused. */
export async function connect(url: string, headers: Readonly<Record<string, string>>): Promise<TestSocket> {
  const raw = new WebSocket(url, { headers, perMessageDeflate: false });
  const socket = new TestSocket(raw);
  const refused = new Promise<never>((_resolve, reject) => {
    raw.once('unexpected-response', (_request, response) => {
      reject(Object.assign(new Error(`upgrade refused: ${response.statusCode}`), { status: response.statusCode }));
      response.resume();
      raw.terminate();
    });
  });
  refused.catch(() => {});
  await Promise.race([once(raw, 'open'), refused]);
  return socket;
}

/** A visitor who is connected and welcome. */
export async function visitor(
  server: TestServer,
  session?: { readonly token: string },
): Promise<TestSocket & { readonly token: string }> {
  const { token } = session ?? (await server.session());
  const socket = await server.socket(`/v1/widget/${server.inbox}/socket`);
  await socket.hello({ token });
  return Object.assign(socket, { token });
}

/** The admin, connected and welcome. */
export async function agent(server: TestServer): Promise<TestSocket> {
  const socket = await server.socket('/v1/agent/socket', { cookie: await server.cookie() });
  await socket.hello();
  return socket;
}

/** Says something and waits for the echo. */
export async function say(
  socket: TestSocket,
  conversationId: string,
  text: string,
  start = false,
): Promise<MessageEntry> {
  const clientId = uuid();
  socket.send({ type: 'send', conversationId, clientId, text, ...(start ? { start } : {}) });
  return echo(socket, clientId);
}

/** The message with this clientId, when it comes. */
export async function echo(socket: TestSocket, clientId: string): Promise<MessageEntry> {
  const frame = await socket.next('entry', ({ entry }) => entry.type === 'message' && entry.clientId === clientId);
  return frame.entry as MessageEntry;
}

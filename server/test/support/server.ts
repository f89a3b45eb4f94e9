import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorBody, SessionAnswer, SessionRequest } from '../../../src/api/protocol.ts';
import { createChatServer } from '../../src/chat-server.ts';
import type { ChatServer, ChatServerOptions } from '../../src/chat-server.ts';
import { readConfig, readLimits } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { signEmail } from '../../src/identity/email-hmac.ts';
import type { Limits } from '../../src/limits.ts';
import { openDoor } from './chaos.ts';
import type { LateDoor } from './chaos.ts';
import { Description } from './described.ts';
import { copyFirstData } from './first-data.ts';
import { NO_LIMITS } from './limits.ts';
import { connect } from './socket.ts';
import type { TestSocket } from './socket.ts';

const ADMIN = { email: 'admin@shop.example', password: 'correct horse battery staple' };
const API_KEY = 'cw_key_of_the_tests_0123456789abcdef';

export interface Overrides extends ChatServerOptions {
  readonly config?: Partial<Config>;
  readonly limits?: Partial<Limits>;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface RequestOptions {
  readonly method?: string;
  /** Sent as JSON; a string goes as it is. */
  readonly body?: unknown;
  /** `Authorization: Bearer` */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The real server in this process, on a free port, with SQLite in a folder of its own. */
export class TestServer {
  readonly chat: ChatServer;
  readonly url: string;
  readonly inbox = 'demo';
  readonly apiKey = API_KEY;
  readonly admin = ADMIN;
  /** Every log line so far. */
  readonly log: string[];
  readonly #folder: string;
  readonly #door: LateDoor;
  readonly #sockets = new Set<TestSocket>();
  readonly #description: Description;
  #secret: string | undefined;
  #cookie: string | undefined;

  constructor(chat: ChatServer, url: string, door: LateDoor, log: string[], folder: string) {
    this.chat = chat;
    this.url = url;
    this.#door = door;
    this.log = log;
    this.#folder = folder;
    this.#description = new Description(chat.app);
  }

  /** Folder of its data. */
  get dataDir(): string {
    return this.#folder;
  }

  /** Where sockets are opened: under chaos another port than that of `url`. */
  get socketUrl(): string {
    return this.#door.url.replace('http', 'ws');
  }

  /** Any request; `T` is what the test expects of the body. Fails when the answer is not as `/openapi.json` says. */
  async request<T = ErrorBody>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const { method = 'GET', body, token, headers } = options;
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = text !== '' && response.headers.get('content-type')?.startsWith('application/json');
    const answer: unknown = isJson ? JSON.parse(text) : text;
    if (isJson) this.#description.check(method, path, response.status, answer);
    return { status: response.status, headers: response.headers, body: answer as T };
  }

  /** As a back end does, with the first API key. */
  api<T = ErrorBody>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    return this.request<T>(path, { token: API_KEY, ...options });
  }

  /** Of the visitor's door. */
  widget<T = ErrorBody>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    return this.request<T>(`/v1/widget/${this.inbox}${path}`, options);
  }

  /** What a site's back end computes. */
  async sign(email: string): Promise<string> {
    this.#secret ??= (await this.chat.store.inboxes.find(this.inbox))?.secrets['email']?.value ?? '';
    return signEmail(email, this.#secret);
  }

  async session(request: SessionRequest = {}, token?: string): Promise<SessionAnswer> {
    const answer = await this.widget<SessionAnswer>('/sessions', {
      method: 'POST',
      body: request,
      ...(token === undefined ? {} : { token }),
    });
    if (answer.status !== 201) throw new Error(`no session: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** A session with the right proof. */
  async verified(email: string, names: Pick<SessionRequest, 'firstName' | 'lastName'> = {}): Promise<SessionAnswer> {
    return this.session({ email, authToken: await this.sign(email), ...names });
  }

  /** The admin's cookie, the same each time. */
  async cookie(): Promise<string> {
    this.#cookie ??= await this.signIn();
    return this.#cookie;
  }

  /** Signs in; the cookie of a session of its own. */
  async signIn(email = ADMIN.email, password = ADMIN.password): Promise<string> {
    const { status, headers } = await this.request('/v1/agent/session', { method: 'POST', body: { email, password } });
    if (status !== 200) throw new Error(`sign-in failed: ${status}`);
    return headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }

  /** A bare socket, before its hello. */
  async socket(path: string, headers: Readonly<Record<string, string>> = {}): Promise<TestSocket> {
    const socket = await connect(this.socketUrl + path, headers);
    this.#sockets.add(socket);
    return socket;
  }

  /** Stops it; the data are deleted. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    await this.chat.close();
    this.#door.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function testConfig(dataDir: string, limits: Partial<Limits> = {}): Config {
  return {
    ...readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'debug' }),
    adminEmail: ADMIN.email,
    adminPassword: ADMIN.password,
    apiKey: API_KEY,
    limits: readLimits({ ...NO_LIMITS, ...limits }),
  };
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'chat-server-test-'));
}

/** Starts one. Close it in `after`. */
export async function startServer(overrides: Overrides = {}): Promise<TestServer> {
  const { config, limits, ...options } = overrides;
  const folder = temporaryFolder();
  if (!config?.databaseUrl && !config?.dataDir) await copyFirstData(testConfig(folder));
  const log: string[] = [];
  const chat = await createChatServer(
    { ...testConfig(folder, limits), ...config },
    { logTarget: { write: (line) => void log.push(line) }, ...options },
  );
  const url = await chat.listen();
  return new TestServer(chat, url, await openDoor(url), log, folder);
}

/**
 * The real server as a child process, for everything that tests, measures or photographs it: started from its source on
 * the pinned Node, on a free port, with data of its own in a temporary directory.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDoor } from '../server/test/support/chaos.ts';
import { NO_LIMITS } from '../server/test/support/limits.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const START_MS = 120_000;
const STOP_MS = 30_000;
const MAIL_MS = 60_000;

/** The inbox that a server makes at its first start. */
export const INBOX = 'demo';
export const ADMIN = { email: 'admin@shop.example', password: 'correct horse battery staple' };
export const API_KEY = 'key_for_tests_0123456789abcdef0123456789abcdef';

export class ChatServerProcess {
  #env;
  /** Where it listens itself. */
  #url = '';
  /** @type {import('../server/test/support/chaos.ts').LateDoor | undefined} */ #door;
  #output = '';
  /** @type {import('node:child_process').ChildProcess | undefined} */ #process;
  #data = mkdtempSync(path.join(tmpdir(), 'chat-server-'));
  #killAtExit = () => {
    this.#process?.kill('SIGKILL');
    rmSync(this.#data, { recursive: true, force: true });
  };

  /** @param {NodeJS.ProcessEnv} env */
  constructor(env) {
    this.#env = env;
  }

  /** @param {NodeJS.ProcessEnv} [env] variables of the server's environment beyond the usual ones */
  static async start(env = {}) {
    const server = new this(env);
    process.once('exit', server.#killAtExit);
    server.#url = await server.launch(server.#environment('0'));
    server.#door = await openDoor(server.#url);
    return server;
  }

  /** Where browsers find it, without a slash at the end; stays the same over a restart. */
  get url() {
    return this.#door?.url ?? this.#url;
  }

  /** Its process while it runs; another one after a restart. */
  get pid() {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error('The server does not run.');
    return pid;
  }

  /** Folder of its data. */
  get dataDir() {
    return this.#data;
  }

  /** What it has printed since it was started last. */
  get output() {
    return this.#output;
  }

  /** `kill -9`: no farewell to anybody, nothing flushed. */
  async kill() {
    await this.end('SIGKILL');
  }

  /** Starts a killed or stopped server again, with the same port and data. */
  async restart() {
    this.#url = await this.launch(this.#environment(new URL(this.#url).port));
  }

  /** Stops it as an operator would, and waits until it has gone; the data stay. */
  async stop() {
    await this.end('SIGTERM');
  }

  /** Stops it for good: the data are deleted. */
  async dispose() {
    await this.end('SIGTERM');
    this.#door?.close();
    this.#killAtExit();
    process.off('exit', this.#killAtExit);
  }

  /**
   * Calls the API as a back end does, with the API key.
   *
   * @param {string} method
   * @param {string} address such as `/v1/conversations?state=open`
   * @param {unknown} [body]
   * @returns {Promise<{ status: number, body: any }>} `body` is the parsed JSON; null when the answer is empty
   */
  async request(method, address, body) {
    const response = await fetch(this.#url + address, {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  }

  /**
   * Calls the API as the admin does, whose cookie opens what no API key does.
   *
   * @param {string} method
   * @param {string} address
   * @param {unknown} [body]
   * @returns {Promise<any>} the parsed answer
   */
  async asAdmin(method, address, body) {
    const headers = { 'content-type': 'application/json', origin: this.#url };
    const signedIn = await fetch(`${this.#url}/v1/agent/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify(ADMIN),
    });
    const cookie = signedIn.headers.getSetCookie().join('; ');
    const response = await fetch(this.#url + address, {
      method,
      headers: { ...headers, cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  /**
   * Gives the inbox a secret that a test knows, so that it can sign like a site's back end.
   *
   * @param {string} scheme
   * @param {string} value
   */
  async setSecret(scheme, value) {
    await this.asAdmin('POST', `/v1/inboxes/${INBOX}/secrets/${scheme}/rotate`, { value });
  }

  /**
   * The newest mail to an address, as the server has written it to its outbox; waits until there is one.
   *
   * @param {string} address
   * @returns {Promise<string>}
   */
  async mailTo(address) {
    const folder = path.join(this.#data, 'outbox');
    mkdirSync(folder, { recursive: true });
    const stop = new AbortController();
    const changes = watch(folder, { signal: AbortSignal.any([stop.signal, AbortSignal.timeout(MAIL_MS)]) });
    try {
      for (;;) {
        // Watched before it is looked at, so that none falls between the two.
        const change = changes.next();
        change.catch(() => {});
        for (const name of (await readdir(folder)).sort().reverse()) {
          if (!name.endsWith('.eml')) continue;
          const mail = await readFile(path.join(folder, name), 'utf8');
          if (mail.includes(`\nTo: ${address}\n`)) return mail;
        }
        await change;
      }
    } finally {
      stop.abort();
    }
  }

  /**
   * The proof for an e-mail (hex HMAC-SHA256), as the server itself mints it for a site's back end.
   *
   * @param {string} email
   * @returns {Promise<string>}
   */
  async sign(email) {
    const address = `/v1/contacts/chat-auth-token?email=${encodeURIComponent(email)}`;
    const { status, body } = await this.request('GET', address);
    if (status !== 200) throw new Error(`The server mints no token for ${email}: ${status} ${JSON.stringify(body)}`);
    return body.auth_token;
  }

  /**
   * @param {string} port
   * @returns {NodeJS.ProcessEnv}
   */
  #environment(port) {
    return {
      ...process.env,
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      DATA_DIR: this.#data,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      API_KEY,
      LIMITS: JSON.stringify(NO_LIMITS),
      ...this.#env,
      PORT: port,
    };
  }

  /**
   * Runs it until `end`.
   *
   * @param {NodeJS.ProcessEnv} env
   * @returns {Promise<string>} where it listens
   */
  async launch(env) {
    this.#output = '';
    const child = spawn(process.execPath, ['server/src/main.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    });
    this.#process = child;
    return new Promise((resolve, reject) => {
      const fail = (/** @type {string} */ reason) => {
        child.kill('SIGKILL');
        reject(new Error(`The server ${reason}. It said:\n${this.#output}`));
      };
      const timer = setTimeout(fail, START_MS, `did not listen within ${START_MS / 1000} s`);
      const read = (/** @type {Buffer} */ chunk) => {
        this.#output += chunk;
        const url = /listening on (http:\/\/\S+?)\/?\s/.exec(this.#output)?.[1];
        if (!url) return;
        clearTimeout(timer);
        resolve(url);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        fail(`ended (${signal ?? code}) before it listened`);
      });
    });
  }

  /** @param {'SIGKILL' | 'SIGTERM'} signal */
  async end(signal) {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(timer);
  }
}

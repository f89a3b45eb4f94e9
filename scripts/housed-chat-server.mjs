import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ChatServerProcess } from './chat-server-process.mjs';

const HOUSE = fileURLToPath(new URL('chat-server-house.mjs', import.meta.url));

/** The process in which the servers of browser tests run. It ends with this one. */
class House {
  /** @type {Map<number, PromiseWithResolvers<any>>} */
  #calls = new Map();
  #lastCall = 0;
  #child = fork(HOUSE, { execArgv: [] })
    .on('message', (/** @type {any} */ { call, value, error }) => {
      const { resolve, reject } = this.#take(call);
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    })
    .on('exit', (code, signal) => {
      const error = new Error(`The process of the chat servers ended (${signal ?? code}).`);
      for (const call of [...this.#calls.keys()]) this.#take(call).reject(error);
    });

  constructor() {
    this.#child.unref();
  }

  /**
   * @param {string} action
   * @param {object} request
   * @returns {Promise<any>}
   */
  ask(action, request) {
    const call = ++this.#lastCall;
    const answer = Promise.withResolvers();
    this.#calls.set(call, answer);
    this.#child.channel?.ref();
    this.#child.send({ call, action, ...request });
    return answer.promise;
  }

  /** @param {number} call */
  #take(call) {
    const answer = this.#calls.get(call) ?? Promise.withResolvers();
    this.#calls.delete(call);
    // Whoever waits for nothing may end, and the house with them.
    if (!this.#calls.size) this.#child.channel?.unref();
    return answer;
  }
}

/** @type {House | undefined} */
let house;
let lastId = 0;

/** Opens the house before the first server is asked for: on a busy machine that takes seconds. */
export function openHouse() {
  return (house ??= new House());
}

/** A chat server that shares a process with others: see chat-server-house.mjs. It has no `pid` and no `output`. */
export class HousedChatServer extends ChatServerProcess {
  #id = String(++lastId);

  /**
   * @override
   * @param {NodeJS.ProcessEnv} env
   */
  async launch(env) {
    return openHouse().ask('start', { id: this.#id, env });
  }

  /**
   * @override
   * @param {'SIGKILL' | 'SIGTERM'} signal
   */
  async end(signal) {
    await house?.ask(signal, { id: this.#id });
  }
}

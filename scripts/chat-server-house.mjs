/**
 * Real chat servers, many in one process, which chat-server-plugin.mjs forks: what is loaded already starts a fresh
 * server in a twentieth of the time that a process needs, and browser tests start some hundred.
 *
 * It is asked with `{ call, action, id, env? }` and answers `{ call, value? , error? }`.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createChatServer } from '../server/src/chat-server.ts';
import { readConfig } from '../server/src/config.ts';
import { copyFirstData } from '../server/test/support/first-data.ts';

/** @typedef {{ chat: import('../server/src/chat-server.ts').ChatServer, connections: Set<import('node:net').Socket> }} Housed */

/** @type {Map<string, Housed>} */
const servers = new Map();

/**
 * Undefined for one that has ended already.
 *
 * @param {string} id
 */
function take(id) {
  const server = servers.get(id);
  servers.delete(id);
  return server;
}

/** @type {Record<string, (request: { id: string, env: NodeJS.ProcessEnv }) => Promise<unknown>>} */
const actions = {
  async start({ id, env }) {
    const config = readConfig(env);
    if (!existsSync(path.join(config.dataDir, 'chat.db'))) await copyFirstData(config);
    const chat = await createChatServer(config, { logTarget: { write: () => {} } });
    /** @type {Housed['connections']} */
    const connections = new Set();
    chat.app.server.on('connection', (/** @type {import('node:net').Socket} */ connection) => {
      connections.add(connection);
      connection.once('close', () => connections.delete(connection));
    });
    servers.set(id, { chat, connections });
    return chat.listen();
  },

  SIGTERM: async ({ id }) => take(id)?.chat.close(),

  /** Seen from outside it is as if the process had died: from now on nobody listens, and no connection gets a word. */
  async SIGKILL({ id }) {
    const server = take(id);
    if (!server) return;
    server.chat.app.server.close();
    for (const connection of server.connections) connection.destroy();
    await server.chat.close();
  },
};

process.on('message', async (/** @type {any} */ { call, action, ...request }) => {
  try {
    process.send?.({ call, value: await actions[action]?.(request) });
  } catch (error) {
    process.send?.({ call, error: String(error) });
  }
});
process.on('disconnect', () => process.exit());

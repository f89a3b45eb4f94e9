/**
 * Lets browser tests run the real server. The browser's side of it, and its documentation, is test/support/server.ts.
 *
 * Two parts go into web-test-runner.config.mjs: a plugin that carries out commands, and a middleware that shows a server
 * under the test page's own origin (for `<chat-console>`, whose cookie and Origin check want just that): requests below
 * `/v1/` go to the server that the page's cookie `chat-server` names.
 */
import { ADMIN, API_KEY, INBOX } from './chat-server-process.mjs';
import { HousedChatServer, openHouse } from './housed-chat-server.mjs';
import { forward, tunnel } from './proxy.mjs';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */

const COMMAND = 'chat-server';
const isForServer = (/** @type {string | undefined} */ address) => address?.startsWith('/v1/');

export function chatServers() {
  /** @type {Map<string, import('./chat-server-process.mjs').ChatServerProcess>} */
  const servers = new Map();
  let lastId = 0;

  const find = (/** @type {string | undefined} */ id) => {
    const server = servers.get(id ?? '');
    if (!server) throw new Error(`There is no chat server ${id}.`);
    return server;
  };
  const targetOf = (/** @type {IncomingMessage} */ request) => {
    const id = /(?:^|;\s*)chat-server=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    return isForServer(request.url) && id ? servers.get(id) : undefined;
  };

  /**
   * What a test may ask for.
   *
   * @type {Record<string, (payload: any) => unknown>}
   */
  const actions = {
    async start({ env }) {
      const server = await HousedChatServer.start(env);
      const id = String(++lastId);
      servers.set(id, server);
      return { id, url: server.url, inbox: INBOX, apiKey: API_KEY, admin: ADMIN };
    },
    kill: ({ id }) => find(id).kill(),
    restart: ({ id }) => find(id).restart(),
    stop: ({ id }) => find(id).stop(),
    async dispose({ id }) {
      await find(id).dispose();
      servers.delete(id);
    },
    sign: ({ id, email }) => find(id).sign(email),
    request: ({ id, method, address, body }) => find(id).request(method, address, body),
    setSecret: ({ id, scheme, value }) => find(id).setSecret(scheme, value),
    mailTo: ({ id, address }) => find(id).mailTo(address),
  };

  /** @type {import('@web/test-runner-core').TestRunnerPlugin<{ action: string }>} */
  const plugin = {
    name: COMMAND,
    async executeCommand({ command, payload }) {
      if (command !== COMMAND || !payload) return undefined;
      const act = actions[payload.action];
      if (!act) throw new Error(`A chat server cannot "${payload.action}".`);
      // The runner takes nothing for "not my command".
      return (await act(payload)) ?? true;
    },
    serverStart({ server }) {
      openHouse();
      server?.on(
        'upgrade',
        (/** @type {IncomingMessage} */ request, /** @type {import('node:net').Socket} */ socket, head) => {
          const target = targetOf(request);
          if (target) tunnel(target.url, request, socket, head);
        },
      );
    },
    async serverStop() {
      await Promise.all([...servers.values()].map((server) => server.dispose()));
    },
  };

  /** @type {import('koa').Middleware} */
  const middleware = (context, next) => {
    const target = targetOf(context.req);
    if (!target) return next();
    context.respond = false;
    // The runner reports what it believes to be a 404; the real status comes with the answer.
    context.status = 200;
    forward(target.url, context.req, context.res);
    return undefined;
  };

  return { plugin, middleware };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { Refusal } from '../refusal.ts';
import type { App } from './app.ts';

/** A route that a WebSocket is opened on. */
export interface SocketRoute {
  readonly url: string;
  /** Asked before the upgrade. @throws Refusal that is answered instead of it */
  readonly admit: (request: FastifyRequest) => void;
  /** Takes the socket in. What it keeps of the request lives as long as the socket. */
  readonly open: (socket: WebSocket, request: FastifyRequest) => void;
}

/** What held the TCP socket during the upgrade, by request. */
const responses = new WeakMap<FastifyRequest, FastifyReply['raw']>();

function endOnError(this: WebSocket): void {
  this.terminate();
}

/** Puts up a route for sockets; whoever comes without an upgrade is told so (426, RFC 9110 §15.5.22). */
export function socketRoute(app: App, { url, admit, open }: SocketRoute): void {
  app.route({
    method: 'GET',
    url,
    schema: { hide: true },
    preParsing: async (request, reply) => {
      if (!request.ws) return;
      admit(request);
      responses.set(request, reply.raw);
    },
    handler: async (_request, reply) => {
      reply.header('Upgrade', 'websocket');
      throw new Refusal('bad_request', 'This is the address of a WebSocket.', { status: 426 });
    },
    wsHandler: (socket, request) => {
      open(socket, request);
      // The request, its answer and its log are of no use any more, and would take half of an idle socket's memory.
      socket.removeAllListeners('error');
      socket.on('error', endOnError);
      responses.get(request)?.detachSocket(request.raw.socket);
    },
  });
}

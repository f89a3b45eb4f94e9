import type { ErrorCode } from '../../../src/api/protocol.ts';
import type { Parts } from '../parts.ts';
import type { App } from './app.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Why it is an error. */
    errorCode?: ErrorCode;
  }
}

/**
 * One log line and one measurement per request. The line has a path and, of an error, its code: never a query, a header
 * or a body.
 */
export function observeRequests(app: App, { metrics, isStopping }: Parts): void {
  app.decorateReply('errorCode', undefined);
  app.addHook('onSend', async (_request, reply) => {
    // A connection that is kept alive would keep a server that is going down alive too.
    if (isStopping()) reply.header('Connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const ms = reply.elapsedTime;
    const { statusCode: status } = reply;
    const route = request.routeOptions.url ?? 'none';
    metrics.http.observe({ method: request.method, route, status: String(status) }, ms / 1_000);
    const level = status >= 500 ? 'warn' : 'info';
    const { errorCode: code } = reply;
    request.log[level]({ req: request, status, code, ms: Math.round(ms * 10) / 10 }, 'request');
  });
}

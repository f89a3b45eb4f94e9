import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Limits } from '../limits.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body is a file: it may take as long as it must, while it keeps coming. */
    readonly isUpload?: boolean;
  }
}

/** The longest that an upload may take, ms. */
export const UPLOAD_MS = 15 * 60_000;
/** What of an upload must arrive, bytes per second. */
const PACE = 2_048;

/**
 * Cuts off whoever drips a body. Node counts the whole request, of all routes alike (`requestTimeout`); a file over a
 * slow line needs longer than a message. It also ends the rest of a body whose request was refused.
 */
export function cutOffSlowBodies(
  app: Pick<FastifyInstance, 'addHook'>,
  { requestMs }: Pick<Limits, 'requestMs'>,
): void {
  app.addHook('onRequest', async ({ raw, routeOptions: { config } }: FastifyRequest, reply: FastifyReply) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers;
    if (encoding === undefined && !(Number(length) > 0)) return;
    const { socket } = raw;
    let heard = socket.bytesRead;
    let wasSlow = false;
    const timer = setInterval(() => {
      const isSlow = socket.bytesRead - heard < (PACE * requestMs) / 1_000;
      // Twice: at the first time it may be us who were busy.
      if (!config.isUpload || reply.sent || (isSlow && wasSlow)) socket.destroy();
      heard = socket.bytesRead;
      wasSlow = isSlow;
    }, requestMs);
    timer.unref();
    const stop = (): void => clearInterval(timer);
    raw.once('end', stop).once('close', stop);
  });
}

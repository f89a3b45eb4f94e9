import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorBody } from '../../../src/api/protocol.ts';
import { asRefusal, notFound, Refusal, STATUS } from '../refusal.ts';

/** Answers whatever a route threw. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, message, details } = fromFastify(error) ?? asRefusal(error, request.log);
  const { field, retryAfterMs, status = STATUS[code] } = details;
  const body: ErrorBody = {
    error: {
      code,
      message,
      ...(field === undefined ? {} : { field }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
  };
  reply.errorCode = code;
  if (retryAfterMs !== undefined) reply.header('Retry-After', Math.ceil(retryAfterMs / 1_000));
  return reply.status(status).type('application/json; charset=utf-8').send(body);
}

/** Answers an address that there is not. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answerError(notFound(), request, reply);
}

/** What Fastify itself refuses, before a route is asked: body too large, not JSON, an unknown content type. */
function fromFastify(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || error instanceof Refusal || !('statusCode' in error)) return undefined;
  const { statusCode: status, code } = error as FastifyError;
  switch (status) {
    case 413:
      return new Refusal('too_large', 'The body is too large.');
    case 415:
      return new Refusal('bad_request', 'The body must be application/json.', { status });
    case 503:
      return new Refusal('unavailable', 'The server is going down. Come back.', { retryAfterMs: 1_000 });
    default:
      if (status === undefined || status < 400 || status >= 500) return undefined;
      return new Refusal(
        'bad_request',
        code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ? 'The body is empty.' : 'The request cannot be read.',
        {
          status,
        },
      );
  }
}

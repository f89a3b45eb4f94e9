import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import type { LogLevel } from './config.ts';

/** Where log lines go: one JSON object per line. */
export interface LogTarget {
  write(line: string): void;
}

/** Anything that looks like an address, in a path too. Bounded, so that no line takes long. */
const EMAIL = /[^\s@"'\\<>(),;:=?&/]{1,64}(?:@|%40)[^\s@"'\\<>(),;:=?&/]{1,255}/g;
/** API keys, JWTs, and whatever is as long as a proof or a token: a SHA-1 in hex has 40 digits, an id of ours 36. */
const SECRET = /\bcw_[\w-]{20,}|\beyJ[\w-]+\.[\w-]+\.[\w-]+|(?<![\w-])[\w-]{40,}/g;

/**
 * The last net: our own lines carry neither secrets nor addresses, but an error of a driver may quote a row.
 */
function scrub(line: string): string {
  return line.replace(SECRET, '[secret]').replace(EMAIL, '[email]');
}

/** Path without the query, which may hold an address (`GET /v1/contacts/chat-auth-token?email=…`). */
export function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}

/** How Fastify's pino is set up: JSON lines without secrets, addresses, queries, headers and bodies. */
export function logOptions(level: LogLevel, target: LogTarget = process.stderr): FastifyServerOptions['logger'] {
  return {
    level,
    serializers: {
      req: (request: FastifyRequest) => ({ method: request.method, path: pathOf(request.url) }),
    },
    stream: { write: (line: string) => target.write(scrub(line)) },
  };
}

import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Knock } from '../knock.ts';

/** Whose request it is: the peer, or whom a proxy named in `TRUSTED_PROXIES` has seen (`X-Forwarded-For`). */
export function addressOf({ ip, socket }: FastifyRequest): string {
  // A proxy that passes on whatever it was sent may say anything.
  return bareAddress(ip) ?? socket.remoteAddress ?? '';
}

/** An address as proxies write it, also with a port or in brackets (RFC 7239 §6); undefined for anything else. */
function bareAddress(node: string): string | undefined {
  const [, inBrackets, beforePort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(node) ?? [];
  const address = inBrackets ?? beforePort ?? node;
  return isIP(address) === 0 ? undefined : address;
}

/** Where a request of the visitor's door comes from. */
export function knockOf(request: FastifyRequest): Knock {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  return { address: addressOf(request), origin, host, fetchSite: typeof site === 'string' ? site : undefined };
}

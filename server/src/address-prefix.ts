import { normalizeIP } from '@fastify/rate-limit';

/** What shares one budget: an IPv4 address (also when it comes as a mapped IPv6 one), or an IPv6 /64. */
export function addressPrefix(ip: string): string {
  return normalizeIP(ip, 64);
}

import { domainToASCII } from 'node:url';

/** An origin as browsers send it, in parts; undefined for `null` and for whatever is none. */
function parseOrigin(origin: string): URL | undefined {
  const url = URL.parse(origin);
  return url && /^https?:$/.test(url.protocol) && url.origin === origin ? url : undefined;
}

const isThisMachine = (host: string): boolean => host === 'localhost' || host === '127.0.0.1' || host === '[::1]';

/** Scheme, wildcard, host, port: all but the host may be missing. */
const ENTRY = /^(?:(https?):\/\/)?(\*\.)?([^\s/:@?#*[\]\\%]+)(?::(\d{1,5}))?$/i;
const HOST = /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/;

interface TrustedDomain {
  readonly protocols: readonly string[];
  /** As browsers write it: lower case, punycode. */
  readonly host: string;
  readonly isWildcard: boolean;
  /** '' for the scheme's own. */
  readonly port: string;
}

function parseTrustedDomain(entry: string): TrustedDomain | undefined {
  const [, scheme, wildcard, name = '', port = ''] = ENTRY.exec(entry) ?? [];
  const host = domainToASCII(name);
  if (!HOST.test(host) || Number(port) > 65_535) return undefined;
  const protocols = scheme ? [`${scheme.toLowerCase()}:`] : isThisMachine(host) ? ['http:', 'https:'] : ['https:'];
  return { protocols, host, isWildcard: wildcard !== undefined, port: port && String(Number(port)) };
}

/** True for what an inbox may name as a trusted domain, see `TrustedDomains`. */
export function isTrustedDomain(entry: string): boolean {
  return parseTrustedDomain(entry) !== undefined;
}

/**
 * The sites that may embed an inbox.
 *
 * An entry is `example.com`, `*.example.com` (subdomains at any depth, not `example.com` itself), either with a scheme
 * and a port if need be. Without a scheme https is meant, and http too on this machine; without a port, the scheme's own.
 */
export class TrustedDomains {
  readonly #domains: readonly TrustedDomain[];

  /** @param entries each one that `isTrustedDomain` accepts; others trust nobody */
  constructor(entries: readonly string[]) {
    this.#domains = entries.map(parseTrustedDomain).filter((domain) => domain !== undefined);
  }

  /** True when a page of this origin may embed the inbox. */
  trusts(origin: string): boolean {
    const url = parseOrigin(origin);
    if (!url) return false;
    // `URL` drops a scheme's own port, so it is dropped from the entry too.
    const ownPort = url.protocol === 'https:' ? '443' : '80';
    return this.#domains.some(({ protocols, host, isWildcard, port }) => {
      if (!protocols.includes(url.protocol) || url.port !== (port === ownPort ? '' : port)) return false;
      return isWildcard ? url.hostname.endsWith(`.${host}`) && !url.hostname.startsWith('.') : url.hostname === host;
    });
  }
}

/** The same sites, as CSP's `frame-ancestors` has them; none: any. */
export function framersOf(entries: readonly string[]): string[] {
  const domains = entries.map(parseTrustedDomain).filter((domain) => domain !== undefined);
  const sources = domains.flatMap(({ protocols, host, isWildcard, port }) =>
    protocols.map((protocol) => `${protocol}//${isWildcard ? '*.' : ''}${host}${port && `:${port}`}`),
  );
  return sources.length > 0 ? ["'self'", ...sources] : ['*'];
}

/**
 * True when a page of this very server sent the request.
 *
 * @param host the request's Host header: what the browser believes to talk to
 * @param publicUrl the origin under which browsers reach us, when it is known; then nothing else will do, except this
 *   machine under its own names, where nobody else serves pages on our port
 */
export function isOwnOrigin(origin: string, host: string | undefined, publicUrl?: string): boolean {
  const url = parseOrigin(origin);
  if (!url) return false;
  if (url.origin === publicUrl) return true;
  if (publicUrl !== undefined && !isThisMachine(url.hostname)) return false;
  return host !== undefined && url.host === host.toLowerCase();
}

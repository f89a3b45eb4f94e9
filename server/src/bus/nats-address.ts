/** What the NATS client is told about where to connect. */
export interface NatsAddress {
  /** `host:port` each. */
  readonly servers: readonly string[];
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  /** Asked for by `tls://`; a server that demands it gets it anyway. */
  readonly tls: boolean;
}

/**
 * Reads `nats://host:4222`, or several separated by commas. The client itself does not read what stands before the `@`
 * of an address: `user:password@`, or `token@`. It counts for all of them, so it may stand in the first only.
 *
 * @returns undefined when it is not of that form
 */
export function readNatsAddress(text: string): NatsAddress | undefined {
  const urls = text.split(',').map((part) => URL.parse(part.trim()));
  const isAddress = (url: URL | null): url is URL =>
    url !== null && /^(nats|tls):$/.test(url.protocol) && url.hostname !== '' && /^\/?$/.test(url.pathname);
  if (!urls.every(isAddress)) return undefined;
  const { username = '', password = '' } = urls.find((url) => url.username !== '') ?? {};
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || '4222'}`),
    tls: urls.some(({ protocol }) => protocol === 'tls:'),
    ...proofOf(decodeURIComponent(username), decodeURIComponent(password)),
  };
}

function proofOf(user: string, pass: string): Pick<NatsAddress, 'user' | 'pass' | 'token'> {
  if (user === '') return {};
  return pass === '' ? { token: user } : { user, pass };
}

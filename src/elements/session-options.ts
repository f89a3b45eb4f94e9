/** What a page says on the tag of `<chat-widget>` of server, inbox and visitor: needed when there is somebody to tell. */
import type { ChatClientOptions, Identity, TokenProvider } from '../api/chat-client.ts';
import { warnOnce } from './warn-once.ts';
import {
  IDENTITY,
  inboxOf,
  isUnset,
  oneOf,
  textOf,
  warn,
  type IdentityName,
  type WidgetAttributes,
} from './widget-options.ts';

/** What the client is made with. */
export function clientOptionsOf(attributes: WidgetAttributes): ChatClientOptions {
  const { server, inbox, session, persist, cookieDomain } = attributes;
  return {
    server: serverOf(server),
    inbox: inboxOf(inbox),
    session: oneOf('session', session, ['lazy', 'auto', 'manual']),
    persist: oneOf('persist', persist, ['all', 'anonymous', 'none']),
    cookieDomain: textOf('cookie-domain', cookieDomain),
    tokenProvider: tokenProviderOf(attributes),
    ...attributes.transport,
  };
}

/** What the page says of the visitor; undefined when it says nothing, or names only. */
export function identityOf(attributes: WidgetAttributes): Identity | undefined {
  const said: Partial<Record<IdentityName, unknown>> = {};
  for (const name of IDENTITY) {
    const value = name === 'visitor' ? recordOf(name, attributes[name]) : textOf(name, attributes[name]);
    if (value) said[name] = value;
  }
  return said.email || said.jwt || said.visitorId || said.visitor ? (said as Identity) : undefined;
}

/** How the page gets a fresh proof, if it does. */
function tokenProviderOf({ tokenProvider }: WidgetAttributes): TokenProvider | undefined {
  if (typeof tokenProvider === 'function') return tokenProvider as TokenProvider;
  if (!isUnset(tokenProvider)) warn('tokenProvider', tokenProvider, 'a function');
  return undefined;
}

/** An object, or the JSON of one. */
export function recordOf(attribute: string, value: unknown): object | undefined {
  let record = value;
  try {
    if (typeof value === 'string' && value) record = JSON.parse(value);
  } catch {
    // Said below.
  }
  if (typeof record === 'object' && record !== null) return record;
  if (!isUnset(value)) warnOnce(`${attribute} is not understood and was ignored; expected: an object, or JSON of one.`);
  return undefined;
}

/** The chat server's origin; when none is given, or it is none, where this script came from. */
function serverOf(value: unknown): string {
  const base = location.protocol.startsWith('http') ? location.href : undefined;
  if (typeof value === 'string' && value && URL.canParse(value, base)) {
    const { protocol, origin } = new URL(value, base);
    if (protocol === 'http:' || protocol === 'https:') return origin;
  }
  if (!isUnset(value)) warn('server', value, 'an http(s) URL');
  const { origin } = new URL(import.meta.url);
  return origin === 'null' ? location.origin : origin;
}

import type { ChatClientOptions, Identity } from '../api/chat-client.ts';
import { warnOnce } from './warn-once.ts';

/** Who the visitor is, as the page says it: the names of both the properties and the members of `Identity`. */
export const IDENTITY = [
  'email',
  'authToken',
  'identificationToken',
  'jwt',
  'visitorId',
  'visitorToken',
  'visitor',
  'visitorHash',
  'firstName',
  'lastName',
] as const;

export type IdentityName = (typeof IDENTITY)[number];

/** The properties of `<chat-widget>` that say whom it talks to, and as whom: as the page wrote them. */
export interface WidgetAttributes extends Readonly<Record<IdentityName, unknown>> {
  readonly server: unknown;
  readonly inbox: unknown;
  readonly session: unknown;
  readonly persist: unknown;
  readonly cookieDomain: unknown;
  readonly tokenProvider: unknown;
  /** Where the visitor is, is to be asked for. */
  readonly countries?: unknown;
  readonly transport?: Pick<ChatClientOptions, 'fetch' | 'createSocket'>;
}

/** A widget, with what the page says of its language, as the page says it. */
export interface LanguageHost extends HTMLElement {
  /** Of the chat itself. */
  readonly lang: string;
  /** Which language it is without: that of the `html`, or that of the `browser`. */
  readonly langSource: string;
  /** The page's own words. */
  readonly labels?: unknown;
}

/** The properties whose change makes another client necessary. */
export const CLIENT_NAMES = ['server', 'inbox', 'session', 'cookieDomain'];

/** The properties that say who the visitor is. */
export const IDENTITY_NAMES: readonly string[] = IDENTITY;

/** The values of those properties that say the same as `identity`; without it, nothing. */
export function propertiesOf(identity?: Identity): object {
  for (const name in identity) if (!IDENTITY_NAMES.includes(name)) warnOnce(`identify() does not know ${name}.`);
  return Object.fromEntries(IDENTITY.map((name) => [name, identity?.[name] ?? '']));
}

/**
 * Nobody has shown an interest in the chat, but it has something to do: the page, or this device, knows who is there. What
 * exactly the page says is read when there is somebody to tell.
 */
export function isNeeded(attributes: WidgetAttributes): boolean {
  const { session, email, authToken, jwt, visitorId, visitor, visitorHash, countries } = attributes;
  if (authToken && !email) warnOnce('auth-token without email was ignored.');
  const isNamed = email || jwt || visitorId || (visitorHash && /email/.test(JSON.stringify(visitor)));
  return Boolean(session === 'auto' || isNamed || countries) || isKept(attributes);
}

/** A session is kept on this device: the only thing that is looked at before somebody shows an interest. */
export function isKept({ inbox, cookieDomain }: Partial<WidgetAttributes>): boolean {
  const name = inboxOf(inbox);
  try {
    if (localStorage.getItem(`chat-widget:${name}`) !== null) return true;
    return Boolean(cookieDomain) && document.cookie.includes(`chat-widget-${encodeURIComponent(name)}=`);
  } catch {
    return false;
  }
}

export function inboxOf(inbox: unknown): string {
  return textOf('inbox', inbox) || 'demo';
}

/** `value` if it is one of `allowed`, else the first of them, with a warning unless there is no value. */
export function oneOf<const T extends readonly [string, ...string[]]>(
  attribute: string,
  value: unknown,
  allowed: T,
): T[number] {
  const found = allowed.find((other) => other === value);
  if (found === undefined && !isUnset(value)) warn(attribute, value, allowed.join(', '));
  return found ?? allowed[0];
}

/** A text; anything else is none, with a warning. */
export function textOf(attribute: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isUnset(value)) warn(attribute, value, 'a text');
  return '';
}

/** An integer for `z-index`, or undefined for `auto`: the top layer. */
export function zIndexOf(value: unknown): number | undefined {
  if (isUnset(value) || value === 'auto') return undefined;
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  if (Number.isSafeInteger(number)) return number as number;
  warn('z-index', value, 'auto or an integer');
  return undefined;
}

/** The language of what the chat stands in, also where that is another element's shadow root. Empty: none is said. */
export function pageLang(element: Element): string {
  const lang = element.closest('[lang]')?.getAttribute('lang');
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  return lang ?? (host ? pageLang(host) : '');
}

export function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** Tells the page’s author that a value is not understood. */
export function warn(attribute: string, value: unknown, expected: string): void {
  // The value stays out when it may be a secret, such as an object with credentials.
  const shown = typeof value === 'string' || typeof value === 'number' ? ` "${value}"` : ` of type ${typeof value}`;
  warnOnce(`${attribute}${shown} is not understood and was ignored; expected: ${expected}.`);
}

import type { Inbox } from './inbox-directory.ts';
import { isOwnOrigin } from './origins.ts';
import { Refusal } from './refusal.ts';

/** Where somebody at the visitor's door comes from. */
export interface Knock {
  /** IP address. */
  readonly address: string;
  /** The headers Origin, Host and Sec-Fetch-Site. */
  readonly origin?: string;
  readonly host?: string;
  readonly fetchSite?: string;
}

/** Why the inbox does not let this site in; undefined when it does. */
export function refusalOfSite(inbox: Inbox, knock: Knock, publicUrl?: string): Refusal | undefined {
  if (inbox.settings.security.trustedDomains.length === 0) return undefined;
  const { origin, host, fetchSite } = knock;
  if (origin === undefined) {
    // A browser sends no Origin with a plain GET to its own server; what is no browser needs an API key.
    if (fetchSite === 'same-origin') return undefined;
    return refused('This inbox takes requests from its trusted domains only (rule trustedDomains).');
  }
  if (isOwnOrigin(origin, host, publicUrl) || inbox.trusted.trusts(origin)) return undefined;
  return refused('This site is not among the trusted domains of the inbox (rule trustedDomains).');
}

/** Why the inbox does not let this address in; undefined when it does. */
export function refusalOfAddress({ blocked }: Inbox, { address }: Knock): Refusal | undefined {
  return blocked.has(address) ? refused('This address is blocked in this inbox (rule blockedIps).') : undefined;
}

/** Both: what a socket that is open must still comply with. */
export function refusalOfKnock(inbox: Inbox, knock: Knock, publicUrl?: string): Refusal | undefined {
  return refusalOfSite(inbox, knock, publicUrl) ?? refusalOfAddress(inbox, knock);
}

const refused = (message: string): Refusal => new Refusal('forbidden', message);

import { newSecret } from './identity/secrets.ts';
import { SCHEMES } from './identity/verifier.ts';
import { isTrustedDomain } from './origins.ts';
import type { InboxSecret } from './store/rows.ts';

/** What an inbox's id may be: it stands in addresses, and in the tag of each page. */
export const INBOX_ID_PATTERN = '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$';

/** Parts of addresses below `/v1/inboxes` that are no ids. */
const TAKEN = new Set(['schema']);

/** Long enough for a word or three; leaves room for a number at its end. */
const SLUG_LENGTH = 40;

/** One secret for each scheme, as every new inbox has them. @param now ms */
export function newSecrets(now: number): Record<string, InboxSecret> {
  return Object.fromEntries(SCHEMES.map((scheme) => [scheme, newSecret(now)]));
}

/** False for an id that is an address of something else. */
export function isFreeWord(id: string): boolean {
  return !TAKEN.has(id);
}

/** Ids for an inbox of that name, the best first: `Café Berlin` → `cafe-berlin`, `cafe-berlin-2`, … */
export function* idsFor(name: string): Generator<string, never> {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, SLUG_LENGTH)
    .replace(/-$/, '');
  const best = slug || 'inbox';
  if (isFreeWord(best)) yield best;
  for (let number = 2; ; number++) yield `${best}-${number}`;
}

/** The trusted domain of a site, from the address of any of its pages; undefined when it is no such address. */
export function domainOf(siteUrl: string): string | undefined {
  const url = URL.parse(/^https?:\/\//i.test(siteUrl) ? siteUrl : `https://${siteUrl}`);
  const domain = url?.protocol === 'https:' ? url.host : url?.origin;
  return domain !== undefined && isTrustedDomain(domain) ? domain : undefined;
}

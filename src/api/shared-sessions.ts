/**
 * One session for all hosts of a site (`shop.example`, `help.shop.example`), by one first-party cookie. It holds the
 * token and nothing that tells who it is: whoever finds one asks the server. Loaded only where a page wants it.
 */
import { ChatError } from './chat-error.ts';
import type { Clock } from './clock.ts';
import type { Http } from './http.ts';
import type { SessionStorage } from './kept-sessions.ts';
import type { SessionAnswer } from './protocol.ts';
import type { SessionRecord, Slot } from './session-record.ts';
import { fingerprintOfEmail } from './subject.ts';

/** Behind the token: the page has said who it is, so pages that say nobody leave it alone. */
const BY_PAGE = '.page';

/** How `SharedSessions` are made. */
export interface SharedSessionsOptions {
  /** Such as `shop.example`; a dot before it changes nothing. */
  readonly domain: string;
  readonly inbox: string;
  /** `/v1/widget/{inbox}` */
  readonly path: string;
  readonly http: Http;
  readonly clock: Clock;
  /** What this host keeps for itself. */
  readonly storage: SessionStorage;
  /** Hears that it cannot be. */
  readonly onError: (error: ChatError) => void;
}

/** What a host of the site keeps: as it is kept here alone, but that the cookie has the last word. */
interface SharedRecord extends SessionRecord {
  /** It stood in the cookie: when that is gone, it was ended on another host. */
  readonly shared?: true;
}

/**
 * Where sessions are kept from now on: in the cookie as well, where it can be set. A public suffix (`co.uk`,
 * `github.io`), another site, no https, no cookies at all: then this host stays alone.
 */
export function shareSessions(options: SharedSessionsOptions): SessionStorage {
  const { domain, inbox, storage, onError } = options;
  const cookie = new SiteCookie(domain, `chat-widget-${encodeURIComponent(inbox)}`);
  if (cookie.canBeSet()) return new SharedSessions(options, cookie);
  onError(new ChatError('not_saved', `No cookie can be set for ${domain}: the session stays with this host.`));
  return storage;
}

/** Keeps sessions for the whole site. */
class SharedSessions implements SessionStorage {
  readonly #options: SharedSessionsOptions;
  readonly #cookie: SiteCookie;

  constructor(options: SharedSessionsOptions, cookie: SiteCookie) {
    this.#options = options;
    this.#cookie = cookie;
  }

  /** This host's own session, another host's (the server says whose), or none any more. Rejects with ChatError when the server cannot be asked. */
  async get(key: string): Promise<SessionRecord | undefined> {
    const { storage } = this.#options;
    const slot = slotIn(key);
    const kept: SharedRecord | undefined = await storage.get(key);
    const { value } = this.#cookie;
    if (!value) {
      if (kept?.shared) await storage.delete(key);
      // From the time before this host shared it.
      else if (kept) await this.set(key, kept);
      return kept?.shared ? undefined : kept;
    }
    const token = value.replace(BY_PAGE, '');
    if ((value !== token) !== (slot === 'identified') || token === kept?.token) return kept;
    const found = await this.#ask(token, slot, kept);
    await (found ? storage.set(key, found) : this.delete(key));
    return found;
  }

  async set(key: string, record: SessionRecord): Promise<void> {
    const { storage, clock } = this.#options;
    const value = slotIn(key) === 'identified' ? record.token + BY_PAGE : record.token;
    this.#cookie.set(value, Math.max(0, Math.floor((record.expiresAt - clock.now()) / 1000)));
    await storage.set(key, { ...record, shared: true } as SharedRecord);
  }

  async delete(key: string): Promise<void> {
    const isByPage = this.#cookie.value?.endsWith(BY_PAGE) ?? false;
    if (isByPage === (slotIn(key) === 'identified')) this.#cookie.set('', 0);
    await this.#options.storage.delete(key);
  }

  async #ask(token: string, slot: Slot, kept: SessionRecord | undefined): Promise<SharedRecord | undefined> {
    const { inbox, path, http } = this.#options;
    try {
      const answer = await http.request<Omit<SessionAnswer, 'token'>>(`${path}/session`, { token });
      const { id, email, verification } = answer.contact;
      const isNamed = slot === 'identified' || verification === 'verified';
      const subject = email ? { email: await fingerprintOfEmail(inbox, email) } : {};
      const known = kept?.contact.id === id ? kept.subject : subject;
      return { ...answer, token, shared: true, ...(isNamed && { subject: known, own: slot === 'anonymous' }) };
    } catch (error) {
      if (error instanceof ChatError && error.code === 'unauthorized') return undefined;
      throw error;
    }
  }
}

/** A cookie that all hosts of a site share, out of reach for plain http and for requests that other sites cause. */
class SiteCookie {
  readonly #domain: string;
  readonly #name: string;

  constructor(domain: string, name: string) {
    this.#domain = domain;
    this.#name = name;
  }

  /** Tries the domain, with a cookie that says nothing. */
  canBeSet(): boolean {
    if (!/^[\w.-]+$/.test(this.#domain)) return false;
    try {
      const probe = new SiteCookie(this.#domain, `${this.#name}-probe`);
      probe.set('1', 60);
      const isSet = probe.value === '1';
      probe.set('', 0);
      return isSet;
    } catch {
      return false;
    }
  }

  get value(): string | undefined {
    const pair = document.cookie.split('; ').find((each) => each.startsWith(`${this.#name}=`));
    return pair?.slice(this.#name.length + 1) || undefined;
  }

  set(value: string, seconds: number): void {
    document.cookie = `${this.#name}=${value}; Domain=${this.#domain}; Path=/; Max-Age=${seconds}; Secure; SameSite=Lax`;
  }
}

const slotIn = (key: string): Slot => (key.endsWith('identified') ? 'identified' : 'anonymous');

import { LIMITS } from '../api/protocol.ts';
import { Trail } from '../api/trail.ts';
import type { OutreachHost } from './outreach-host.ts';
import { addressNow, PageWatch } from './page-watch.ts';
import { warnOnce } from './warn-once.ts';

/** A page of the site. What is missing is as the browser shows it. */
export interface Page {
  /** Absolute, or relative to the document. At most 2,048 UTF-16 code units count. */
  readonly url?: string;
  /** At most 256 UTF-16 code units count. */
  readonly title?: string;
}

/** Which pages the visitor is on, and what the site says that they do. */
export class TrailPart {
  readonly #at: () => OutreachHost;
  readonly #trail: Trail;
  #watch?: PageWatch;
  /** The last page that was reported. */
  #last?: string;
  /** What the page has said of itself, and where it stood then. */
  #said?: { readonly url: string; readonly address: string };

  constructor(at: () => OutreachHost, signal: AbortSignal) {
    this.#at = at;
    this.#trail = new Trail(
      () => at().client(),
      ({ message }) => warnOnce(`A page or an event was not taken: ${message}`),
    );
    const look = () => this.#look();
    // Whichever element it is in whose service this goes on.
    document.addEventListener('cw-session-change', look, { signal });
    signal.addEventListener('abort', () => {
      this.#watch?.end();
      this.#trail.end();
    });
    look();
  }

  /** Address of the page: as the page has said, until there is another. */
  get pageUrl(): string {
    const { url, address } = this.#said ?? {};
    return url !== undefined && address === location.href ? url : location.href;
  }

  /** See `ChatWidget.trackPage`. */
  trackPage(page: Page = {}): void {
    const { url, title } = isRecord(page) ? page : {};
    const address = url === undefined ? addressNow() : absolute(url);
    if (!isRecord(page) || !address || !isTextOrMissing(title)) {
      warnOnce('trackPage() takes { url, title }: an http(s) address and a text. This page was not counted.');
      return;
    }
    this.#watch?.settle();
    this.#said = { url: address, address: location.href };
    this.#enter(address, title);
  }

  /** See `ChatWidget.trackEvent`. */
  trackEvent(name: string, data?: Readonly<Record<string, unknown>>): void {
    if (typeof name !== 'string' || !name.trim() || name.length > LIMITS.eventNameLength) {
      warnOnce(
        `trackEvent() takes a name of at most ${LIMITS.eventNameLength} characters. This event was not counted.`,
      );
      return;
    }
    const kept = data === undefined || data === null ? undefined : copyOf(data);
    if (data && !kept) {
      const limit = `an object of at most ${LIMITS.eventDataLength} characters as JSON`;
      warnOnce(`trackEvent() takes as data ${limit}. The event “${name}” was counted without.`);
    }
    const url = cut(absolute(this.pageUrl) ?? '', LIMITS.pageUrlLength);
    this.#trail.add({ type: 'event', name, ...(kept && { data: kept }), ...(url && { url }) });
  }

  /** By what the inbox says, whoever has a session is followed. */
  #look(): void {
    const { contact, settings } = this.#at().client()?.state ?? {};
    const isFollowed = contact && settings?.behaviour?.trackPages;
    if (isFollowed) this.#watch ??= new PageWatch((url, isAgain) => this.#onPage(url, isAgain));
    else this.#watch?.end();
    if (!isFollowed) this.#watch = undefined;
    this.#trail.look();
  }

  #onPage(url: string, isAgain: boolean): void {
    if (isAgain) this.#last = undefined;
    this.#enter(url);
  }

  #enter(address: string, title = document.title): void {
    const url = cut(address, LIMITS.pageUrlLength);
    if (url === this.#last || !absolute(url)) return;
    const referrer = cut(absolute(this.#last ?? document.referrer) ?? '', LIMITS.pageUrlLength);
    this.#last = url;
    const name = cut(title, LIMITS.pageTitleLength);
    this.#trail.add({ type: 'page', url, ...(name && { title: name }), ...(referrer && { referrer }) });
  }
}

/** An http(s) address; undefined for anything else. */
function absolute(url: unknown): string | undefined {
  if (typeof url !== 'string' || !url || !URL.canParse(url, document.baseURI)) return undefined;
  const { protocol, href } = new URL(url, document.baseURI);
  return /^https?:$/.test(protocol) ? href : undefined;
}

/** As JSON has it; undefined when it is no object, or too large. */
function copyOf(data: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const json = JSON.stringify(data);
    const copy: unknown = JSON.parse(json);
    return isRecord(copy) && json.length <= LIMITS.eventDataLength ? copy : undefined;
  } catch {
    // It goes round in circles, or is none of JSON's.
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isTextOrMissing = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

const cut = (text: string, length: number): string => text.slice(0, length);

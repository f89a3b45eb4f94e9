import { compare, type Matcher } from '../api/rules.ts';
import { LauncherPart, type LauncherPlace } from './launcher-part.ts';
import type { OutreachHost } from './outreach-host.ts';
import { ParametersPart } from './parameters-part.ts';
import { TrailPart, type Page } from './trail-part.ts';
import { TriggersPart, type TriggerCopy } from './triggers-part.ts';

/**
 * All that a page, or the inbox, does with visitors beyond waiting for them. One per widget, loaded when it is first
 * wanted. It only says what there is: each kind of act is a part, in a file of its own.
 */
export class Outreach {
  /** Another one when another tag has taken the place of this one's. */
  #host: OutreachHost;
  readonly #ended = new AbortController();
  readonly #launcher: LauncherPart;
  readonly #trail: TrailPart;
  readonly #parameters: ParametersPart;
  readonly #triggers: TriggersPart;

  constructor(host: OutreachHost) {
    this.#host = host;
    const at = () => this.#host;
    this.#launcher = new LauncherPart(at);
    this.#trail = new TrailPart(at, this.signal);
    this.#parameters = new ParametersPart(at, () => this.pageUrl);
    this.#triggers = new TriggersPart(at, () => this.pageUrl, this.signal);
  }

  /** Aborted when the widget is gone for good, or talks to another server. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** See `ChatWidget.moveLauncher`. */
  moveLauncher(place: LauncherPlace): Promise<void> {
    return this.#launcher.move(place);
  }

  /** Address of the page as triggers and rules know it: what `trackPage` said, until there is another. */
  get pageUrl(): string {
    return this.#trail.pageUrl;
  }

  /** See `ChatWidget.trackPage`. */
  trackPage(page?: Page): void {
    this.#trail.trackPage(page);
  }

  /** See `ChatWidget.trackEvent`. */
  trackEvent(name: string, data?: Readonly<Record<string, unknown>>): void {
    this.#trail.trackEvent(name, data);
  }

  /** See `ChatWidget.enableTriggers`. */
  enableTriggers(ids?: string | readonly string[]): void {
    this.#triggers.enable(ids);
  }

  /** See `ChatWidget.disableTriggers`. */
  disableTriggers(ids?: string | readonly string[]): void {
    this.#triggers.disable(ids);
  }

  /** The triggers of the inbox, as far as it has not switched them off, and whether the page lets them through. */
  listTriggers(): ReturnType<TriggersPart['list']> {
    return this.#triggers.list();
  }

  /** A copy of one of them; undefined when there is none with this id. */
  getTriggerById(id: string): TriggerCopy | undefined {
    return this.#triggers.find(id);
  }

  /** What has been said to the visitor, until a chat has been started. */
  getActiveTrigger(): TriggerCopy | undefined {
    return this.#triggers.active;
  }

  /** Says it now, whatever its conditions are. Without `id`: words of the page's own. Nothing once a chat has been started. */
  setActiveTrigger(trigger: TriggerCopy): void {
    this.#triggers.set(trigger);
  }

  /** See `ChatWidget.compare`. */
  compare(a: unknown, matcher: Matcher, b: unknown): boolean {
    return compare(a, matcher, b);
  }

  /** See `ChatWidget.getParameterValue`. */
  getParameterValue(key: string): unknown {
    return this.#parameters.value(key);
  }

  /** Goes on in the service of another element. */
  moveTo(host: OutreachHost): void {
    this.#host = host;
    this.#triggers.move();
  }

  end(): void {
    this.#ended.abort();
  }
}

import type { Trigger, WidgetSettings } from '../../src/api/protocol.ts';
import { AddressSet } from './address-set.ts';
import type { Bus } from './bus/bus.ts';
import { TrustedDomains } from './origins.ts';
import { notFound } from './refusal.ts';
import { publicSettings, readSettings } from './settings.ts';
import type { InboxSettings } from './settings.ts';
import type { InboxRow } from './store/rows.ts';
import type { Store } from './store/store.ts';
import { topics } from './topics.ts';
import { forWidgets } from './trigger-rules.ts';

/** An inbox with its settings read. */
export interface Inbox {
  readonly row: InboxRow;
  readonly settings: InboxSettings;
  /** `security.trustedDomains`; when there are none, every site is welcome, whatever this says. */
  readonly trusted: TrustedDomains;
  /** `security.blockedIps` */
  readonly blocked: AddressSet;
  /** What widgets get of the settings. */
  readonly widget: WidgetSettings;
  /** Those that are enabled, in the order in which they are tried. */
  readonly triggers: readonly Trigger[];
}

/** A lost bus message must not leave a node with old rules for longer than this. */
const FRESH_MS = 5_000;

export function toInbox(row: InboxRow, triggers: readonly Trigger[] = []): Inbox {
  const settings = readSettings(row.settings);
  const { trustedDomains, blockedIps } = settings.security;
  return {
    row,
    settings,
    trusted: new TrustedDomains(trustedDomains),
    blocked: new AddressSet(blockedIps),
    widget: { ...publicSettings(settings), ...(triggers.length > 0 && { triggers: triggers.map(forWidgets) }) },
    triggers,
  };
}

/** The inboxes, kept in memory: every request of the visitor's door asks for one. */
export class InboxDirectory {
  readonly #store: Store;
  readonly #bus: Bus;
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly inbox: Inbox; readonly readAt: number }>();
  /** Reads under way. Who asks meanwhile waits for the same one: so two messages that need it keep their order. */
  readonly #reading = new Map<string, Promise<Inbox>>();
  readonly #unsubscribe = new Map<string, () => void>();
  readonly #listeners = new Set<(id: string) => void>();
  readonly #stopRereading: () => void;
  /** How many saves were heard of. */
  #saves = 0;

  constructor(store: Store, bus: Bus, now: () => number) {
    this.#store = store;
    this.#bus = bus;
    this.#now = now;
    // Any of them may have been saved meanwhile.
    this.#stopRereading = bus.onGap(() => {
      for (const id of this.#unsubscribe.keys()) this.#onSave(id);
    });
  }

  /** True when `get` has found it lately. */
  isKnown(id: string): boolean {
    return this.#known.has(id);
  }

  /** @throws Refusal `not_found` */
  async get(id: string): Promise<Inbox> {
    const known = this.#known.get(id);
    if (known && this.#now() - known.readAt < FRESH_MS) return known.inbox;
    const underWay = this.#reading.get(id);
    if (underWay) return underWay;
    const reading = this.#read(id, known?.inbox).finally(() => {
      if (this.#reading.get(id) === reading) this.#reading.delete(id);
    });
    this.#reading.set(id, reading);
    return reading;
  }

  async #read(id: string, known: Inbox | undefined): Promise<Inbox> {
    const readAt = this.#now();
    // Subscribed before it is read, and kept only if nothing was saved meanwhile: what is kept is never an old one.
    if (!this.#unsubscribe.has(id)) {
      this.#unsubscribe.set(
        id,
        this.#bus.subscribe(topics.settings(id), () => this.#onSave(id)),
      );
    }
    const saves = this.#saves;
    const [row, triggers] = await Promise.all([
      this.#store.inboxes.find(id),
      this.#store.triggers.list({ inboxId: id, enabled: true }),
    ]);
    if (!row) {
      this.#forget(id);
      throw notFound();
    }
    // Secrets are changed without a new version of the settings.
    const { settingsVersion, updatedAt } = known?.row ?? {};
    const isSame =
      settingsVersion === row.settingsVersion &&
      updatedAt === row.updatedAt &&
      JSON.stringify(known?.triggers) === JSON.stringify(triggers);
    const inbox = known && isSame ? known : toInbox(row, triggers);
    if (saves === this.#saves) this.#known.set(id, { inbox, readAt });
    return inbox;
  }

  /**
   * Tells of inboxes that were saved, on whichever node; `get` answers the new one from then on. Only of those that were
   * asked for before. Returns how to stop.
   */
  onSaved(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Hears nothing more. */
  close(): void {
    this.#stopRereading();
    for (const id of [...this.#unsubscribe.keys()]) this.#forget(id);
  }

  #onSave(id: string): void {
    this.#saves += 1;
    this.#known.delete(id);
    this.#reading.delete(id);
    for (const heard of this.#listeners) heard(id);
  }

  #forget(id: string): void {
    this.#known.delete(id);
    this.#unsubscribe.get(id)?.();
    this.#unsubscribe.delete(id);
  }
}

/** Messages that the server has not echoed: kept on this device before they are sent, sent in order, again after a loss. */
import type { PendingMessage } from './chat-state.ts';
import type { Clock } from './clock.ts';
import { KeptMessages, type KeptMessagesOptions } from './kept-messages.ts';
import { LIMITS, type SendFrame } from './protocol.ts';
import { exclusive, TabChannel } from './tabs.ts';
import { uuidsAfter } from './uuid.ts';

/** A frame or its echo may get lost while the socket lives: after so long without any echo, send again (the same clientId is stored once). */
const ECHO_MS = 10_000;
/** What another tab has kept is its own to send for so long, ms; then it is dead, frozen or without a connection. */
export const OTHERS_MS = 30_000;
/** How long one tab waits for another to flush what an earlier page left, ms. */
const FLUSH_TURN_MS = 30_000;

/** How an `Outbox` is made. */
export interface OutboxOptions extends KeptMessagesOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Sends if there is a connection; false: nothing was sent. */
  readonly transmit: (frame: SendFrame) => boolean;
  /** Takes a new socket if there is none because the page is hidden, or because it waits for its next attempt. */
  readonly wake: () => void;
  /** An earlier page, or another tab, left this message. */
  readonly onFound: (message: PendingMessage) => void;
  /** A message that was found is no longer kept: another tab saw it stored. */
  readonly onGone: (message: PendingMessage) => void;
}

interface Item {
  readonly message: PendingMessage;
  /** On disk, as far as there is one. */
  saved: boolean;
  /** On its way; its echo has not come. */
  sent: boolean;
  /** An earlier page's: `found` is only shown until it is this tab's turn to send it, then it is `taken`. */
  left?: 'found' | 'taken';
}

/** The unsent messages of one person on one device, first in, first out. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #kept: KeptMessages;
  #items: Item[] = [];
  /** Stored by the server, but what was read of the disk meanwhile may still have them. */
  readonly #leaving = new Set<string>();
  /** One turn of `#flushInTurn` after the other. */
  #turns: Promise<unknown> = Promise.resolve();
  #endTurn = () => {};
  #cancelEcho?: () => void;
  #cancelLook?: () => void;
  /** How the wait of each conversation ends whose next message the server refused for now. */
  readonly #held = new Map<string, () => void>();
  /** There is a connection. */
  #live = false;
  readonly #tabs: TabChannel<string>;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#kept = new KeptMessages(options);
    this.#tabs = new TabChannel(`${options.scope} unsent`, () => {
      this.#lookLater();
      // Who is live hears of it from the server.
      if (!this.#live) void this.#load();
    });
    const end = () => {
      this.#reset();
      this.#cancelLook?.();
      this.#tabs.close();
    };
    options.signal.addEventListener('abort', end, { once: true });
  }

  /** It is not stored yet, as far as is known. */
  has(clientId: string): boolean {
    return this.#items.some(({ message }) => message.clientId === clientId);
  }

  /** Resolves when what was added until now is on the disk, as far as there is one. */
  get settled(): Promise<unknown> {
    return this.#kept.settled;
  }

  /** Nothing waits to be sent. */
  get empty(): boolean {
    return !this.#items.some(isPending);
  }

  /**
   * From now on this person's messages are kept and sent. With `adopt`, what is unsent moves over: the same person under
   * another name. Without, it stays with the one who wrote it, out of sight. Then reads what an earlier page left.
   */
  async setOwner(owner: string, adopt: boolean): Promise<void> {
    if (owner !== this.#kept.owner) {
      if (!adopt) this.#reset();
      await this.#kept.setOwner(owner, adopt);
    }
    await this.#load();
    if (this.#live) this.#flush();
  }

  /** Keeps the message, then sends it when its turn comes. */
  async add(message: PendingMessage): Promise<void> {
    const item: Item = { message, saved: false, sent: false };
    this.#remove(message.clientId);
    this.#items.push(item);
    await this.#kept.keep(message);
    this.#tellTabs(message.clientId);
    item.saved = true;
    this.#pump();
  }

  /** It was stored by the server, or is not wanted any more. */
  settle(clientId: string): void {
    if (!this.has(clientId)) return;
    this.#remove(clientId);
    this.#leaving.add(clientId);
    void this.#kept.forget(clientId).then(() => {
      this.#leaving.delete(clientId);
      this.#tellTabs(clientId);
      return this.#review();
    });
    this.#stopWaiting();
    this.#pump();
  }

  /** The server refused it for good: it stays kept as failed until a person decides. */
  fail(message: PendingMessage): void {
    this.#remove(message.clientId);
    this.#items.push({ message, saved: true, sent: false });
    void this.#kept.keep(message);
    this.#pump();
  }

  /** The server refused it for now: what follows in its conversation waits with it, the others go on. */
  postpone(clientId: string, ms: number): void {
    const item = this.#items.find(({ message }) => message.clientId === clientId);
    if (!item) return;
    const { conversationId } = item.message;
    item.sent = false;
    this.#held.get(conversationId)?.();
    const end = () => {
      this.#held.delete(conversationId);
      this.#pump();
    };
    this.#held.set(conversationId, this.#options.clock.after(ms, end));
  }

  /** There is a new connection: everything unsettled goes out, oldest first. */
  resume(): void {
    this.#endWaits();
    this.#live = true;
    this.#sendAgain();
    this.#flush();
  }

  /** The connection is gone: let another tab try. */
  pause(): void {
    this.#live = false;
    for (const item of this.#items) if (item.left) item.left = 'found';
    this.#stopWaiting();
    this.#endTurn();
  }

  /** Forgets what anybody left unsent on this device. */
  async clear(): Promise<void> {
    this.#reset();
    await this.#kept.clear();
    await this.#review();
  }

  #remove(clientId: string): void {
    this.#items = this.#items.filter(({ message }) => message.clientId !== clientId);
    if (!this.#items.some(({ left }) => left === 'taken')) this.#endTurn();
  }

  #reset(): void {
    this.pause();
    this.#endWaits();
    this.#items = [];
  }

  #tellTabs(clientId: string): void {
    if (this.#options.storage.shared) this.#tabs.post(clientId);
  }

  async #review(): Promise<void> {
    if (!this.#items.length) await this.#options.hint?.review();
  }

  /** Shows what an earlier page, or another tab, left, and no more what it has sent. False: somebody else owns this now. */
  async #load(): Promise<boolean> {
    const { owner } = this.#kept;
    const kept = await this.#kept.list();
    // Somebody else may own this outbox by now: nothing of it is theirs.
    if (owner !== this.#kept.owner || this.#options.signal.aborted) return false;
    for (const message of kept) {
      uuidsAfter(message.clientId);
      if (this.has(message.clientId) || this.#leaving.has(message.clientId)) continue;
      this.#items.push({ message, saved: true, sent: false, left: 'found' });
      this.#options.onFound(message);
    }
    this.#items.sort((a, b) => (a.message.clientId < b.message.clientId ? -1 : 1));
    const ids = new Set(kept.map(({ clientId }) => clientId));
    for (const { left, message } of this.#items) {
      // What is in memory only, no other tab can have sent.
      if (left !== 'found' || ids.has(message.clientId) || !this.#options.storage.shared) continue;
      this.#remove(message.clientId);
      this.#options.onGone(message);
    }
    return true;
  }

  #pump(): void {
    // A new connection begins with what the one before has not brought home: nothing goes out ahead of `resume`.
    if (!this.#live) return;
    let inFlight = 0;
    const blocked = new Set(this.#held.keys());
    for (const item of this.#items) {
      if (!isPending(item)) continue;
      const { conversationId } = item.message;
      // What was written later in its conversation waits until it is this tab's to send, or gone.
      if (item.left === 'found') blocked.add(conversationId);
      if (!item.sent && blocked.has(conversationId)) continue;
      if (!item.saved || inFlight === LIMITS.inFlight) break;
      item.sent ||= this.#options.transmit(frameOf(item.message));
      if (!item.sent) break;
      inFlight++;
    }
    if (inFlight === 0) return;
    this.#cancelEcho ??= this.#options.clock.after(ECHO_MS, () => {
      this.#cancelEcho = undefined;
      this.#sendAgain();
    });
  }

  #sendAgain(): void {
    for (const item of this.#items) item.sent = false;
    this.#pump();
  }

  #endWaits(): void {
    for (const cancel of this.#held.values()) cancel();
    this.#held.clear();
  }

  #stopWaiting(): void {
    this.#cancelEcho?.();
    this.#cancelEcho = undefined;
  }

  /** Another tab has kept a message. Should that tab not get it away, this one does, also if it has let its socket go. */
  #lookLater(): void {
    this.#cancelLook ??= this.#options.clock.after(OTHERS_MS, () => {
      this.#cancelLook = undefined;
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    if (this.#live) this.#flush();
    else if ((await this.#load()) && !this.empty) this.#options.wake();
  }

  /** Sends what earlier pages left. One tab at a time, so that they are sent once; the server would know them anyway. */
  #flush(): void {
    const { storage, scope } = this.#options;
    const turn = () => {
      const work = () => this.#flushInTurn();
      return storage.shared ? exclusive(`${scope} flush ${this.#kept.owner}`, FLUSH_TURN_MS, work) : work();
    };
    this.#turns = this.#turns.then(turn, turn);
  }

  async #flushInTurn(): Promise<void> {
    if (!(await this.#load()) || !this.#live) return;
    for (const item of this.#items) if (item.left && isPending(item)) item.left = 'taken';
    this.#pump();
    if (!this.#items.some(({ left }) => left === 'taken')) return;
    await new Promise<void>((resolve) => (this.#endTurn = resolve));
    // The next tab must not find what this one has just sent.
    await this.#kept.settled;
  }
}

const isPending = ({ message }: Item): boolean => message.status === 'pending';

function frameOf({ at: _at, status: _status, error: _error, until: _until, ...message }: PendingMessage): SendFrame {
  const { attachments, pageUrl } = message;
  return {
    type: 'send',
    ...message,
    attachments: attachments?.map(({ id }) => id),
    // There are pages whose address would fill a frame, and what is too large closes the socket for good.
    pageUrl: pageUrl?.slice(0, LIMITS.pageUrlLength),
  };
}

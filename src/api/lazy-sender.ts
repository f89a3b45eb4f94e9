/** A message's way out, whose code comes with the first message, or with what is unsent: whoever only reads needs none. */
import { ChatError } from './chat-error.ts';
import { applyPending, type PendingMessage } from './chat-state.ts';
import { spread } from './clock.ts';
import type { MessageSender, MessageSenderOptions, Waiting } from './message-sender.ts';
import { LIMITS, type ErrorFrame, type MessageEntry, type NoteEntry } from './protocol.ts';
import { TabChannel } from './tabs.ts';
import { uuid } from './uuid.ts';

/** When its code could not be loaded, it is tried again after about so long, ms. */
const AGAIN_MS = 5_000;

/** What a message is besides its text. */
export type MessageOptions = Omit<PendingMessage, 'conversationId' | 'clientId' | 'text' | 'at' | 'status'>;

interface Written {
  readonly message: PendingMessage;
  readonly waiting: Waiting;
  /** Resolves when it waits here no more. */
  readonly gone: Promise<void>;
  readonly go: () => void;
}

/** As a `MessageSender`; what is written before its code is there waits in memory. */
export class LazySender {
  readonly #options: MessageSenderOptions;
  readonly #tabs: TabChannel<string>;
  #sender?: MessageSender;
  #loading?: Promise<void>;
  /** Written before its code was there. */
  readonly #written = new Map<string, Written>();
  /** As told by `setOwner`, `resume` and `pause`, for the code to come. */
  #owner = '';
  #adopts = true;
  #live = false;
  #cancel = () => {};

  constructor(options: MessageSenderOptions) {
    this.#options = options;
    // What another tab has kept is shown here, and sent should that tab not get it away.
    this.#tabs = new TabChannel(`${options.scope} unsent`, () => void this.load());
    options.signal.addEventListener('abort', () => this.#end(), { once: true });
  }

  /** Nothing waits to be sent. */
  get empty(): boolean {
    return !this.#written.size && (this.#sender?.outbox.empty ?? true);
  }

  /** Resolves when what was written until now is on the disk, as far as there is one. */
  async settled(): Promise<unknown> {
    await Promise.all([...this.#written.values()].map(({ gone }) => gone));
    return this.#sender?.outbox.settled;
  }

  /** It is not stored yet, as far as is known. */
  has(clientId: string): boolean {
    return this.#written.has(clientId) || this.#sender?.outbox.has(clientId) === true;
  }

  /** See `ThreadClient.send`. */
  send(conversationId: string, text: string, options: MessageOptions): Promise<MessageEntry | NoteEntry> {
    const { signal, clock, state } = this.#options;
    const refuse = (...why: ConstructorParameters<typeof ChatError>) => Promise.reject(new ChatError(...why));
    if (signal.aborted) return refuse('closed', 'The client was closed.');
    if (text.trim() === '' && !options.attachments?.length && !options.answer)
      return refuse('bad_request', 'The message is empty.');
    if (text.length > LIMITS.textLength)
      return refuse('too_long', `A message has at most ${LIMITS.textLength} characters.`);
    const clientId = uuid();
    const message = { ...options, conversationId, text, clientId, at: clock.now(), status: 'pending' } as const;
    const outcome = new Promise<MessageEntry | NoteEntry>((resolve, reject) => {
      let go = () => {};
      const gone = new Promise<void>((done) => (go = done));
      this.#written.set(clientId, { message, waiting: { resolve, reject }, gone, go });
    });
    // Whoever does not wait for the outcome sees it in the state.
    outcome.catch(() => {});
    state.update(applyPending, message);
    if (this.#sender) this.#handOver(this.#sender);
    else void this.load();
    return outcome;
  }

  retry(clientId: string): void {
    this.#do((sender) => sender.retry(clientId));
  }

  discard(clientId: string): void {
    this.#do((sender) => sender.discard(clientId));
  }

  stored(entry: MessageEntry | NoteEntry): void {
    this.#sender?.stored(entry);
  }

  refused(frame: Omit<ErrorFrame, 'type'>): void {
    this.#sender?.refused(frame);
  }

  /** The server will not have this person here. */
  refusedAll(error: ChatError): void {
    this.#do((sender) => sender.refusedAll(error));
  }

  /** What is unsent begins its conversation anew. */
  startAnew(): void {
    this.#do((sender) => sender.startAnew());
  }

  /** Nobody will hear what becomes of these. */
  rejectAll(): void {
    this.#empty(({ waiting }) => waiting.reject(new ChatError('closed', 'The session ended.')));
    this.#sender?.rejectAll();
  }

  /** See `Outbox.setOwner`. Its code comes when this device keeps something unsent. */
  async setOwner(owner: string, adopt: boolean): Promise<void> {
    const { storage, scope } = this.#options;
    if (!this.#sender && (await storage.list(`${scope} unsent `)).length) await this.load();
    if (this.#sender) return this.#sender.outbox.setOwner(owner, adopt);
    this.#owner = owner;
    this.#adopts &&= adopt;
  }

  resume(): void {
    this.#live = true;
    this.#sender?.outbox.resume();
  }

  pause(): void {
    this.#live = false;
    this.#sender?.outbox.pause();
  }

  /** Forgets what anybody left unsent on this device. */
  async clear(): Promise<void> {
    const { storage, scope, hint } = this.#options;
    if (this.#sender) return this.#sender.outbox.clear();
    await storage.deleteAll(`${scope} unsent `);
    await hint?.review();
  }

  /** Somebody is about to write. Resolves when the code is there, or when it could not be had for now. */
  load(): Promise<void> {
    this.#cancel();
    return (this.#loading ??= import('./message-sender.ts').then(
      ({ MessageSender }) => this.#begin(MessageSender),
      () => {
        this.#loading = undefined;
        if (!this.#written.size) return;
        const error = { code: 'unavailable', message: 'The chat could not be loaded.' } as const;
        for (const { message } of this.#written.values())
          this.#options.state.update(applyPending, { ...message, error });
        this.#cancel = this.#options.clock.after(spread(AGAIN_MS), () => void this.load());
      },
    ));
  }

  #begin(Sender: typeof MessageSender): void {
    if (this.#options.signal.aborted) return;
    // From here on it has a line of its own.
    this.#tabs.close();
    const sender = new Sender(this.#options);
    this.#sender = sender;
    void sender.outbox.setOwner(this.#owner, this.#adopts);
    if (this.#live) sender.outbox.resume();
    this.#handOver(sender);
  }

  /** Where nothing is unsent, there is nothing to do. */
  #do(work: (sender: MessageSender) => void): void {
    if (this.#sender) work(this.#sender);
    else if (this.#written.size) void this.load().then(() => this.#sender && work(this.#sender));
  }

  #handOver(sender: MessageSender): void {
    this.#empty(({ message, waiting }) => sender.take(message, waiting));
  }

  #empty(take: (written: Written) => void): void {
    for (const written of this.#written.values()) {
      take(written);
      written.go();
    }
    this.#written.clear();
  }

  #end(): void {
    this.rejectAll();
    this.#cancel();
    this.#tabs.close();
  }
}

import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, render, type PropertyValues } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import type { ChatError } from '../api/chat-error.ts';
import { emptyThread, type Side } from '../api/chat-state.ts';
import type { Author, Entry, MessageEntry } from '../api/protocol.ts';
import type { ThreadClient } from '../api/thread-client.ts';
import { stringsContext } from '../context/strings-context.ts';
import { ClientController } from '../controllers/client-controller.ts';
import { StickToEndController } from '../controllers/stick-to-end-controller.ts';
import { formatDay } from '../text/format-time.ts';
import { fill } from '../text/phrase.ts';
import { english } from '../text/thread-strings.ts';
import { defaultWords } from '../text/words.ts';
import { threadStyles } from './cw-thread.styles.ts';
import { dress } from './dress.ts';
import { faceStyles } from './face.ts';
import { eventView, messageGroup, partsOf, type GroupOptions } from './message-group.ts';
import { drawRows, isOther } from './keyed-rows.ts';
import { onDemand } from './on-demand.ts';
import { messageStyles } from './message-group.styles.ts';
import { threadDays, type Aside, type Day, type GroupRow, type Row } from './thread-days.ts';
import { ThreadNews } from './thread-news.ts';
import type * as Later from './thread-later.ts';
import type { ThreadStage } from './thread-stage.ts';
import { failureView, skeletonView } from './thread-states.ts';
import { shared } from './tokens.styles.ts';

/** A page is fetched when less than this is left to scroll, in px. */
const AHEAD_PX = 400;

/** What a thread needs once it stands there. */
const threadLater = onDemand(() => import('./thread-later.ts'));

/**
 * The messages of one conversation: a bounded window that grows upwards, sticks to the end only when one is there, and
 * says aloud only what others write from now on. Talks to the client of `clientContext`, opens the conversation itself,
 * and marks it as read while a person sees its end.
 *
 * @slot empty - Shown when there is no message yet.
 * @slot start - Stands above the first message, and scrolls with it.
 * @internal
 */
export class CwThread extends LitElement {
  static override styles = [shared, faceStyles, messageStyles, threadStyles];

  /** Which conversation; a fresh id of `startConversation()` is an empty one. */
  @property({ attribute: 'conversation-id' }) conversationId = '';
  /** Whose messages stand at the end side: the visitor's, or the agents'. */
  @property() side: Side = 'contact';
  /** Whom one talks with, for the name of the log. */
  @property() name = '';
  /** A person can see it now: what is new is read. */
  @property({ type: Boolean }) active = false;

  /** Agents: what else was meanwhile, oldest first. */
  @property({ attribute: false }) asides: readonly Aside[] = [];

  @state() private failure: ChatError | undefined;
  @state() private olderFailed = false;
  /** What did not work with one of the messages. */
  @state() private trouble: ThreadStage['trouble'];

  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });
  readonly #thread = new ClientController(this, (state) => state.threads[this.conversationId]);
  readonly #conversation = new ClientController(this, (state) =>
    state.conversations.find(({ id }) => id === this.conversationId),
  );
  readonly #connection = new ClientController(this, (state) => state.connection);
  readonly #reader = new ClientController(this, (state) => (this.side === 'agent' ? state.agent : state.contact));
  readonly #stick = new StickToEndController(this, () => this.#scroller);
  #listeners: AbortController | undefined;
  /** What was asked to open, so that another conversation or another client is noticed. */
  #opened: { readonly client: ThreadClient; readonly id: string } | undefined;
  #wasOpen = false;
  #news = new ThreadNews();
  #announced = '';
  #pendingCount = 0;
  #focused?: Element | null;
  #hadNewer = false;
  /** What was read when the thread was opened with something unread: what came after it is marked as new. */
  #readSeq: number | undefined;
  /** Ends what was begun with a message: its menu, a reply, an edit. */
  #leave = () => {};
  #days: { of: readonly unknown[]; days: readonly Day[]; lastOwn?: Row } = { of: [], days: [] };

  get #scroller(): HTMLElement | null {
    return this.renderRoot?.querySelector('.scroller');
  }

  get #language() {
    return this.#words.value ?? defaultWords;
  }

  /** The words of its own. */
  get #own() {
    return this.#language.of('thread', english);
  }

  get #current() {
    return this.#thread.value ?? emptyThread;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listeners = new AbortController();
    document.addEventListener('visibilitychange', () => this.#markRead(), { signal: this.#listeners.signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listeners?.abort();
    this.#leave();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement;
    const { client } = this.#thread;
    if (client && this.conversationId && (this.#opened?.client !== client || this.#opened.id !== this.conversationId)) {
      this.#opened = { client, id: this.conversationId };
      this.#news = new ThreadNews();
      this.#announced = '';
      this.#pendingCount = this.#current.pending.length;
      this.olderFailed = false;
      this.trouble = undefined;
      this.#readSeq = undefined;
      this.#leave();
      this.#stick.toEnd();
      this.#open();
      if (client.drafts?.get(`task ${this.conversationId}`)) void this.#resume(this.#opened);
    }
    // What comes while nobody looks is new to who comes back.
    if ((changed.has('active') && this.active) || document.visibilityState === 'hidden') this.#readSeq = undefined;
    const conversation = this.#conversation.value;
    this.#readSeq ??= conversation && (conversation.unread ? conversation[`${this.side}ReadSeq`] : Infinity);
    const isOpen = this.#connection.value === 'open';
    if (this.failure && isOpen && !this.#wasOpen) this.#open();
    this.#wasOpen = isOpen;

    const { entries, pending, hasNewer } = this.#current;
    // The window went to where somebody wants to be: its end is not the end.
    if (hasNewer && !this.#hadNewer) this.#stick.onScroll(false);
    this.#hadNewer = hasNewer;
    // Who has just said something wants to see it.
    if (pending.length > this.#pendingCount) {
      this.#stick.toEnd();
      this.#readSeq = Infinity;
      if (hasNewer) this.#open();
    }
    this.#pendingCount = pending.length;
    this.#announce(entries);
    if (this.#stick.atEnd && !hasNewer) this.#news.see(entries);
  }

  protected override updated(): void {
    // A button that went with what it was for.
    if (this.#focused?.isConnected === false) this.#scroller?.focus({ preventScroll: true });
    this.#markRead();
    this.#loadAround();
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    const stage = this.#stage();
    drawRows(this.renderRoot.querySelector('.days')!, this.#daysOf(), (day, place) => this.#drawDay(day, place, stage));
  }

  protected override render() {
    const { entries, pending, loading, typing } = this.#current;
    const blank = entries.length + pending.length === 0;
    const words = this.#own;
    return html`
      <div
        class="scroller"
        part="log"
        role="log"
        aria-live="off"
        aria-busy=${loading ? 'true' : 'false'}
        aria-label=${this.name ? fill(words.messagesWith, { name: this.name }) : words.messages}
        tabindex="0"
        @scroll=${this.#onScroll}
        @pointerdown=${(event: PointerEvent) => this.#later()?.onPress(event)}
        @keydown=${(event: KeyboardEvent) => this.#soon(({ walkMessages }) => walkMessages(event, this.#scroller!))}
      >
        <div class="content">
          ${blank ? this.#renderBlank() : this.#renderOlder()}
          <slot name="start"></slot>
          <div class="days"></div>
          ${typing.length ? this.#later()?.typingView(typing, this.#language) : nothing}
        </div>
      </div>
      ${this.#renderNewest()}
      <div class="unseen" role="status">${this.#announced}</div>
    `;
  }

  #renderBlank() {
    const { strings } = this.#language;
    if (this.failure) return failureView(this.#own.threadFailed, strings, () => this.#open());
    if (!this.#thread.value || this.#current.loading) return skeletonView(strings);
    return html`<slot name="empty"><p class="empty">${this.#own.emptyThread}</p></slot>`;
  }

  #renderOlder() {
    const { strings } = this.#language;
    if (this.olderFailed) return failureView(this.#own.olderFailed, strings, () => this.#loadOlder());
    return this.#current.hasOlder ? html`<p class="older">${strings.loading}</p>` : nothing;
  }

  #drawDay({ at, rows }: Day, day: HTMLElement, stage: ThreadStage): void {
    render(
      html`<h3 class="date"><span part="date">${formatDay(at, stage.lang)}</span></h3>
        <div></div>`,
      day,
    );
    drawRows(day.lastElementChild!, rows, (row, place) => {
      if (row.type !== 'group') return render(row.type === 'event' ? eventView(row, stage) : row.view, place);
      const options = this.#optionsOf(row, stage);
      if (isOther(place, partsOf(row, options))) render(messageGroup(row, options), place);
    });
  }

  #renderNewest() {
    if (this.#stick.atEnd && !this.#current.hasNewer) return nothing;
    const count = this.#news.unseen(this.#current.entries, this.side);
    return this.#later()?.newestView(count, this.#language, () => this.#toNewest());
  }

  /** Rows are made anew only when messages are: typing and read marks come far more often. */
  #daysOf(): readonly Day[] {
    const { entries, pending, hasNewer } = this.#current;
    const of = [entries, pending, this.side, this.#reader.value?.id, this.#readSeq, this.asides];
    if (of.some((part, i) => part !== this.#days.of[i])) {
      const me: Author = { kind: this.side, id: this.#reader.value?.id ?? '', name: this.#reader.value?.name ?? null };
      const days = threadDays(entries, pending, this.side, me, this.#readSeq, hasNewer ? [] : this.asides);
      const rows = days.flatMap((day) => day.rows);
      this.#days = { of, days, lastOwn: rows.findLast((row) => row.type === 'group' && row.own) };
    }
    return this.#days.days;
  }

  #optionsOf(row: GroupRow, stage: ThreadStage): GroupOptions {
    const bubble = row === this.#days.lastOwn ? row.bubbles.at(-1) : undefined;
    const conversation = this.#conversation.value;
    const readSeq = (this.side === 'agent' ? conversation?.contactReadSeq : conversation?.agentReadSeq) ?? 0;
    const stored = (bubble?.seq ?? Infinity) <= readSeq ? 'seen' : 'sent';
    return {
      // A visitor is one person on all devices, whatever ids they had; an agent's colleagues write on the same side.
      readerId: this.side === 'contact' && row.own ? row.author.id : (this.#reader.value?.id ?? ''),
      freshAfter: this.#news.openSeq,
      wait: bubble?.status === 'pending' ? this.#later()?.waitOf(this.#current.pending, stage) : undefined,
      iconStatus: stage.client.state.settings?.appearance.textStatuses === false,
      status: !bubble || bubble.status === 'failed' ? undefined : bubble.status === 'pending' ? 'sending' : stored,
      stage,
    };
  }

  /** What the parts that show single messages work with; made anew for each rendering. */
  #stage(): ThreadStage {
    const { client } = this.#thread;
    return {
      ...this.#language,
      client: client!,
      ...{ conversationId: this.conversationId, thread: this.#current, side: this.side, trouble: this.trouble },
      readerId: this.side === 'contact' ? 'contact' : (this.#reader.value?.id ?? ''),
      root: this.renderRoot as ShadowRoot,
      find: (id) =>
        this.#current.entries.find((entry): entry is MessageEntry => entry.type === 'message' && entry.id === id),
      later: this.#later,
      redraw: this.#redraw,
      act: (message) => void this.#act(message),
      tell: (sentence) => {
        this.#announced = sentence;
        this.requestUpdate();
      },
      complain: (of, sentence) => (this.trouble = sentence ? { of, sentence } : undefined),
    };
  }

  readonly #redraw = () => this.requestUpdate();

  /** With its style, as soon as it is there; its coming draws the thread anew. */
  readonly #later = (onLoad = this.#redraw) => {
    const later = threadLater(onLoad);
    if (later && this.renderRoot) dress(this.renderRoot as ShadowRoot, later.styles);
    return later;
  };

  /** Now, or as soon as its code is there. */
  #soon(act: (later: typeof Later) => void): void {
    const later = this.#later(() => this.#soon(act));
    if (later) act(later);
  }

  async #act(message: MessageEntry): Promise<void> {
    try {
      const { openMenu } = await import('./message-actions.ts');
      if (this.isConnected) this.#leave = openMenu(message, this.#stage());
    } catch {
      // Its code could not be loaded; another click tries again.
      this.trouble = { of: message.id, sentence: this.#language.strings.reconnecting };
    }
  }

  /** What was begun with a message before the conversation was left goes on; without its code it waits. */
  async #resume(opened: unknown): Promise<void> {
    const actions = await import('./message-actions.ts').catch(() => undefined);
    if (opened === this.#opened && this.isConnected) this.#leave = actions?.resume(this.#stage()) ?? this.#leave;
  }

  #open(): void {
    const opened = this.#opened;
    if (!opened) return;
    this.failure = undefined;
    opened.client.open(opened.id).then(
      () => {
        if (opened === this.#opened) this.#news.open(this.#current.entries);
        setTimeout(this.#later);
      },
      (error: ChatError) => {
        if (opened === this.#opened) this.failure = error;
      },
    );
  }

  /** Others' new messages go into a live region of their own; the log itself stays silent about history and echoes. */
  #announce(entries: readonly Entry[]): void {
    const said = this.#news.hear(entries, this.side);
    if (!said.length) return;
    this.#soon(({ sentencesOf }) => {
      this.#announced = sentencesOf(said, this.#language);
      this.requestUpdate();
    });
  }

  #markRead(): void {
    const { entries, hasNewer } = this.#current;
    const isSeen = this.active && this.#stick.atEnd && !hasNewer && document.visibilityState === 'visible';
    if (isSeen && entries.length) this.#thread.client?.markRead(this.conversationId);
  }

  #loadAround(): void {
    const scroller = this.#scroller;
    const { hasOlder, hasNewer, loading } = this.#current;
    // Without a height nothing is on screen, and everything would seem near.
    if (!scroller?.clientHeight || loading) return;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (hasOlder && scroller.scrollTop < AHEAD_PX && !this.olderFailed) this.#loadOlder();
    else if (hasNewer && below < AHEAD_PX) this.#thread.client?.loadNewer(this.conversationId).catch(() => undefined);
  }

  #loadOlder(): void {
    this.olderFailed = false;
    this.#thread.client?.loadOlder(this.conversationId).catch(() => (this.olderFailed = true));
  }

  #toNewest(): void {
    this.#stick.toEnd();
    if (this.#current.hasNewer) this.#open();
    this.requestUpdate();
  }

  #onScroll(): void {
    this.toggleAttribute('scrolled', this.#scroller!.scrollTop > 0);
    this.#stick.onScroll(!this.#current.hasNewer);
    this.#loadAround();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-thread': CwThread;
  }
}

if (!customElements.get('cw-thread')) customElements.define('cw-thread', CwThread);

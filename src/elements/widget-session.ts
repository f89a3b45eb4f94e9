import { ChatClient, type ChatClientOptions, type Identity } from '../api/chat-client.ts';
import { ChatError, isDisbelief } from '../api/chat-error.ts';
import type { ChatState } from '../api/chat-state.ts';
import { isNamed } from '../api/identity.ts';
import type { Contact, MessageEntry, WidgetSettings } from '../api/protocol.ts';
import { inboxStyle } from '../inbox-style.ts';
import {
  ChatIdentifyEvent,
  ChatMessageEvent,
  ChatOnlineChangeEvent,
  ChatStartEvent,
  UnreadChangeEvent,
} from './chat-widget-events.ts';
import { findHeir, FocusWatch } from './heir.ts';
import { isKnown } from './is-known.ts';
import type { AlertedWidget, MessageAlerts } from './message-alerts.ts';
import { tell, toldAlready } from './tell.ts';
import { clientOptionsOf, identityOf } from './session-options.ts';
import { isKept, type WidgetAttributes } from './widget-options.ts';

/** How long a click waits for a server that does not answer, ms. */
const PATIENCE_MS = 3_000;

/** What a session does its service for. */
export interface SessionPlace {
  readonly element: AlertedWidget &
    WidgetAttributes & { readonly updateComplete: Promise<unknown>; outreach(): Promise<unknown> };
  /** Beyond what the page says on the tag. */
  readonly options: () => Promise<Partial<ChatClientOptions>>;
  readonly onChange: () => void;
}

/**
 * A `ChatClient` in the service of one `<chat-widget>`: turns what happens into the element's public events, and
 * paints the inbox's colour. Loaded when somebody, or a kept session, needs it.
 */
export class WidgetSession {
  readonly client: ChatClient;
  /** Resolves when the visitor is known; never rejects. */
  readonly booted: Promise<void>;

  #element: SessionPlace['element'];
  #changed: () => void;
  #settingsFor: ChatClientOptions['settingsFor'];
  /** Ends what belongs to the element. */
  #leaving = new AbortController();
  #focus: FocusWatch;
  readonly #brand = new CSSStyleSheet();
  readonly #stops: (() => void)[];
  readonly #closing = new AbortController();
  #identity: Identity | undefined;
  #persist: ChatClientOptions['persist'];
  /** Why the identity that it began with was not believed, until somebody was told. */
  #bootError: ChatError | undefined;
  #alerts: Promise<MessageAlerts> | undefined;
  #appearance: WidgetSettings['appearance'] | undefined;
  #unread = '0 0';
  #followed = false;
  #online: boolean | undefined;

  /** `changed` is called after each transition of the client's state. */
  constructor(element: SessionPlace['element'], given: Partial<ChatClientOptions>, changed: () => void) {
    const options = { ...clientOptionsOf(element), ...given };
    const identity = identityOf(element);
    this.#element = element;
    this.#changed = changed;
    this.#identity = identity;
    this.#persist = options.persist;
    this.#settingsFor = options.settingsFor;
    this.client = new ChatClient({ ...options, settingsFor: (settings) => this.#settingsFor?.(settings) ?? settings });
    this.#stops = [
      this.client.subscribe(() => this.#onState()),
      this.client.on('message', (detail) => {
        this.#element.dispatchEvent(new ChatMessageEvent('chat-message', detail));
        if (!detail.own) this.#alert(detail.message);
      }),
      this.client.on('identified', (detail) =>
        this.#element.dispatchEvent(new ChatIdentifyEvent('chat-identify', detail)),
      ),
      this.client.on('started', (detail) => this.#element.dispatchEvent(new ChatStartEvent('chat-start', detail))),
      this.client.on('error', (error) => {
        const { state } = this.client;
        if (!state.booted && isDisbelief(error)) this.#bootError ??= error;
        tell(this.#element, error);
        import('./site-advice.ts').then(({ advise }) => advise(error, state, options.server), toldAlready);
      }),
    ];
    this.#focus = this.#enter();
    // What is kept is from the time before the page wanted nothing kept.
    if (options.persist === 'none' && isKept(options)) void this.client.setPersist('none');
    this.booted = this.client.boot(identity);
  }

  /**
   * Resolves when it is known whether the inbox talks with a visitor who has no session, or when that cannot be told.
   * Rejects with ChatError, `closed`.
   */
  async admission(): Promise<void> {
    const isForAll = ({ settings }: ChatState) => settings !== null && !settings.identity?.verifiedOnly;
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    await Promise.race([this.#until(isForAll), this.booted, patience]);
  }

  /**
   * Becomes who the page says now, or nobody; does nothing when that is who it said before. `insists`: somebody waits for
   * the outcome, so what failed before is tried again. Rejects with ChatError.
   */
  async become(insists: boolean): Promise<Contact | null> {
    const identity = identityOf(this.#element);
    await this.booted;
    const before = this.#identity;
    const same = JSON.stringify(before) === JSON.stringify(identity);
    const failed = same ? this.#bootError : undefined;
    this.#identity = identity;
    this.#bootError = undefined;
    if (insists && failed) throw failed;
    if (before && isNamed(before) && !(identity && isNamed(identity))) await this.client.logout();
    if (identity && (!same || insists)) return this.client.identify(identity);
    return this.client.state.contact;
  }

  /** Takes over what can change while the client lives on. */
  adapt(attributes: WidgetAttributes): void {
    const { persist = 'all', tokenProvider } = clientOptionsOf(attributes);
    this.client.tokenProvider = tokenProvider;
    if (persist !== this.#persist) void this.client.setPersist(persist);
    this.#persist = persist;
  }

  /** Ends the session here and on the server. Rejects with ChatError. */
  async logout(): Promise<void> {
    await this.booted;
    this.#identity = undefined;
    await this.client.logout();
  }

  /** The id of one of this visitor's conversations, from its id or its number. Rejects with ChatError, `not_found` for a foreign one. */
  async findConversation(idOrNumber: string | number): Promise<string> {
    await this.booted;
    return (await this.client.loadConversation(String(idOrNumber))).id;
  }

  /** Sends into a conversation; without one into the newest that is open, else into a new one. Rejects with ChatError. */
  async send(text: string, conversationId?: string): Promise<MessageEntry> {
    await this.booted;
    await this.#until(isKnown);
    const { conversations, threads } = this.client.state;
    const open = conversations.find(({ state }) => state === 'open');
    // Its first message is on its way: another one that is said meanwhile begins no second.
    const begun = Object.keys(threads).find((id) =>
      threads[id].pending.some(({ start, status }) => start && status === 'pending'),
    );
    const id = conversationId ?? open?.id ?? begun ?? this.client.startConversation();
    return this.client.send(id, text);
  }

  close(): void {
    this.#closing.abort();
    for (const stop of this.#stops) stop();
    this.client.close();
    this.#leave();
  }

  /** The element of the same chat that has just taken the place of this one's; undefined when that is simply gone. */
  get heir(): Element | undefined {
    return findHeir(this.#element);
  }

  /**
   * Goes on in the service of another element, with all that is on screen. Resolves when it is known who its page says is
   * there, as `identify` finds out.
   */
  async moveTo({ element, options, onChange }: SessionPlace, identify: () => Promise<unknown>): Promise<this> {
    const focus = this.#focus;
    this.#leave();
    this.#element = element;
    this.#changed = onChange;
    this.#focus = this.#enter();
    void element.updateComplete.then(() => focus.restore());
    if (this.client.state.unreadMessages) this.#alert();
    void options().then(({ settingsFor }) => {
      this.#settingsFor = settingsFor;
      this.client.resettle();
    });
    await identify().catch(toldAlready);
    return this;
  }

  #enter(): FocusWatch {
    this.#leaving = new AbortController();
    this.#element.shadowRoot!.adoptedStyleSheets.push(this.#brand);
    return new FocusWatch(this.#element, this.#leaving.signal);
  }

  #leave(): void {
    this.#leaving.abort();
    this.#alerts = undefined;
    const root = this.#element.shadowRoot!;
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.#brand);
  }

  /** Rejects with ChatError, `closed`, when that will never be. */
  #until(isSo: (state: ChatState) => boolean): Promise<void> {
    const { signal } = this.#closing;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (signal.aborted) reject(new ChatError('closed', 'The element was removed.'));
        else if (isSo(this.client.state)) resolve();
        else return;
        stop();
      };
      const stop = this.client.subscribe(look);
      signal.addEventListener('abort', look, { once: true });
      look();
    });
  }

  /** Makes known what is unread; its code comes with the first such message. */
  #alert(message?: MessageEntry): void {
    this.#alerts ??= import('./message-alerts.ts').then(
      ({ MessageAlerts }) => new MessageAlerts(this.#element, this.client, this.#leaving.signal),
    );
    this.#alerts.then(
      (alerts) => message && alerts.hear(message),
      () => (this.#alerts = undefined),
    );
  }

  #onState(): void {
    const { unreadMessages, unreadConversations, settings, online, contact } = this.client.state;
    const appearance = settings?.appearance;
    if (appearance && appearance !== this.#appearance && CSS.supports('color', appearance.color)) {
      this.#appearance = appearance;
      const { windowColor = '' } = appearance;
      const header = CSS.supports('color', windowColor) ? `:host{--chat-window:${windowColor}}` : '';
      this.#brand.replaceSync(inboxStyle(appearance) + header);
    }
    this.#changed();
    if (!this.#followed && (settings?.triggers || (contact && settings?.behaviour?.trackPages))) {
      this.#followed = true;
      this.#element.outreach().catch(toldAlready);
    }
    if (online !== undefined && online !== this.#online) {
      this.#online = online;
      this.#element.dispatchEvent(new ChatOnlineChangeEvent('chat-online-change', { online }));
    }
    const unread = `${unreadMessages} ${unreadConversations}`;
    if (unread === this.#unread) return;
    this.#unread = unread;
    if (unreadMessages) this.#alert();
    const detail = { messages: unreadMessages, conversations: unreadConversations };
    this.#element.dispatchEvent(new UnreadChangeEvent('unread-change', detail));
  }
}

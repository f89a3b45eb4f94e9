import { ContextProvider } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import type { ChatClient } from '../api/chat-client.ts';
import type { ChatState } from '../api/chat-state.ts';
import { LIMITS, type Conversation } from '../api/protocol.ts';
import { clientContext } from '../context/client-context.ts';
import { stringsContext } from '../context/strings-context.ts';
import { fill } from '../text/phrase.ts';
import type { Language } from '../text/language.ts';
import { defaultWords, wordsOf } from '../text/words.ts';
import { homeStyles } from './home-view.styles.ts';
import { homeHeader, homeView } from './home-view.ts';
import { panelStyles } from './cw-panel.styles.ts';
import { isKnown } from './is-known.ts';
import { logoStyles } from './logo.ts';
import type * as Extras from './panel-extras.ts';
import type * as History from './panel-history.ts';
import type * as List from './cw-conversations.ts';
import type { PanelPage, Screen } from './panel-page.ts';
import type * as Trouble from './panel-trouble.ts';
import { noticeView } from './panel-views.ts';
import type { CwComposer, CwSendEvent } from './cw-composer.ts';
import './cw-composer.ts';
import { faceStyles } from './face.ts';
import { statusStyles } from './status-view.ts';
import { failureView, skeletonView } from './thread-states.ts';
import { shared } from './tokens.styles.ts';

export { palette } from './tokens.styles.ts';

/** How long it is said that an attempt is made, ms. */
const TRYING_MS = 2_000;
/** What is loaded later. */
interface Parts {
  history: typeof History;
  list: typeof List;
  extras: typeof Extras;
  trouble: typeof Trouble;
}
/** Null: it could not be. */
type Loaded = { [P in keyof Parts]?: Parts[P] | null };
/** No conversation; what is half written there is the first message of the next one. */
const HOME = '';

/**
 * The dialog behind the launcher: the home screen with the visitor's newest conversations, the list of all, or one
 * conversation, and below all the same composer. What is written where there is no conversation starts a new one.
 *
 * @slot home - Stands above the conversations.
 * @fires {Event} cw-close - The visitor wants the panel closed.
 * @internal
 */
export class CwPanel extends LitElement implements PanelPage {
  static override styles = [shared, faceStyles, logoStyles, homeStyles, panelStyles, statusStyles];

  /** Given before it is attached, and its state with it: whoever holds the client passes each new one on. */
  @property({ attribute: false }) client!: ChatClient;
  @property({ attribute: false }) state!: ChatState;
  /** Of words and times. */
  @property({ attribute: false }) language: Language = defaultWords;
  /** It is on screen. */
  @property({ type: Boolean, reflect: true }) open = false;
  /** Which side of the page it stands on; `right` is the side where lines end. */
  @property({ reflect: true }) position: 'left' | 'right' = 'right';
  /** It is part of the page, and no dialog. */
  @property({ attribute: false }) embedded = false;
  /** Embedded, in another element of the page than its own: it can be closed. */
  @property({ attribute: false }) elsewhere = false;

  @property({ attribute: false }) view = HOME;
  /** What is asked before a conversation has been answered. */
  @property({ attribute: false }) passed = false;
  @state() private place: Screen = 'home';
  /** Code that comes when it is wanted; null: it could not be loaded. */
  @property({ attribute: false }) history?: Parts['history'] | null;
  @property({ attribute: false }) list?: Parts['list'] | null;
  @property({ attribute: false }) extras?: Parts['extras'] | null;
  @property({ attribute: false }) trouble?: Parts['trouble'] | null;
  /** Somebody has just asked for a connection. */
  @state() private trying = false;

  readonly #client = new ContextProvider(this, { context: clientContext });
  readonly #strings = new ContextProvider(this, { context: stringsContext });
  words = defaultWords;
  readonly parts =
    'panel, header, greeting, home, conversation, log, date, event, avatar, name, message, own, other, file, choice, time, composer, input, tool, send, button, notice, menu, close';
  /** Since it was opened, it has been decided what the visitor sees first. */
  #arrived = false;
  /** It has been open before. */
  #visited = false;
  #offered = '';
  /** What is written on the home screen, or its first file, has begun this conversation. */
  #begun = '';
  #focused?: Element | null;
  /** Asked for, since it was opened: where it does not come, the next time that it is. */
  #verify?: Promise<unknown>;
  #stopWatch?: () => void;

  get screen(): Screen {
    const { settings } = this.state;
    return this.place === 'home' && settings && !settings.home ? 'new' : this.place;
  }

  /** The conversation on screen. */
  get conversationId(): string | undefined {
    return this.view || undefined;
  }

  /** Goes to a conversation. */
  showConversation(id: string): void {
    this.#arrived = true;
    this.go(id);
  }

  /** Offers a text in the composer of what the visitor sees first; never over a draft. */
  prefill(text: string): void {
    if (!text) return;
    this.#offered = text;
    this.requestUpdate();
  }

  /** On a touch screen the keyboard would cover what one wants to read; the focus stays in the dialog all the same. */
  takeFocus(): void {
    if (matchMedia('(pointer: coarse)').matches) this.#frame.focus();
    else this.focusComposer();
  }

  /** The field one writes in takes the focus, or what stands in its place. */
  focusComposer(): void {
    if (!this.#composer.hidden) return this.#composer.focus();
    // What stands there may still be on its way.
    this.#frame.focus();
    this.renderRoot.querySelector<HTMLElement>('cw-gate, .foot button')?.focus();
  }

  /** Shows a conversation, or a screen. */
  go(view: string, screen: Screen = 'home'): void {
    this.view = view;
    this.place = screen;
    void this.updateComplete.then(() => this.takeFocus());
  }

  /** The conversation that is written into; a new one, where there is none. */
  begin(): string {
    return this.view || (this.#begun ||= this.client.startConversation());
  }

  close(): void {
    this.dispatchEvent(new Event('cw-close', { bubbles: true }));
  }

  notLoaded(): void {
    this.#composer.error = this.words.strings.notLoaded;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('exportparts', this.parts);
    addEventListener('online', this.#onNetwork);
    addEventListener('offline', this.#onNetwork);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#onNetwork);
    removeEventListener('offline', this.#onNetwork);
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const done = await super.getUpdateComplete();
    // Who waits for the panel wants to write into it.
    await this.#composer.updateComplete;
    return done;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement;
    if (changed.has('language')) this.words = wordsOf(this.language);
    if (changed.has('client')) this.#client.setValue(this.client);
    this.#strings.setValue(this.words);
    const { closeButton = 'auto', launcher = 'show' } = this.state.settings?.appearance ?? {};
    const stays = this.embedded && !this.elsewhere;
    this.dataset['close'] = stays ? 'hide' : closeButton === 'auto' && launcher !== 'show' ? 'show' : closeButton;
    const { drafts } = this.client;
    const { contact, conversations } = this.state;
    const before = changed.get('state');
    if (changed.get('client') || (before && before.person !== this.state.person)) this.#forget();
    else if (before?.threads[this.view] && !this.state.threads[this.view]) {
      // The session ran out, and with it went the conversation on screen: what is half written goes where the unsent is.
      const words = drafts.get(this.view);
      if (words) drafts.set(this.view, '');
      this.view = this.#unsent ?? HOME;
      if (words) drafts.set(this.view, words);
    }
    if (changed.has('open')) {
      this.#arrived = false;
      this.#verify = undefined;
      this.#stopWatch?.();
      this.#stopWatch = this.open ? this.client.watch() : undefined;
    }
    // The first time the client has just asked.
    if (this.open && changed.get('open') === false) void this.client.refresh();
    if (this.open && !this.#arrived && isKnown(this.state)) this.#arrive();
    if (this.#arrived && this.#offered) {
      if (!drafts.get(this.view)) drafts.offer(this.view, this.#offered);
      this.#offered = '';
    }
    // A new visitor's panel opens without: this code comes with the first keystroke, or for whoever has a session.
    if (!this.#isHome || contact || drafts.get(HOME)) this.#load('history', () => import('./panel-history.ts'));
    if (!this.view && conversations.length) this.#load('list', () => import('./cw-conversations.ts'));
    // An offer comes after what one came for.
    const isMet = !this.view || this.state.threads[this.view]?.entries.length;
    if (contact && contact.verification !== 'verified' && isMet)
      this.#verify ??= import('./cw-verify.ts').catch(() => {});
    if (this.state.closeReason || this.state.lapsed) this.#load('trouble', () => import('./panel-trouble.ts'));
    // What only some inboxes show.
    if (hasExtras(this.state)) this.#load('extras', () => import('./panel-extras.ts'));
  }

  protected override updated(): void {
    // Where the focus was there is nothing any more.
    if (this.#focused?.isConnected === false) this.#frame.focus();
    else if (this.#composer.hidden && this.#focused === this.#composer) this.focusComposer();
  }

  protected override render() {
    const { words, state, view, history, extras, trouble } = this;
    const isHome = this.#isHome;
    const { strings } = words;
    const { settings, conversations } = state;
    const teamName = settings?.appearance.teamName;
    // Until it is known what is asked, nobody writes past it.
    const foot =
      trouble?.closedView(this) ??
      this.#unlessFailed('trouble') ??
      (extras ? extras.footView(this) : !view && asks(state) && this.#unlessFailed('extras', ' '));
    // Until its code is there, a skeleton stands in it.
    const skeleton = skeletonView(strings);
    const isList = isHome || (!view && this.screen === 'list');
    const list = html`<cw-conversations exportparts=${this.parts} ?all=${!isHome} .page=${this} .state=${state}
      >${skeleton}</cw-conversations
    >`;
    const body = isList
      ? this.#unlessFailed('list', list)
      : this.#unlessFailed('history', history?.bodyView(this) ?? html`<div class="home">${skeleton}</div>`);
    const name = teamName ? fill(strings.chatWith, { team: teamName }) : strings.chat;
    const content = html` ${!isHome && history ? history.barView(this) : homeHeader(this, extras?.replyTimeOf(this))}
      ${noticeView(state, strings, this.trying, this.#onTry, trouble?.waitOf(this))} ${trouble?.lapsedView(this)}
      ${isHome ? homeView(this, body, extras?.extrasView(this)) : isList ? html`<div class="home" part="home">${body}</div>` : body}
      <cw-verify
        exportparts="button"
        ?hidden=${!!foot}
        .client=${this.client}
        .state=${state}
        .conversationId=${view}
        @cw-done=${() => this.focusComposer()}
      ></cw-verify>
      ${foot || nothing}
      <cw-composer
        exportparts=${this.parts}
        ?hidden=${!!foot}
        .value=${this.client.drafts.get(view)}
        .limit=${settings?.limits.messageLength ?? LIMITS.textLength}
        ?emoji=${settings?.behaviour?.emoji}
        .files=${settings?.behaviour?.files && this}
        .place=${view}
        placeholder=${!view && conversations.length ? strings.startAnother : nothing}
        @cw-input=${this.#onInput}
        @cw-send=${this.#onSend}
      ></cw-composer>
      ${extras?.poweredView(this)}`;
    return this.embedded
      ? html`<section class="panel" part="panel" tabindex="-1" aria-label=${name}>${content}</section>`
      : html`<dialog class="panel" part="panel" tabindex="-1" aria-label=${name}>${content}</dialog>`;
  }

  /** What stands there while the code of a part comes; where it does not, a way to ask for it again. */
  #unlessFailed(part: keyof Parts, view?: unknown) {
    const { strings } = this.words;
    return this[part] === null ? failureView(strings.notLoaded, strings, () => (this[part] = undefined)) : view;
  }

  /** The conversation in which something waits to be sent. */
  get #unsent(): string | undefined {
    const { threads } = this.state;
    return Object.keys(threads).find((id) => threads[id].pending.length);
  }

  get #isHome(): boolean {
    return !this.view && this.screen === 'home';
  }

  get #composer(): CwComposer {
    return this.renderRoot.querySelector('cw-composer')!;
  }

  get #frame(): HTMLElement {
    return this.renderRoot.querySelector('.panel')!;
  }

  #load<P extends keyof Parts>(part: P, load: () => Promise<Parts[P]>): void {
    if (this[part] !== undefined) return;
    // Asked for at each rendering until it is there, it comes once all the same.
    load().then(
      (code) => {
        const { styleSheet } = 'styles' in code ? code.styles : {};
        if (styleSheet && !this[part]) this.shadowRoot!.adoptedStyleSheets.push(styleSheet);
        (this as Loaded)[part] = code;
      },
      () => ((this as Loaded)[part] = null),
    );
  }

  /** A visitor who comes back finds what is still unsent, else the conversation that goes on or has an answer in it. */
  #arrive(): void {
    const isFirst = !this.#visited;
    this.#arrived = this.#visited = true;
    if (this.view || this.client.drafts.get(HOME)) return;
    const { conversations } = this.state;
    const goesOn = (conversation: Conversation) =>
      conversation.unread > 0 || ((isFirst || this.screen !== 'home') && conversation.state === 'open');
    this.view = this.#unsent ?? conversations.find(goesOn)?.id ?? HOME;
    // What has been said to them stands at the beginning of a new one.
    if (this.state.invitation) this.place = 'new';
  }

  /** What one visitor wrote or looked at is not the next one's. */
  #forget(): void {
    this.#offered = this.#begun = '';
    this.#arrived = this.#visited = false;
    this.passed = false;
    this.view = HOME;
    this.place = 'home';
  }

  /** An attempt may fail at once, and is to be seen all the same. */
  readonly #onTry = () => {
    this.client.reconnect();
    this.trying = true;
    setTimeout(() => (this.trying = false), TRYING_MS);
  };

  /** The notice says why there is no connection. */
  readonly #onNetwork = () => this.requestUpdate();

  #onInput(): void {
    const { value } = this.#composer;
    this.client.prepare();
    this.client.drafts.set(this.view, value);
    if (this.view) this.client.setTyping(this.view, value !== '');
    this.requestUpdate();
  }

  #onSend(event: CwSendEvent): void {
    const { client } = this;
    this.#arrived = true;
    const id = this.begin();
    const before = client.state.threads[id];
    // The thread shows what became of it.
    client.send(id, event.text, event.options).catch(() => undefined);
    if (client.state.threads[id] === before) return event.preventDefault();
    client.drafts.sent(this.view);
    this.#begun = '';
    this.view = id;
    this.passed = false;
    this.requestUpdate();
  }
}

/** The inbox asks something before a conversation, of some visitors at least. */
function asks({ settings }: ChatState): unknown {
  const { forms } = settings ?? {};
  return forms?.consent || forms?.preChat.length || forms?.offline.length;
}

/** The inbox shows more than most do. */
function hasExtras(state: ChatState): unknown {
  const { appearance, home, hours, behaviour } = state.settings ?? {};
  const rules = behaviour?.oneAtATime || behaviour?.reopen === false;
  return (
    appearance?.windowColor ||
    appearance?.poweredBy ||
    home?.notice ||
    home?.cards.length ||
    hours ||
    rules ||
    asks(state)
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-panel': CwPanel;
  }
}

if (!customElements.get('cw-panel')) customElements.define('cw-panel', CwPanel);

import { ContextProvider } from '@lit/context';
import type { PropertyValues } from 'lit';
import type { Identity } from '../api/chat-client.ts';
import { ChatError } from '../api/chat-error.ts';
import type { Contact, MessageEntry } from '../api/protocol.ts';
import { sessionContext } from '../context/session-context.ts';
import { createLauncher } from '../launcher.ts';
import { plural } from '../text/phrase.ts';
import { refusalOf } from './admission.ts';
import { adoptLauncher, adoptStyle } from './adopt.ts';
import { launcher } from './brand.styles.ts';
import './chat-links.ts';
import { ChatReadyEvent, ChatStateChangeEvent, type ListensToChat, type WidgetState } from './chat-widget-events.ts';
import type { CwPanel } from './cw-panel.ts';
import type { CwPreview } from './cw-preview.ts';
import { updateLauncher } from './launcher-view.ts';
import type { OutreachHost } from './outreach-host.ts';
import { PanelDoor, type DoorHost } from './panel-door.ts';
import { SessionLife, type SessionHost } from './session-life.ts';
import { StanceDoor } from './stance-door.ts';
import type { StanceHost } from './stance.ts';
import { tell, toldAlready } from './tell.ts';
import { WidgetActs, type Acts } from './widget-acts.ts';
import { WidgetLanguage } from './widget-language.ts';
import { CLIENT_NAMES, IDENTITY_NAMES, isKept, isNeeded, propertiesOf, textOf } from './widget-options.ts';
import type { WidgetSession } from './widget-session.ts';

/**
 * A live chat: a launcher in the corner of the page and, behind it, a panel with the visitor's conversations.
 *
 * Nothing but the launcher is loaded, requested or stored before the visitor shows an interest, unless the page says who
 * the visitor is (`email`), a session is kept on this device, or `session` or `open` ask for it.
 * A bad attribute value is warned about once and ignored; the element never throws into the page.
 *
 * @slot launcher - Replaces the icon of the launcher.
 * @slot header - Stands in the head of the home screen, below the greeting.
 * @slot home - Stands on the home screen, above the conversations.
 *
 * @fires {ChatReadyEvent} chat-ready - The element can be used. Once, without any act of the visitor.
 * @fires {ChatShowEvent} chat-show - The panel is on screen.
 * @fires {ChatHideEvent} chat-hide - The panel is gone from the screen.
 * @fires {ChatStateChangeEvent} chat-state-change - The panel came or went, or a card beside the launcher did.
 * @fires {UnreadChangeEvent} unread-change - How many messages and conversations the visitor has not read.
 * @fires {ChatIdentifyEvent} chat-identify - It is known who the visitor is.
 * @fires {ChatStartEvent} chat-start - The first message of a new conversation was stored.
 * @fires {ChatMessageEvent} chat-message - A message was stored, the visitor's own or an agent's; never history.
 * @fires {ChatOnlineChangeEvent} chat-online-change - Some agent is online now, or none is any more; also when it is first known.
 * @fires {ChatInvitationEvent} chat-invitation - A trigger of the inbox is shown to this visitor for the first time.
 * @fires {ChatSignInEvent} chat-sign-in - The visitor wants to sign in again; unless the page prevents that, it is loaded again.
 * @fires {ChatErrorEvent} chat-error - Something failed that the visitor or the page should know.
 *
 * @cssstate open - The panel is open.
 * @cssstate unread - Something is unread.
 * @cssstate ready - `chat-ready` was fired.
 * @cssstate online - Some agent is online.
 * @cssstate reconnecting - The connection is lost, and is tried again.
 */
export class ChatWidget extends WidgetActs {
  static override styles = launcher;

  /** @internal What it speaks. */
  readonly language: WidgetLanguage;
  readonly #internals = this.attachInternals();
  readonly #launcher = adoptLauncher(this.shadowRoot) ?? createLauncher();
  /** What its parts ask of it. */
  readonly #host: DoorHost & StanceHost & SessionHost & OutreachHost;
  readonly #door: PanelDoor;
  readonly #stance: StanceDoor;
  #life: SessionLife | undefined;
  /** As it was told last. */
  #state: WidgetState = 'collapsed';
  /** The loader may have told the page already. */
  #ready = this.#launcher.layer.hasAttribute('data-ready');

  constructor() {
    super();
    const { layer, button } = this.#launcher;
    this.language = new WidgetLanguage(button.ariaLabel);
    this.#host = {
      element: this,
      language: this.language,
      layer,
      launcher: button,
      client: () => this.#life?.session?.client,
      wake: () => this.#wake(),
      admit: () => this.#admit(),
      wanted: () => this.open,
      needed: () => this.open || isNeeded(this),
      options: () => this.#stance.options(),
      onReady: (visitorId) => this.#onReady(visitorId),
      onChange: () => this.#onChange(),
      onLook: () => this.#host.client()?.resettle(),
      furnish: (panel) => this.#furnish(panel),
      close: () => void this.hide(),
      show: () => void this.show().catch(toldAlready),
      place: () => this.#stance.place,
      settled: () => this.#stance.settled(),
      fills: () => !this.#door.panel?.embedded && String(this.responsive) !== 'false',
      lang: () => this.language.spoken.lang,
    };
    this.#door = new PanelDoor(this.#host);
    this.#stance = new StanceDoor(this.#host);
    new ContextProvider(this, { context: sessionContext, initialValue: this });
    layer.addEventListener('keydown', (event) => this.#onKeydown(event));
    button.addEventListener('click', () => void this.toggle().catch(toldAlready));
  }

  /** `chat-ready` was fired. */
  get ready(): boolean {
    return this.#ready;
  }

  /** The panel is on screen. */
  get visible(): boolean {
    return this.#door.visible;
  }

  /** `expanded`: the panel is on screen. `unreadMessage`: a card with a message or an invitation is. `collapsed`: neither. */
  get widgetState(): WidgetState {
    return this.visible ? 'expanded' : this.#card ? 'unreadMessage' : 'collapsed';
  }

  protected override get facts() {
    return this.#host.client()?.state;
  }

  protected override get outreachHost(): OutreachHost {
    return this.#host;
  }

  /** Opens the panel. Resolves when it is on screen. Rejects with ChatError: `offline`, `identity_required`. */
  async show(): Promise<void> {
    this.#begin();
    // In the same task, where that can be: browsers open windows for a click only.
    if (!this.#stance.canOpen) await this.#stance.ready();
    if (this.#stance.opensWindow()) return;
    this.#door.takesFocus = this.open = true;
    await this.updateComplete;
    await this.#reveal();
    // Who had a session knows by now whether it still opens this door.
    await this.#life?.session?.booted;
    this.#checkAdmission();
  }

  /** Closes the panel, and gives the focus back to where it was; or takes the card away that stands beside the launcher. */
  async hide(): Promise<void> {
    this.#card?.onDismiss();
    this.open = false;
    await this.updateComplete;
    await this.#door.left;
  }

  /** Opens the panel, or closes it. */
  async toggle(): Promise<void> {
    await (this.open ? this.hide() : this.show());
  }

  /** Opens a conversation of this visitor, by its id or number. A foreign or unknown one rejects with `not_found`, and nothing opens. */
  async showConversation(id: string | number): Promise<void> {
    const session = await this.#wake();
    const found = await session.findConversation(id).catch(this.#fail);
    await this.show();
    this.#door.panel?.showConversation(found);
  }

  /** Sends as the visitor: into the conversation on screen, else the newest open one, else a new one. Resolves when it is stored. */
  async send(text: string): Promise<MessageEntry> {
    const session = await this.#wake();
    return session.send(text, this.#door.panel?.conversationId).catch(this.#fail);
  }

  /** Offers a text in the composer of the conversation on screen, or of a new one. Never over a draft, never sends. */
  prefill(text: string): void {
    this.#door.prefill(textOf('message', text));
  }

  /** Says who the visitor is, as the attributes do; resolves with the contact. Rejects with ChatError: `invalid_proof`, `proof_expired` among others. */
  async identify(identity: Identity): Promise<Contact | null> {
    Object.assign(this, propertiesOf(identity));
    return this.#identify(true);
  }

  /** Ends the visitor's session here and on the server, and forgets who the page said it is. */
  async logout(): Promise<void> {
    Object.assign(this, propertiesOf());
    if (!this.#life?.session && !isKept(this)) return;
    const session = await this.#wake();
    await session.logout().catch(this.#fail);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A popover that was moved in the document has left the top layer.
    if (this.hasUpdated) this.#show();
    if (!this.#life) this.#await();
    this.language.follow(() => this.requestUpdate());
    // Meanwhile it may stand in another language.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.language.leave();
    // Whoever moves the element connects it again in the same breath: it keeps its socket.
    queueMicrotask(() => {
      if (this.isConnected) return;
      const heir = this.#life?.session?.heir;
      if (heir instanceof ChatWidget) heir.#inherit(this);
      this.#end();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    // The first value of a property is no change.
    const isOther = (name: string) => changed.get(name) !== undefined;
    this.#stance.adapt(changed);
    if (this.#isShut) this.open = false;
    else if (this.#life && this.#stance.isEmbedded) this.open = true;
    this.#life?.session?.adapt(this);
    if (this.#life && CLIENT_NAMES.some(isOther)) {
      this.#end();
      this.#begin();
    } else if (isOther('load')) {
      this.#await();
    } else if (IDENTITY_NAMES.some(isOther)) {
      this.#identify(false).catch(toldAlready);
    }
    if (changed.has('message') && this.message) this.prefill(this.message);
    if (isOther('mode')) this.#door.remove();
    else if (!changed.has('open')) return;
    // A page that comes with an open chat keeps its focus.
    if (isOther('open') && this.open && !this.#stance.isEmbedded) this.#door.takesFocus = true;
    if (this.open) this.#reveal().catch(toldAlready);
    else this.#door.hide();
  }

  protected override createRenderRoot() {
    const inbox = adoptStyle(this.shadowRoot);
    const root = super.createRenderRoot() as ShadowRoot;
    root.adoptedStyleSheets.push(...inbox);
    return root;
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    const { layer, button } = this.#launcher;
    if (layer.parentNode !== this.renderRoot) this.renderRoot.replaceChildren(layer);
    const { open, unreadCount: unread } = this;
    this.language.whole ||= open || this.#life?.session !== undefined;
    this.language.adapt(this, layer, this.facts?.settings?.labels, () => this.#onChange());
    const { words, spoken } = this.language;
    const more = unread && !open ? `, ${plural(spoken.lang, words.unreadMessages, unread)}` : '';
    const label = (open ? words.closeChat : words.openChat) + more;
    updateLauncher(button, { label, open, busy: this.#door.busy });
    this.#show();
    if (this.#door.panel) this.#furnish(this.#door.panel);
    const [online, reconnecting] = [this.online === true, this.facts?.connection === 'waiting'];
    for (const [state, is] of Object.entries({ open, unread: unread > 0, ready: this.#ready, online, reconnecting })) {
      this.#internals.states[is ? 'add' : 'delete'](state);
    }
  }

  protected override updated(): void {
    const { widgetState: state } = this;
    // Between the card and the panel there is neither for a moment.
    if (this.open !== this.visible || state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new ChatStateChangeEvent('chat-state-change', { state }));
  }

  /** Beside the launcher. */
  get #card(): CwPreview | null {
    return this.#launcher.layer.querySelector('cw-preview');
  }

  #show(): void {
    const { layer } = this.#launcher;
    const { appearance } = this.facts?.settings ?? {};
    if (appearance) layer.classList.toggle('left', appearance.position === 'left');
    layer.classList.toggle('bare', appearance?.launcher === 'none');
    layer.classList.toggle('shut', !this.#life || this.#isShut || this.#stance.isComing);
    this.#stance.show(appearance);
  }

  get #isShut(): boolean {
    return refusalOf(this.facts) !== undefined;
  }

  #furnish(panel: CwPanel): void {
    const client = this.#host.client();
    if (!client) return;
    const position = client.state.settings?.appearance.position ?? 'right';
    const embedded = this.#stance.isEmbedded || this.#stance.place !== this.#launcher.layer;
    Object.assign(panel, { client, state: client.state, language: this.language.spoken, position, embedded });
  }

  /** Begins when the page wants it. */
  #await(): void {
    if (this.load) void this.#stance.moment().then(() => this.#begin());
    else this.#begin();
  }

  #begin(): void {
    if (this.#life || !this.isConnected) return;
    this.#life = new SessionLife(this.#host);
    this.requestUpdate();
    if (this.open && this.hasUpdated) this.#reveal().catch(toldAlready);
  }

  /** Goes on where another tag of the same chat was, which this one replaces: no second session, nothing lost. */
  #inherit(from: ChatWidget): void {
    this.#life?.end();
    this.#life = from.#life;
    from.#life = undefined;
    this.open ||= from.open;
    this.#state = from.#state;
    this.#door.inherit(from.#door);
    this.inheritOutreach(from);
    this.#life?.moveTo(this.#host);
    this.requestUpdate();
  }

  #end(): void {
    this.#stance.end();
    this.endOutreach();
    this.#life?.end();
    this.#life = undefined;
    this.#door.remove();
    this.#ready = false;
    this.#onChange();
  }

  #onReady(visitorId: string | undefined): void {
    if (this.#ready) return;
    this.#ready = true;
    this.#onChange();
    this.dispatchEvent(new ChatReadyEvent('chat-ready', visitorId ? { visitorId } : {}));
  }

  #onChange(): void {
    this.requestUpdate();
    this.dispatchEvent(new Event('cw-session-change', { bubbles: true, composed: true }));
  }

  async #wake(): Promise<WidgetSession> {
    this.#begin();
    if (!this.#life) return this.#fail(new ChatError('closed', 'Not in the document.'));
    return this.#life.wake().catch(this.#fail);
  }

  /** Nothing is painted for a stranger whom the inbox may not talk with. */
  async #admit(): Promise<void> {
    const session = await this.#wake();
    if (!isKept(this)) await session.admission();
    await this.#stance.settled();
    this.#checkAdmission();
    // What the inbox calls things is asked for.
    await this.updateComplete;
  }

  #checkAdmission(): void {
    const refusal = refusalOf(this.facts);
    if (refusal) this.#fail(refusal);
  }

  async #identify(insists: boolean): Promise<Contact | null> {
    return (await this.#life?.identify(insists).catch(this.#fail)) ?? null;
  }

  async #reveal(): Promise<void> {
    if (!this.#life || !this.open) return;
    try {
      await this.#door.show();
    } catch (error) {
      // What is part of the page stays there, and says why it is empty.
      if (!this.#stance.isEmbedded) this.open = false;
      this.#fail(error);
    }
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || !this.open) return;
    if (this.#stance.isEmbedded) return;
    event.preventDefault();
    event.stopPropagation();
    void this.hide();
  }

  /** Tells the page, and passes the failure on. */
  readonly #fail = (error: unknown): never => {
    throw tell(this, error);
  };
}

export interface ChatWidget extends Acts {
  addEventListener: ListensToChat<ChatWidget, AddEventListenerOptions>;
  removeEventListener: ListensToChat<ChatWidget, EventListenerOptions>;
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-widget': ChatWidget;
  }
}

if (!customElements.get('chat-widget')) customElements.define('chat-widget', ChatWidget);

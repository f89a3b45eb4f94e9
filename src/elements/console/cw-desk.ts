import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AgentClient } from '../../api/agent-client.ts';
import { emptyThread } from '../../api/chat-state.ts';
import type { AgentConversation, ConversationState } from '../../api/protocol.ts';
import { consoleStringsContext } from '../../context/console-strings-context.ts';
import { ClientController } from '../../controllers/client-controller.ts';
import { defaultConsoleWords, type ConsoleStrings } from '../../text/console-strings.ts';
import { shared } from '../tokens.styles.ts';
import { bannerView } from './banner-view.ts';
import { restIllustration } from './console-icons.ts';
import { consoleStyles } from './console.styles.ts';
import { ConversationPages } from './conversation-pages.ts';
import './cw-console-list.ts';
import type { CwConsoleList, CwWhoseEvent } from './cw-console-list.ts';
import './cw-console-thread.ts';
import type { CwConsoleThread } from './cw-console-thread.ts';
import { deskStyles } from './cw-desk.styles.ts';
import './cw-details.ts';
import './cw-rail.ts';
import type { CwViewEvent } from './cw-rail.ts';
import { isWanted, readWhose, writeWhose } from './whose.ts';
import { readFolded, writeFolded } from './details-folded.ts';
import { LayoutController } from './layout-controller.ts';
import { RouteController } from './route-controller.ts';
import { commandOf, type Command } from './shortcuts.ts';
import type { CwSettings } from './settings/cw-settings.ts';
import type { SettingsPlace } from './settings/settings-address.ts';
import { TipController } from './tip-controller.ts';
import { TitleController } from './title-controller.ts';

/**
 * Where a signed-in agent works: views, conversations, the open one and who it is with. It follows the page's address,
 * and decides which panes there is room for.
 *
 * @fires {Event} cw-sign-out - The agent wants to leave.
 * @internal
 */
export class CwDesk extends LitElement {
  static override styles = [shared, consoleStyles, deskStyles];

  @property({ attribute: false }) client!: AgentClient;
  /** Origin of the chat server. */
  @property() server = '';

  @state() private view: ConversationState = 'open';
  @state() private whose = readWhose();
  @state() private detailsFolded = readFolded();
  @state() private drawerOpen = false;
  @state() private settingsFailed = false;
  @query('dialog') private drawer!: HTMLDialogElement | null;
  @query('cw-console-list') private list!: CwConsoleList | null;
  @query('cw-console-thread') private thread!: CwConsoleThread | null;
  @query('cw-settings') private settings!: CwSettings | null;

  readonly #conversations = new ClientController(this, (state) => state.conversations as readonly AgentConversation[]);
  readonly #agents = new ClientController(this, ({ agents }) => agents ?? []);
  readonly #teams = new ClientController(this, ({ teams }) => teams ?? []);
  readonly #threads = new ClientController(this, (state) => state.threads);
  readonly #agent = new ClientController(this, (state) => state.agent);
  readonly #connection = new ClientController(this, (state) => state.connection);
  readonly #epoch = new ClientController(this, (state) => state.epoch);
  readonly #words = new ContextConsumer(this, { context: consoleStringsContext, subscribe: true });
  readonly #layout = new LayoutController(this);
  readonly #route = new RouteController(this, (place, go) => this.settings?.mayGo?.(place, go) ?? true);
  readonly #pages = new ConversationPages(this, () => this.client);
  #shown: readonly AgentConversation[] = [];
  /** The epoch that the pages were loaded in. */
  #loadedIn?: string;
  /** The address that was followed last. */
  #shownId = '';
  /** The conversation whose view was brought up last. */
  #placedId = '';

  constructor() {
    super();
    new TitleController(this, () => this.#waiting());
    new TipController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The page's, not only ours: after a click on nothing in particular the focus is nowhere.
    addEventListener('keydown', this.#onKeydown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#onKeydown);
  }

  /** Puts the focus where an agent goes on: the reply, or the list. */
  override focus(): void {
    // A touch screen's keyboard would cover what one came to read.
    if (this.thread && !matchMedia('(pointer: coarse)').matches) this.thread.focus();
    else if (!this.thread) this.list?.focus();
  }

  protected override willUpdate(): void {
    this.setAttribute('layout', this.#layout.value);
    this.toggleAttribute('reading', this.#route.conversationId !== '');
    this.toggleAttribute('setting', this.#route.settings !== undefined);
    if (this.#loadedIn && this.#epoch.value !== this.#loadedIn) this.#pages.reset();
    this.#loadedIn = this.#epoch.value;
    const conversation = this.#conversation();
    if (!conversation || this.#layout.value === 'wide') this.drawerOpen = false;
    if (!conversation || conversation.id === this.#placedId) return;
    this.#placedId = conversation.id;
    this.view = conversation.state;
  }

  protected override updated(): void {
    if (this.drawerOpen && !this.drawer?.open) this.#showDrawer();
    const id = this.#route.conversationId;
    if (id === this.#shownId) return;
    this.#shownId = id;
    this.focus();
  }

  protected override render() {
    const { strings } = this.#words.value ?? defaultConsoleWords;
    const narrow = this.#layout.value === 'narrow';
    const { settings, conversationId } = this.#route;
    return html`
      ${bannerView(this.#connection.value, strings, () => this.client.reconnect())} ${this.#renderRail(narrow)}
      ${
        settings
          ? this.#renderSettings(settings)
          : html`
              ${this.#renderList()}
              <main>${conversationId ? this.#renderThread() : this.#renderRest(strings)}</main>
              ${this.#renderDetails(strings)}
            `
      }
    `;
  }

  #renderRail(bar: boolean) {
    return html`
      <cw-rail
        .view=${this.#route.settings ? undefined : this.view}
        .unread=${this.#waiting()}
        .client=${this.client}
        .bar=${bar}
        @cw-view=${this.#onView}
        @cw-sign-out=${this.#onSignOut}
      ></cw-rail>
    `;
  }

  /** Its code comes with the first look at it. */
  #renderSettings(place: SettingsPlace) {
    import('./settings/cw-settings.ts').then(
      () => (this.settingsFailed = false),
      () => (this.settingsFailed = true),
    );
    const { agent } = this.client.state;
    const { lang, strings } = this.#words.value ?? defaultConsoleWords;
    if (this.settingsFailed) return html`<div class="rest" role="alert"><p>${strings.settingsFailed}</p></div>`;
    return html`
      <cw-settings
        .server=${this.server}
        .place=${place}
        .layout=${this.#layout.value}
        .lang=${lang}
        .admin=${agent?.role === 'admin'}
        .agentId=${agent?.id ?? ''}
      ></cw-settings>
    `;
  }

  #renderList() {
    const { more, loading, failed } = this.#pages.of(this.view);
    return html`
      <cw-console-list
        .view=${this.view}
        .whose=${this.whose}
        .agents=${this.#agents.value}
        .conversations=${this.#inView()}
        .current=${this.#route.conversationId}
        .agentId=${this.#agent.value?.id ?? ''}
        .more=${more}
        .loading=${loading}
        .failed=${failed}
        @cw-whose=${this.#onWhose}
        @cw-more=${this.#onMore}
      ></cw-console-list>
    `;
  }

  #renderThread() {
    return html`
      <cw-console-thread
        .client=${this.client}
        .conversationId=${this.#route.conversationId}
        .conversation=${this.#conversation()}
        .detailsShown=${this.#detailsShown()}
        .narrow=${this.#layout.value === 'narrow'}
        @cw-back=${this.#onBack}
        @cw-details=${this.#toggleDetails}
      ></cw-console-thread>
    `;
  }

  #renderRest(strings: ConsoleStrings) {
    return html`
      <div class="rest">
        ${restIllustration}
        <h2>${strings.chooseConversation}</h2>
        <p>${strings.chooseConversationHint}</p>
        <p class="keys">${strings.chooseConversationKeys}</p>
      </div>
    `;
  }

  #renderDetails(strings: ConsoleStrings) {
    const conversation = this.#conversation();
    if (!conversation || !this.#detailsShown()) return nothing;
    const { entries, hasOlder, hasNewer } = this.#threads.value[conversation.id] ?? emptyThread;
    const details = html`
      <cw-details
        .client=${this.client}
        .conversation=${conversation}
        .entries=${entries}
        .complete=${entries.length > 0 && !hasOlder && !hasNewer}
        .known=${this.#conversations.value.filter(({ contact }) => contact.id === conversation.contact.id)}
        @cw-close=${this.#toggleDetails}
      ></cw-details>
    `;
    return this.#layout.value === 'wide'
      ? html`<aside aria-label=${strings.details}>${details}</aside>`
      : html`<dialog aria-label=${strings.details} @close=${this.#onDrawerClose}>${details}</dialog>`;
  }

  #conversation(): AgentConversation | undefined {
    return this.#conversations.value.find(({ id }) => id === this.#route.conversationId);
  }

  /** The same array while the same conversations are in view: typing and messages come far more often. */
  #inView(): readonly AgentConversation[] {
    const agentId = this.#agent.value?.id;
    const shown = this.#conversations.value.filter(
      (conversation) =>
        conversation.state === this.view && isWanted(conversation, this.whose, agentId, this.#teams.value),
    );
    const same = shown.length === this.#shown.length && shown.every((each, i) => each === this.#shown[i]);
    return same ? this.#shown : (this.#shown = shown);
  }

  /** Open conversations with something unread. */
  #waiting(): number {
    return this.#conversations.value.filter(({ state, unread }) => state === 'open' && unread > 0).length;
  }

  #detailsShown(): boolean {
    return this.#layout.value === 'wide' ? !this.detailsFolded : this.drawerOpen;
  }

  #onView(event: CwViewEvent): void {
    this.view = event.view;
    if (this.#route.settings) this.#route.go('');
  }

  #onWhose({ whose }: CwWhoseEvent): void {
    this.whose = whose;
    writeWhose(whose);
  }

  #onMore(): void {
    void this.#pages.load(this.view);
  }

  #onSignOut(): void {
    const go = () => this.dispatchEvent(new Event('cw-sign-out'));
    if (this.settings?.mayGo?.(undefined, go) ?? true) go();
  }

  #onBack(): void {
    this.#route.go('');
  }

  #toggleDetails(): void {
    if (this.#layout.value !== 'wide') {
      if (this.drawerOpen) this.drawer?.close();
      else this.drawerOpen = this.#conversation() !== undefined;
      return;
    }
    this.detailsFolded = !this.detailsFolded;
    writeFolded(this.detailsFolded);
  }

  /** The dialog looks for something to focus in its own tree only. */
  #showDrawer(): void {
    const details = this.drawer?.querySelector('cw-details');
    // A convenience for the pointer beside Escape and the button; the dialog is another one each time.
    this.drawer?.addEventListener('click', (event) => this.#onDrawerClick(event));
    this.drawer?.showModal();
    void details?.updateComplete.then(() => details.focus());
  }

  #onDrawerClose(): void {
    this.drawerOpen = false;
  }

  /** The dialog itself is hit only beside its content: on the backdrop. */
  #onDrawerClick(event: MouseEvent): void {
    if (event.target === this.drawer) this.drawer?.close();
    // Another conversation of the same contact was followed.
    else if (event.composedPath().some((node) => node instanceof HTMLAnchorElement && node.hash)) this.drawer?.close();
  }

  // A field, so that the listener is the same when it is removed.
  readonly #onKeydown = (event: KeyboardEvent): void => {
    const command = commandOf(event);
    if (!command || event.defaultPrevented || this.#route.settings) return;
    event.preventDefault();
    this.#run(command);
  };

  #run(command: Command): void {
    if (command === 'toggle-details') return this.#toggleDetails();
    if (command === 'toggle-state') return void this.thread?.toggleState();
    const conversations = this.#inView();
    const at = conversations.findIndex(({ id }) => id === this.#route.conversationId);
    const next = conversations[command === 'next' ? at + 1 : Math.max(at - 1, 0)];
    if (next) this.#route.go(next.id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-desk': CwDesk;
  }
}

if (!customElements.get('cw-desk')) customElements.define('cw-desk', CwDesk);

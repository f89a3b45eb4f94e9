import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { AdminClient } from '../../../api/admin-client.ts';
import { english as rules } from '../../../text/assignment-strings.ts';
import { english as words } from '../../../text/attribute-strings.ts';
import { english as teams } from '../../../text/team-strings.ts';
import { english as triggers } from '../../../text/trigger-strings.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { shared } from '../../tokens.styles.ts';
import { consoleStyles } from '../console.styles.ts';
import type { Layout } from '../layout-controller.ts';
import './cw-agents.ts';
import './cw-assignment-rules.ts';
import './cw-attributes.ts';
import './cw-installation.ts';
import './cw-new-inbox.ts';
import type { CwInboxMadeEvent } from './cw-new-inbox.ts';
import './cw-settings-preview.ts';
import './cw-secrets.ts';
import './cw-settings-form.ts';
import './cw-teams.ts';
import './cw-triggers.ts';
import type { CwFieldEvent, CwSettingsForm } from './cw-settings-form.ts';
import { settingsStyles } from './cw-settings.styles.ts';
import { pagesOf, type SettingsPage } from './field-schema.ts';
import { formStyles } from './form.styles.ts';
import { stepsOf } from './json-pointer.ts';
import type { UploadImage } from './image-uploads.ts';
import { leaveDialog } from './leave-dialog.ts';
import { saveBar } from './save-bar.ts';
import { settingsAddress, type SettingsPlace } from './settings-address.ts';
import { SettingsController } from './settings-controller.ts';
import { settingsNav, type NavPage } from './settings-nav.ts';

/** The pages that no schema makes. */
const NEW = 'new';
const AGENTS = 'agents';
const ATTRIBUTES = 'attributes';
const INSTALLATION = 'installation';
const SECURITY = 'security';
const RULES = 'assignment-rules';
const TEAMS = 'teams';
const TRIGGERS = 'triggers';

/**
 * The console's settings: pages that are made of the server's schema beside the real widget with what they say, and the
 * few pages that are not: installation, a new inbox, agents.
 *
 * @internal
 */
export class CwSettings extends LitElement {
  static override styles = [shared, consoleStyles, formStyles, settingsStyles];

  /** Origin of the chat server. */
  @property() server = '';
  @property({ attribute: false }) place: SettingsPlace = { inboxId: '', page: '' };
  @property({ reflect: true }) layout: Layout = 'wide';
  @property() override lang = 'en';
  /** Who looks at it may change it. */
  @property({ type: Boolean }) admin = false;
  /** The id of who looks at it. */
  @property({ attribute: 'agent-id' }) agentId = '';

  @state() private previewShown = false;
  /** Where they were about to go, when something was not saved. */
  @state() private leaving: (() => void) | undefined;
  @query('cw-settings-form') private form!: CwSettingsForm | null;

  #closed = new AbortController();
  #client: AdminClient | undefined;
  /** The page that was shown last. */
  #shown = '';
  readonly #settings = new SettingsController(this, () => this.#admin);

  /** Whether nothing would be lost there; else it is asked, and `go` called when the answer is to leave. */
  mayGo(place: SettingsPlace | undefined, go: () => void): boolean {
    const isStay = place && (!place.inboxId || place.inboxId === this.#inboxId);
    if (isStay || !this.#settings.isChanged) return true;
    this.leaving = go;
    return false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.#client && this.admin) void this.#settings.load(this.place.inboxId);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moved within the page, it is back at once and knows what it has read.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#closed.abort();
      this.#closed = new AbortController();
      this.#client = undefined;
    });
  }

  get #admin(): AdminClient {
    return (this.#client ??= new AdminClient({
      server: this.server || location.origin,
      signal: this.#closed.signal,
    }));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('place') && this.admin)
      void this.#settings.open(this.place.inboxId || this.#settings.inbox?.id || '');
    if (changed.has('place')) this.previewShown = false;
  }

  protected override updated(): void {
    const page = `${this.#inboxId} ${this.#page}`;
    if (page === this.#shown || !this.#settings.draft) return;
    // Whoever was in a form that is gone is at the beginning of what came instead.
    const isLost = this.#shown !== '' && (document.activeElement ?? document.body) === document.body;
    if (isLost) this.renderRoot.querySelector('h1')?.focus();
    this.#shown = page;
    this.renderRoot.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.renderRoot.querySelector('.scroll')?.scrollTo(0, 0);
  }

  protected override render() {
    const { problem, draft } = this.#settings;
    if (!this.admin) return html`<div class="rest"><p>${strings.adminsOnly}</p></div>`;
    if (problem) {
      return html`
        <div class="rest" role="alert">
          <p>${problem}</p>
          <button class="button" type="button" @click=${() => void this.#settings.load(this.place.inboxId)}>
            ${strings.tryAgain}
          </button>
        </div>
      `;
    }
    if (!draft) return html`<div class="rest wait" role="status">${strings.loading}</div>`;
    const pages = this.#pages();
    const page = pages.find(({ name }) => name === this.#page);
    return html`
      ${settingsNav({
        pages,
        current: this.#page,
        inboxes: this.#settings.inboxes,
        inboxId: this.#inboxId,
        narrow: this.layout !== 'wide',
      })}
      ${page ? this.#renderPage(page) : html`<div class="rest"><p>${strings.noSuchPage}</p></div>`}
      ${leaveDialog(this.leaving, {
        save: () => void this.#saveAndLeave(),
        discard: () => this.#discardAndLeave(),
        stay: () => (this.leaving = undefined),
      })}
    `;
  }

  #renderPage({ name, title, description, groups }: NavPage) {
    const isForm = groups.length > 0;
    return html`
      <div class="work ${isForm ? '' : 'alone'}" ?hidden=${this.previewShown && this.layout !== 'wide'}>
        <div class="scroll">
          <header>
            <h1 tabindex="-1">${title}</h1>
            ${description ? html`<p>${description}</p>` : nothing}
          </header>
          ${isForm ? this.#renderForm(groups) : nothing} ${this.#renderOther(name)}
        </div>
        ${isForm || this.#settings.isChanged ? this.#renderBar() : nothing}
      </div>
      ${isForm ? this.#renderPreview() : nothing}
    `;
  }

  #renderForm(groups: readonly string[]) {
    const { draft, errors, warnings } = this.#settings;
    return html`
      <form novalidate @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
        <cw-settings-form
          .draft=${draft!}
          .groups=${groups}
          .errors=${errors}
          .warnings=${warnings}
          .uploadImage=${this.#uploadImage}
          .lang=${this.lang}
          @cw-field=${({ pointer, value }: CwFieldEvent) => this.#settings.change(pointer, value)}
        ></cw-settings-form>
      </form>
    `;
  }

  readonly #uploadImage: UploadImage = (file, onProgress) => this.#admin.uploadImage(this.#inboxId, file, onProgress);

  #renderOther(page: string) {
    const { inbox } = this.#settings;
    switch (page) {
      case SECURITY:
        return html`<cw-secrets .client=${this.#admin} .inboxId=${this.#inboxId} .lang=${this.lang}></cw-secrets>`;
      case INSTALLATION:
        return html`<cw-installation
          .server=${this.server || location.origin}
          .inbox=${inbox!}
          .rename=${(name: string) => this.#settings.rename(name)}
        ></cw-installation>`;
      case NEW:
        return html`<cw-new-inbox .client=${this.#admin} @cw-inbox-made=${this.#onInboxMade}></cw-new-inbox>`;
      case AGENTS:
        return html`<cw-agents .client=${this.#admin} .agentId=${this.agentId}></cw-agents>`;
      case ATTRIBUTES:
        return html`<cw-attributes
          .client=${this.#admin}
          @cw-attributes=${() => void this.#settings.readSchema()}
        ></cw-attributes>`;
      case TEAMS:
        return html`<cw-teams .client=${this.#admin}></cw-teams>`;
      case RULES:
        return keyed(
          this.#inboxId,
          html`<cw-assignment-rules .client=${this.#admin} .inboxId=${this.#inboxId}></cw-assignment-rules>`,
        );
      case TRIGGERS:
        // Another inbox's are other ones.
        return keyed(this.#inboxId, html`<cw-triggers .client=${this.#admin} .inboxId=${this.#inboxId}></cw-triggers>`);
      default:
        return nothing;
    }
  }

  #renderBar() {
    return saveBar({
      settings: this.#settings,
      layout: this.layout,
      onSave: () => void this.#save(),
      onPreview: () => (this.previewShown = true),
    });
  }

  /** Where there is no room for it beside the form, it comes when it is asked for. */
  #renderPreview() {
    const { preview, previewProblem } = this.#settings;
    const isWide = this.layout === 'wide';
    if (!isWide && !this.previewShown) return nothing;
    const back = html`
      <button class="button" type="button" @click=${() => (this.previewShown = false)}>${strings.hidePreview}</button>
    `;
    return html`
      <aside aria-label=${strings.preview}>
        ${isWide ? nothing : back}
        <cw-settings-preview .answer=${preview} .problem=${previewProblem}></cw-settings-preview>
      </aside>
    `;
  }

  get #inboxId(): string {
    return this.#settings.inbox?.id ?? '';
  }

  /** The page on screen: the one of the address, else the first. */
  get #page(): string {
    return this.place.page || (this.#pages()[0]?.name ?? '');
  }

  /** All of them; what is no page of the schema has no groups. */
  #pages(): readonly NavPage[] {
    const { draft } = this.#settings;
    const inboxId = this.#inboxId;
    const link = (page: SettingsPage): NavPage => ({ ...page, href: settingsAddress({ inboxId, page: page.name }) });
    const server = (page: SettingsPage): NavPage => ({ ...page, href: settingsAddress({ page: page.name }) });
    return [
      ...(draft ? pagesOf(draft.schema) : []).map(link),
      link({ name: RULES, title: rules.title, description: rules.titleHint, groups: [] }),
      link({ name: TRIGGERS, title: triggers.title, description: triggers.titleHint, groups: [] }),
      link({ name: INSTALLATION, title: strings.installation, description: '', groups: [] }),
      server({ name: NEW, title: strings.newInbox, description: strings.newInboxHint, groups: [] }),
      server({ name: ATTRIBUTES, title: words.title, description: words.titleHint, groups: [] }),
      server({ name: TEAMS, title: teams.title, description: teams.titleHint, groups: [] }),
      server({ name: AGENTS, title: strings.agents, description: strings.agentsHint, groups: [] }),
    ];
  }

  async #save(): Promise<boolean> {
    if (!this.#settings.isChanged) return true;
    const isSaved = await this.#settings.save();
    const [wrong] = this.#settings.errors.keys();
    if (wrong !== undefined) await this.#showField(wrong);
    return isSaved;
  }

  /** Goes to the page of a field, and to the field. */
  async #showField(pointer: string): Promise<void> {
    const [group = ''] = stepsOf(pointer);
    const page = this.#pages().find(({ groups }) => groups.includes(group));
    if (page && page.name !== this.#page) this.place = { inboxId: this.#inboxId, page: page.name };
    this.previewShown = false;
    await this.updateComplete;
    await this.form?.updateComplete;
    this.form?.focusField(pointer);
    if (page) history.replaceState(null, '', page.href);
  }

  async #saveAndLeave(): Promise<void> {
    const go = this.leaving;
    this.leaving = undefined;
    if (await this.#save()) go?.();
  }

  #discardAndLeave(): void {
    const go = this.leaving;
    this.leaving = undefined;
    this.#settings.undo();
    go?.();
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    void this.#save();
  }

  #onInboxMade({ inboxId }: CwInboxMadeEvent): void {
    location.hash = settingsAddress({ inboxId, page: INSTALLATION });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-settings': CwSettings;
  }
}

if (!customElements.get('cw-settings')) customElements.define('cw-settings', CwSettings);

import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import type { ChatError } from '../api/chat-error.ts';
import type { ChatState } from '../api/chat-state.ts';
import type { FormField } from '../api/protocol.ts';
import { saveForm } from '../api/session-form.ts';
import { stringsContext } from '../context/strings-context.ts';
import { english } from '../text/gate-strings.ts';
import { defaultWords } from '../text/words.ts';
import type { CwForm, CwSubmitEvent } from './cw-form.ts';
import './cw-form.ts';
import { gateStyles } from './cw-gate.styles.ts';
import type { PanelPage } from './panel-page.ts';
import { CONSENT, questionsOf } from './questions.ts';
import { richText } from './rich-text.ts';
import { shared } from './tokens.styles.ts';

/**
 * What is asked before the first message of a conversation: the inbox's questions, as far as nobody knows the answers yet,
 * and its consent. Stands where one would write.
 *
 * @internal
 */
export class CwGate extends LitElement {
  static override styles = [shared, gateStyles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  @property({ attribute: false }) page!: PanelPage;
  @property({ attribute: false }) state!: ChatState;

  @state() private busy = false;
  /** What is asked stays the same while it is being answered. */
  #asked: { of: unknown[]; fields: readonly FormField[] } = { of: [], fields: [] };
  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });

  get #strings() {
    return (this.#words.value ?? defaultWords).of('gate', english);
  }

  protected override firstUpdated(): void {
    // Whoever came here by a click wants to answer; a keyboard that covers half of the screen comes only when asked for.
    const root = this.getRootNode();
    const isWaiting = root instanceof ShadowRoot && (root.activeElement ?? this.parentElement) === this.parentElement;
    if (isWaiting && !matchMedia('(pointer: coarse)').matches) void this.#form.updateComplete.then(() => this.focus());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('state') || this.busy) return;
    const { fields, consent } = questionsOf(this.state);
    const of = [this.state.settings?.forms, this.state.contact, this.state.online];
    if (of.every((part, index) => part === this.#asked.of[index])) return;
    const agreement: FormField = { key: CONSENT, label: consent, type: 'checkbox', required: true };
    this.#asked = { of, fields: consent ? [...fields, agreement] : fields };
  }

  protected override render() {
    const { fields, isOffline } = questionsOf(this.state);
    const title = isOffline
      ? this.#strings.titleOffline
      : fields.length
        ? this.#strings.title
        : this.#strings.consentTitle;
    return html`
      <h3>${title}</h3>
      ${isOffline ? html`<p>${this.#strings.hintOffline}</p>` : nothing}
      <cw-form
        exportparts="button"
        role="group"
        aria-label=${title}
        .fields=${this.#asked.fields}
        .labelOf=${this.#labelOf}
        .drafts=${this.page.client.drafts}
        draft="form gate"
        .submit=${this.#strings.go}
        .busy=${this.busy}
        @cw-submit=${this.#onSubmit}
      ></cw-form>
    `;
  }

  get #form(): CwForm {
    return this.renderRoot.querySelector('cw-form')!;
  }

  /** The consent has links. */
  readonly #labelOf = ({ key, label }: FormField) =>
    key === CONSENT ? richText(label, this.#words.value ?? defaultWords) : label;

  async #onSubmit({ values }: CwSubmitEvent): Promise<void> {
    const { page } = this;
    this.busy = true;
    try {
      await saveForm(page.client, values);
      this.#form.forget();
      page.passed = true;
      page.go('', page.screen);
    } catch (error) {
      this.#form.refuse(error as ChatError);
    } finally {
      this.busy = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-gate': CwGate;
  }
}

if (!customElements.get('cw-gate')) customElements.define('cw-gate', CwGate);

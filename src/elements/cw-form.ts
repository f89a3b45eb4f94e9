import { ContextConsumer } from '@lit/context';
import { html, LitElement } from 'lit';
import { property } from 'lit/decorators/property.js';
import { repeat } from 'lit/directives/repeat.js';
import { state } from 'lit/decorators/state.js';
import type { ChatError } from '../api/chat-error.ts';
import type { Drafts } from '../api/drafts.ts';
import type { FormField, FormValues } from '../api/protocol.ts';
import { stringsContext } from '../context/strings-context.ts';
import { english } from '../text/form-strings.ts';
import { defaultWords } from '../text/words.ts';
import { controlStyles } from './controls.styles.ts';
import { formStyles } from './cw-form.styles.ts';
import { fieldView, problemWith, valueOf } from './form-fields.ts';
import { failureOf } from './form-failure.ts';
import { CONSENT } from './questions.ts';
import { shared } from './tokens.styles.ts';

/** Somebody has filled in a form, and nothing seems to be wrong with it. */
export class CwSubmitEvent extends Event {
  readonly values: FormValues;

  constructor(values: FormValues) {
    super('cw-submit');
    this.values = values;
  }
}

/**
 * A form made of `FormField`s: before a conversation, or in a message. It checks what was typed, says under each field
 * what is wrong with it, and leads to the first wrong one. Whoever listens says when it works (`busy`) and what the server
 * has refused (`refuse`).
 *
 * @slot - Between the fields and the button.
 * @slot others - Beside the button: what else can be done.
 * @fires {CwSubmitEvent} cw-submit - Filled in and checked.
 * @internal
 */
export class CwForm extends LitElement {
  static override styles = [shared, controlStyles, formStyles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  @property({ attribute: false }) fields: readonly FormField[] = [];
  /** What stands in the fields first. */
  @property({ attribute: false }) values: FormValues = {};
  /** Where what is half filled in is kept, and as what; without it, it is not. */
  @property({ attribute: false }) drafts?: Pick<Drafts, 'get' | 'set'>;
  @property() draft = '';
  /** What stands as the label of a field, where it is more than a text. */
  @property({ attribute: false }) labelOf: (field: FormField) => unknown = ({ label }) => label;
  /** Text of the button. */
  @property() submit = '';
  /** What was filled in is on its way. */
  @property({ type: Boolean }) busy = false;

  /** By key. */
  @state() private problems: Readonly<Record<string, string>> = {};
  /** What is wrong with no field alone. */
  @state() private failure = '';
  /** What was left half filled in, as it stood in the fields. */
  #left?: FormValues;
  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });

  get #strings() {
    return (this.#words.value ?? defaultWords).of('form', english);
  }

  /** What stands in the fields now, wrong or not. */
  get typed(): FormValues {
    const values = this.fields.map((field) => [field.key, valueOf(field, this.#controlOf(field))] as const);
    return Object.fromEntries(values.filter((pair): pair is [string, FormValues[string]] => pair[1] !== undefined));
  }

  /** It is sent: nothing of it is kept any more. */
  forget(): void {
    this.drafts?.set(this.draft, '');
  }

  /** The server has refused it: says so at the field that it names, else below. */
  refuse(error: ChatError): void {
    const key = error.field?.split('/').at(-1);
    const field = this.fields.find((each) => each.key === key);
    if (field) this.#complain({ [field.key]: this.#strings.refused });
    else this.failure = failureOf(error, this.#words.value ?? defaultWords);
  }

  protected override willUpdate(): void {
    this.#left ??= JSON.parse(this.drafts?.get(this.draft) || '{}') as FormValues;
  }

  protected override render() {
    return html`
      <form novalidate aria-busy=${this.busy} @submit=${this.#onSubmit} @input=${this.#onInput}>
        ${repeat(
          this.fields,
          ({ key }) => key,
          (field, index) =>
            fieldView(field, `field-${index}`, {
              label: this.labelOf(field),
              value: this.#left?.[field.key] ?? this.values[field.key],
              problem: this.problems[field.key] ?? '',
              strings: this.#strings,
            }),
        )}
        <slot></slot>
        <p class="problem" role="alert">${this.failure}</p>
        <div class="buttons">
          <!-- Not disabled while busy: that would throw the focus away. -->
          <button class="primary" part="button" type="submit" aria-disabled=${this.busy}>
            ${this.busy ? this.#strings.working : this.submit || this.#strings.submit}
          </button>
          <slot name="others"></slot>
        </div>
      </form>
    `;
  }

  #controlOf(field: FormField): HTMLInputElement | HTMLSelectElement {
    return this.renderRoot.querySelector(`#field-${this.fields.indexOf(field)}`)!;
  }

  #keep(): void {
    const raw = this.fields.map((field) => {
      const control = this.#controlOf(field);
      return [field.key, 'checked' in control && field.type === 'checkbox' ? control.checked : control.value] as const;
    });
    // To agree is an act of its own, each time.
    this.drafts?.set(this.draft, JSON.stringify(Object.fromEntries(raw.filter(([key]) => key !== CONSENT))));
  }

  #onInput(event: Event): void {
    this.#keep();
    const index = (event.target as HTMLElement).id.replace('field-', '');
    const key = this.fields[Number(index)]?.key;
    this.failure = '';
    if (key && this.problems[key]) this.problems = { ...this.problems, [key]: '' };
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.busy) return;
    this.failure = '';
    const wrong = this.fields.map(
      (field) => [field.key, problemWith(field, this.#controlOf(field), this.#strings)] as const,
    );
    this.#complain(Object.fromEntries(wrong.filter(([, problem]) => problem)));
    if (!Object.keys(this.problems).length) this.dispatchEvent(new CwSubmitEvent(this.typed));
  }

  #complain(problems: Readonly<Record<string, string>>): void {
    this.problems = problems;
    const first = this.fields.find(({ key }) => problems[key]);
    // Once it is described by what is wrong with it.
    if (first) void this.updateComplete.then(() => this.#controlOf(first).focus());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-form': CwForm;
  }
}

if (!customElements.get('cw-form')) customElements.define('cw-form', CwForm);

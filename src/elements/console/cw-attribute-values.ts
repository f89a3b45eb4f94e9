import { ContextConsumer } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ChatError } from '../../api/chat-error.ts';
import type { AttributeChanges } from '../../api/agent-client.ts';
import type { AttributeDefinition } from '../../api/protocol.ts';
import { consoleStringsContext } from '../../context/console-strings-context.ts';
import { defaultConsoleWords, type ConsoleStrings } from '../../text/console-strings.ts';
import { controlStyles } from '../controls.styles.ts';
import { shared } from '../tokens.styles.ts';
import { consoleStyles } from './console.styles.ts';
import { detailsStyles } from './cw-details.styles.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * What a contact or a conversation has of the attributes that are defined, and a form to change those that agents may
 * write. Draws nothing where none is defined.
 *
 * @internal
 */
export class CwAttributeValues extends LitElement {
  static override styles = [
    shared,
    consoleStyles,
    controlStyles,
    detailsStyles,
    css`
      :host {
        display: block;
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
        min-block-size: 28px;
        margin-block-end: 4px;
      }
      h3 {
        margin: 0;
      }
      form {
        display: grid;
        gap: 12px;
      }
      .field {
        display: grid;
        gap: 4px;
      }
      .answers {
        display: flex;
        gap: 8px;
      }
      .problem {
        color: var(--chat-danger);
      }
    `,
  ];

  /** Stands above. */
  @property() heading = '';
  @property({ attribute: false }) definitions: readonly AttributeDefinition[] = [];
  @property({ attribute: false }) values: Values = {};
  /** Keys of those that nobody has proven. */
  @property({ attribute: false }) unproven: ReadonlySet<string> = new Set();
  /** Writes what was changed; rejects with ChatError. */
  @property({ attribute: false }) save!: (changes: AttributeChanges) => Promise<void>;

  /** What is in the fields; undefined: nothing is being changed. */
  @state() private draft: Readonly<Record<string, string>> | undefined;
  @state() private saving = false;
  @state() private fault: { readonly key: string; readonly words: string } | undefined;
  @query('.edit') private editButton!: HTMLButtonElement | null;

  readonly #words = new ContextConsumer(this, { context: consoleStringsContext, subscribe: true });

  protected override render() {
    const { strings } = this.#words.value ?? defaultConsoleWords;
    if (!this.definitions.length) return nothing;
    return html`
      <section aria-labelledby="heading">
        <header>
          <h3 id="heading">${this.heading}</h3>
          ${
            this.draft || !this.#writable.length
              ? nothing
              : html`<button
                  class="link edit"
                  type="button"
                  aria-label="${strings.edit}: ${this.heading}"
                  @click=${this.#onEdit}
                >
                  ${strings.edit}
                </button>`
          }
        </header>
        ${this.draft ? this.#renderForm(this.draft, strings) : this.#renderValues(strings)}
      </section>
    `;
  }

  #renderValues(strings: ConsoleStrings) {
    const known = this.definitions.filter(({ key }) => this.#isKnown(key));
    if (!known.length) return html`<p class="hint">${strings.nothingKnown}</p>`;
    return html`
      <dl aria-labelledby="heading">
        ${known.map(
          ({ key, label }) => html`
            <dt dir="auto">${label}</dt>
            <dd>
              <span dir="auto">${inWords(this.values[key], strings)}</span>
              ${this.unproven.has(key) ? html`<span class="hint">${strings.notVerified}</span>` : nothing}
            </dd>
          `,
        )}
      </dl>
    `;
  }

  #renderForm(draft: Readonly<Record<string, string>>, strings: ConsoleStrings) {
    return html`
      <form novalidate @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
        ${this.#writable.map((definition) => this.#renderField(definition, draft[definition.key] ?? '', strings))}
        <p class="problem" role="alert">${this.fault && !this.fault.key ? this.fault.words : ''}</p>
        <div class="answers">
          <button class="primary" type="submit" aria-disabled=${this.saving}>${strings.save}</button>
          <button class="secondary" type="button" @click=${this.#close}>${strings.cancel}</button>
        </div>
      </form>
    `;
  }

  #renderField(definition: AttributeDefinition, value: string, strings: ConsoleStrings) {
    const { key, label, type } = definition;
    const fault = this.fault?.key === key ? this.fault.words : '';
    const id = `field-${key}`;
    const onInput = ({ target }: Event) =>
      (this.draft = { ...this.draft, [key]: (target as HTMLInputElement | HTMLSelectElement).value });
    const choices = choicesOf(definition, value, strings);
    return html`
      <div class="field">
        <label for=${id} dir="auto">${label}</label>
        ${
          choices
            ? html`<select
                id=${id}
                aria-describedby=${fault ? `${id}-fault` : nothing}
                aria-invalid=${fault ? 'true' : nothing}
                @change=${onInput}
              >
                ${choices.map(
                  ([each, words]) => html`<option value=${each} ?selected=${each === value}>${words}</option>`,
                )}
              </select>`
            : html`<input
                id=${id}
                type=${type === 'number' || type === 'date' ? type : 'text'}
                .step=${'any'}
                dir="auto"
                autocomplete="off"
                maxlength="1000"
                aria-describedby=${fault ? `${id}-fault` : nothing}
                aria-invalid=${fault ? 'true' : nothing}
                .value=${value}
                @input=${onInput}
              />`
        }
        ${fault ? html`<p class="problem" id="${id}-fault" role="alert">${fault}</p>` : nothing}
      </div>
    `;
  }

  get #writable(): readonly AttributeDefinition[] {
    return this.definitions.filter(({ writers }) => writers.includes('agent'));
  }

  #isKnown(key: string): boolean {
    return (this.values[key] ?? null) !== null;
  }

  readonly #onEdit = async (): Promise<void> => {
    this.draft = Object.fromEntries(
      this.#writable.map(({ key }) => [key, this.#isKnown(key) ? asText(this.values[key]) : '']),
    );
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('input, select')?.focus();
  };

  readonly #close = async (): Promise<void> => {
    this.draft = this.fault = undefined;
    await this.updateComplete;
    this.editButton?.focus();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // Only this is called off, not the drawer that it may stand in.
    event.preventDefault();
    event.stopPropagation();
    void this.#close();
  };

  readonly #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.saving || !this.draft) return;
    const changes = this.#changes(this.draft);
    if (!Object.keys(changes).length) return this.#close();
    this.saving = true;
    this.fault = undefined;
    try {
      await this.save(changes);
      await this.#close();
    } catch (error) {
      const { code, field = '', message } = error as ChatError;
      const { strings } = this.#words.value ?? defaultConsoleWords;
      const isField = code === 'bad_request' && field !== '';
      this.fault = isField ? { key: field.slice(1), words: message } : { key: '', words: strings.notSaved };
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    } finally {
      this.saving = false;
    }
  };

  /** What is other than it was; null: it is to go. */
  #changes(draft: Readonly<Record<string, string>>): AttributeChanges {
    const changed = this.#writable.filter(
      ({ key }) => (draft[key] ?? '') !== (this.#isKnown(key) ? asText(this.values[key]) : ''),
    );
    return Object.fromEntries(
      changed.map(({ key, type }): [string, string | number | boolean | null] => {
        const text = (draft[key] ?? '').trim();
        if (text === '') return [key, null];
        if (type === 'boolean') return [key, text === 'true'];
        return [key, type === 'number' ? Number(text) : text];
      }),
    );
  }
}

/** What can be chosen, an old value that is no choice any more included; undefined where one writes. */
function choicesOf(
  { type, options = [] }: AttributeDefinition,
  value: string,
  strings: ConsoleStrings,
): readonly (readonly [value: string, words: string])[] | undefined {
  const none = ['', strings.notSet] as const;
  if (type === 'boolean') return [none, ['true', strings.yes], ['false', strings.no]];
  if (type !== 'list') return undefined;
  return [none, ...[...new Set([...options, value])].filter(Boolean).map((each) => [each, each] as const)];
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function inWords(value: unknown, { yes, no }: ConsoleStrings): string {
  return typeof value === 'boolean' ? (value ? yes : no) : asText(value);
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-attribute-values': CwAttributeValues;
  }
}

if (!customElements.get('cw-attribute-values')) customElements.define('cw-attribute-values', CwAttributeValues);

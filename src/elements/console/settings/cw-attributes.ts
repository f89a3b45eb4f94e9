import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AdminClient, AttributeChange, JsonObject } from '../../../api/admin-client.ts';
import type { ChatError } from '../../../api/chat-error.ts';
import type { AttributeDefinition } from '../../../api/protocol.ts';
import { english as strings } from '../../../text/attribute-strings.ts';
import { fill } from '../../../text/phrase.ts';
import { shared } from '../../tokens.styles.ts';
import { consoleStyles } from '../console.styles.ts';
import { newKey } from '../form-keys.ts';
import { attributesStyles } from './cw-attributes.styles.ts';
import './cw-settings-form.ts';
import type { CwFieldEvent, CwSettingsForm } from './cw-settings-form.ts';
import type { FieldSchema } from './field-schema.ts';
import { formStyles } from './form.styles.ts';
import { modal } from './modal.ts';
import { sentenceOf } from './settings-controller.ts';
import { SettingsDraft } from './settings-draft.ts';
import { submitOnEnter } from './submit-on-enter.ts';

/** What can be changed of an attribute at any time. */
const LABEL: FieldSchema = { type: 'string', title: strings.label, description: strings.labelHint, maxLength: 80 };
const OPTIONS: FieldSchema = {
  type: 'array',
  title: strings.options,
  items: { type: 'string', maxLength: 120 },
  maxItems: 100,
  default: [],
  'x-item': strings.option,
};
const WRITERS: FieldSchema = {
  type: 'array',
  title: strings.writers,
  items: { enum: ['agent', 'visitor', 'api'], 'x-labels': strings.writerNames },
  default: ['agent', 'visitor', 'api'],
};
const CHANGE: FieldSchema = { type: 'object', properties: { label: LABEL, writers: WRITERS } };
const CHANGE_LIST: FieldSchema = { type: 'object', properties: { label: LABEL, options: OPTIONS, writers: WRITERS } };

/** What `POST /v1/attributes` takes, as the form shows it. */
const NEW: FieldSchema = {
  type: 'object',
  properties: {
    label: LABEL,
    key: { type: 'string', title: strings.key, description: strings.keyHint, maxLength: 64 },
    owner: { enum: ['contact', 'conversation'], title: strings.owner, 'x-labels': strings.owners, default: 'contact' },
    type: {
      enum: ['string', 'number', 'boolean', 'date', 'list'],
      title: strings.type,
      'x-labels': strings.types,
      default: 'string',
    },
    options: { ...OPTIONS, 'x-only-if': { field: 'type', is: ['list'] } },
    writers: WRITERS,
  },
};

const empty = (): SettingsDraft =>
  new SettingsDraft(NEW, { owner: 'contact', type: 'string', options: [], writers: ['agent', 'visitor', 'api'] });

/**
 * Which fields contacts and conversations have beyond their own: adding one, changing one, forgetting one.
 *
 * @fires {Event} cw-attributes - They are others now.
 * @internal
 */
export class CwAttributes extends LitElement {
  static override styles = [shared, consoleStyles, formStyles, attributesStyles];

  @property({ attribute: false }) client!: AdminClient;

  @state() private defined: readonly AttributeDefinition[] | undefined;
  @state() private draft = empty();
  @state() private errors: ReadonlyMap<string, string> = new Map();
  @state() private saving = false;
  /** The one that is being changed; none: a new one is made. */
  @state() private changing: AttributeDefinition | undefined;
  @state() private asking: AttributeDefinition | undefined;
  @state() private news = '';
  @state() private failed = false;
  @query('cw-settings-form') private form!: CwSettingsForm;

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render() {
    const { defined, changing } = this;
    const title = changing ? fill(strings.changeTitle, { label: changing.label }) : strings.addTitle;
    return html`
      ${
        defined?.length
          ? html`<ul>
              ${defined.map((each) => this.#renderAttribute(each))}
            </ul>`
          : html`<p class="none">${defined ? strings.none : nothing}</p>`
      }
      <p role="status" class=${this.failed ? 'error' : 'news'}>${this.news}</p>
      <form novalidate aria-labelledby="title" @submit=${this.#onSubmit} @keydown=${submitOnEnter}>
        <h2 id="title">${title}</h2>
        <cw-settings-form .draft=${this.draft} .errors=${this.errors} @cw-field=${this.#onField}></cw-settings-form>
        <div class="answers">
          <button class="button primary" type="submit" aria-disabled=${this.saving}>
            ${changing ? strings.save : strings.add}
          </button>
          ${
            changing
              ? html`<button class="button" type="button" @click=${() => this.#begin(undefined)}>
                  ${strings.cancel}
                </button>`
              : nothing
          }
        </div>
      </form>
      ${this.asking ? this.#renderQuestion(this.asking) : nothing}
    `;
  }

  #renderAttribute(attribute: AttributeDefinition) {
    const { label, key, owner, type, writers: who } = attribute;
    const names = who.map((each) => strings.writerNames[each]);
    const facts = [strings.owners[owner], strings.types[type], names.join(', ') || strings.nobody];
    return html`
      <li>
        <div class="what">
          <p class="name" dir="auto">${label}</p>
          <p class="hint"><code>${key}</code> · ${facts.join(' · ')}</p>
        </div>
        <button
          class="button"
          type="button"
          aria-label=${fill(strings.changeOne, { label })}
          @click=${() => this.#begin(attribute)}
        >
          ${strings.change}
        </button>
        <button
          class="button"
          type="button"
          aria-label=${fill(strings.deleteOne, { label })}
          @click=${() => (this.asking = attribute)}
        >
          ${strings.delete}
        </button>
      </li>
    `;
  }

  #renderQuestion(attribute: AttributeDefinition) {
    const close = () => (this.asking = undefined);
    const confirm = () => {
      close();
      void this.#delete(attribute);
    };
    return html`
      <dialog aria-labelledby="question" @close=${close} ${modal}>
        <h2 id="question">${fill(strings.deleteTitle, { label: attribute.label })}</h2>
        <p>${strings.deleteText}</p>
        <div class="answers">
          <button class="button" type="button" @click=${close}>${strings.cancel}</button>
          <button class="button danger" type="button" @click=${confirm}>${strings.deleteNow}</button>
        </div>
      </dialog>
    `;
  }

  /** Fills the form with an attribute, or empties it for a new one. */
  #begin(attribute: AttributeDefinition | undefined): void {
    this.changing = attribute;
    this.errors = new Map();
    this.draft = attribute
      ? new SettingsDraft(attribute.type === 'list' ? CHANGE_LIST : CHANGE, {
          ...{ label: attribute.label, options: attribute.options ?? [], writers: attribute.writers },
        })
      : empty();
    void this.#goTo('/label');
  }

  #say(words: string, failed = false): void {
    this.news = words;
    this.failed = failed;
  }

  async #load(): Promise<void> {
    try {
      this.defined = await this.client.attributes();
    } catch {
      this.#say(strings.loadFailed, true);
    }
  }

  async #delete({ id, label }: AttributeDefinition): Promise<void> {
    try {
      await this.client.deleteAttribute(id);
      if (this.changing?.id === id) this.#begin(undefined);
      this.#say(fill(strings.deleted, { label }));
      this.#changed();
    } catch (error) {
      const { code, message } = error as ChatError;
      this.#say(code === 'conflict' ? message : strings.failed, true);
    }
    await this.#load();
  }

  #changed(): void {
    this.dispatchEvent(new Event('cw-attributes'));
  }

  #onField({ pointer, value }: CwFieldEvent): void {
    this.draft = this.draft.with(pointer, value);
    this.errors = new Map([...this.errors].filter(([other]) => other !== pointer));
  }

  async #onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.saving) return;
    this.saving = true;
    this.errors = new Map();
    const { changing } = this;
    try {
      const saved = changing
        ? await this.client.changeAttribute(changing.id, changeOf(this.draft.value, changing.type))
        : await this.client.createAttribute(newOf(this.draft.value, this.defined ?? []));
      this.#say(fill(changing ? strings.changed : strings.added, { label: saved.label }));
      this.changing = undefined;
      this.draft = empty();
      this.#changed();
      await this.#load();
    } catch (error) {
      await this.#refused(error as ChatError);
    } finally {
      this.saving = false;
    }
  }

  async #refused({ field, message }: ChatError): Promise<void> {
    if (!field || !((field.split('/')[1] ?? '') in NEW.properties!)) return this.#say(strings.failed, true);
    this.errors = new Map([[field, sentenceOf(message, field)]]);
    await this.#goTo(field);
  }

  async #goTo(field: string): Promise<void> {
    await this.updateComplete;
    await this.form.updateComplete;
    this.form.focusField(field);
  }
}

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string' && each.trim() !== '') : [];

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function changeOf({ label, options, writers }: JsonObject, type: AttributeDefinition['type']): AttributeChange {
  return {
    label: wordsOf(label),
    ...(type === 'list' && { options: listOf(options) }),
    writers: listOf(writers) as AttributeDefinition['writers'],
  };
}

/** Without a key of one's own, one that is made of the label. */
function newOf(value: JsonObject, known: readonly AttributeDefinition[]): Omit<AttributeDefinition, 'id'> {
  const owner = value['owner'] === 'conversation' ? 'conversation' : 'contact';
  const type = value['type'] as AttributeDefinition['type'];
  const { label = '', writers = [], ...rest } = changeOf(value, type);
  const taken = new Set(known.filter((each) => each.owner === owner).map(({ key }) => key));
  const key = wordsOf(value['key']) || (label && newKey(label, 'number', taken));
  return { owner, key, label, type, writers, ...rest };
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-attributes': CwAttributes;
  }
}

if (!customElements.get('cw-attributes')) customElements.define('cw-attributes', CwAttributes);

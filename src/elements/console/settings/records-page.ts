import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AdminClient, JsonObject } from '../../../api/admin-client.ts';
import type { ChatError } from '../../../api/chat-error.ts';
import type { RecordStrings } from '../../../text/record-strings.ts';
import { fill } from '../../../text/phrase.ts';
import { shared } from '../../tokens.styles.ts';
import { consoleStyles } from '../console.styles.ts';
import './cw-settings-form.ts';
import type { CwFieldEvent, CwSettingsForm } from './cw-settings-form.ts';
import { formStyles } from './form.styles.ts';
import { stepsOf } from './json-pointer.ts';
import { modal } from './modal.ts';
import { recordsStyles } from './records-page.styles.ts';
import { sentenceOf } from './settings-controller.ts';
import type { SettingsDraft } from './settings-draft.ts';
import { submitOnEnter } from './submit-on-enter.ts';

/**
 * A page of things that the server keeps a list of: what there is, and below it a form for one more, or for the one that
 * is being changed. What the things are, and what the form asks, is said by whoever extends it.
 */
export abstract class RecordsPage<R extends { readonly id: string }> extends LitElement {
  static override styles = [shared, consoleStyles, formStyles, recordsStyles];

  @property({ attribute: false }) client!: AdminClient;

  @state() protected records: readonly R[] | undefined;
  @state() private draft: SettingsDraft | undefined;
  @state() private errors: ReadonlyMap<string, string> = new Map();
  @state() private saving = false;
  /** The one that is being changed; none: a new one is made. */
  @state() private changing: R | undefined;
  @state() private asking: R | undefined;
  @state() private news = '';
  @state() private failed = false;
  @query('cw-settings-form') private form!: CwSettingsForm;

  protected abstract readonly strings: RecordStrings;
  /** What it is called among the others. */
  protected abstract labelOf(record: R): string;
  /** What is said of it below that. */
  protected abstract factsOf(record: R): unknown;
  /** What the form shows of it; without one, of a new one. It is asked for after `load()`. */
  protected abstract draftOf(record?: R): SettingsDraft;
  protected abstract load(): Promise<readonly R[]>;
  protected abstract create(value: JsonObject): Promise<R>;
  protected abstract change(record: R, value: JsonObject): Promise<R>;
  protected abstract delete(record: R): Promise<void>;
  /** They are others now. */
  protected changed(): void {}
  /** The field of the form that a field of the wire stands in (JSON pointers). */
  protected fieldOf(pointer: string): string {
    return pointer;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render() {
    const { strings, records, changing, draft } = this;
    const title = changing ? fill(strings.changeTitle, { label: this.labelOf(changing) }) : strings.addTitle;
    return html`
      ${
        records?.length
          ? html`<ul>
              ${records.map((each) => this.#renderRecord(each))}
            </ul>`
          : html`<p class="none">${records ? strings.none : nothing}</p>`
      }
      <p role="status" class=${this.failed ? 'error' : 'news'}>${this.news}</p>
      <form novalidate aria-labelledby="title" ?hidden=${!draft} @submit=${this.#onSubmit} @keydown=${submitOnEnter}>
        <h2 id="title">${title}</h2>
        ${
          draft
            ? html`<cw-settings-form
                .draft=${draft}
                .errors=${this.errors}
                @cw-field=${this.#onField}
              ></cw-settings-form>`
            : nothing
        }
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

  #renderRecord(record: R) {
    const { strings } = this;
    const label = this.labelOf(record);
    return html`
      <li>
        <div class="what">
          <p class="name" dir="auto">${label}</p>
          <p class="hint">${this.factsOf(record)}</p>
        </div>
        <button
          class="button"
          type="button"
          aria-label=${fill(strings.changeOne, { label })}
          @click=${() => this.#begin(record)}
        >
          ${strings.change}
        </button>
        <button
          class="button"
          type="button"
          aria-label=${fill(strings.deleteOne, { label })}
          @click=${() => (this.asking = record)}
        >
          ${strings.delete}
        </button>
      </li>
    `;
  }

  #renderQuestion(record: R) {
    const { strings } = this;
    const close = () => (this.asking = undefined);
    const confirm = () => {
      close();
      void this.#delete(record);
    };
    return html`
      <dialog aria-labelledby="question" @close=${close} ${modal}>
        <h2 id="question">${fill(strings.deleteTitle, { label: this.labelOf(record) })}</h2>
        <p>${strings.deleteText}</p>
        <div class="answers">
          <button class="button" type="button" @click=${close}>${strings.cancel}</button>
          <button class="button danger" type="button" @click=${confirm}>${strings.deleteNow}</button>
        </div>
      </dialog>
    `;
  }

  /** Fills the form with a record, or empties it for a new one. */
  #begin(record: R | undefined): void {
    this.changing = record;
    this.errors = new Map();
    this.draft = this.draftOf(record);
    const [first = ''] = Object.keys(this.draft.schema.properties ?? {});
    void this.#goTo(`/${first}`);
  }

  #say(words: string, failed = false): void {
    this.news = words;
    this.failed = failed;
  }

  async #load(): Promise<void> {
    try {
      this.records = await this.load();
      this.draft ??= this.draftOf();
    } catch {
      this.#say(this.strings.loadFailed, true);
    }
  }

  async #delete(record: R): Promise<void> {
    const { strings } = this;
    try {
      await this.delete(record);
      if (this.changing?.id === record.id) this.#begin(undefined);
      this.#say(fill(strings.deleted, { label: this.labelOf(record) }));
      this.changed();
    } catch (error) {
      const { code, message } = error as ChatError;
      this.#say(code === 'conflict' ? message : strings.failed, true);
    }
    await this.#load();
  }

  #onField({ pointer, value }: CwFieldEvent): void {
    this.draft = this.draft?.with(pointer, value);
    this.errors = new Map([...this.errors].filter(([other]) => other !== pointer));
  }

  async #onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const { changing, draft, strings } = this;
    if (this.saving || !draft) return;
    this.saving = true;
    this.errors = new Map();
    try {
      const saved = changing ? await this.change(changing, draft.value) : await this.create(draft.value);
      this.#say(fill(changing ? strings.changed : strings.added, { label: this.labelOf(saved) }));
      this.changing = undefined;
      this.draft = this.draftOf();
      this.changed();
      await this.#load();
    } catch (error) {
      await this.#refused(error as ChatError);
    } finally {
      this.saving = false;
    }
  }

  async #refused({ code, field, message }: ChatError): Promise<void> {
    const place = field && this.fieldOf(field);
    if (!place || !((stepsOf(place)[0] ?? '') in (this.draft?.schema.properties ?? {}))) {
      return this.#say(code === 'conflict' ? message : this.strings.failed, true);
    }
    this.errors = new Map([[place, sentenceOf(message, field)]]);
    await this.#goTo(place);
  }

  async #goTo(field: string): Promise<void> {
    await this.updateComplete;
    await this.form.updateComplete;
    this.form.focusField(field);
  }
}

/** What is written in a list of texts, without what is empty. */
export const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string' && each.trim() !== '') : [];

/** What is written in a text field. */
export const wordsOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

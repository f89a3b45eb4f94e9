import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Json } from '../../../api/admin-client.ts';
import { shared } from '../../tokens.styles.ts';
import { consoleStyles } from '../console.styles.ts';
import { idOf, type FieldForm } from './field-frame.ts';
import { kindOf } from './field-schema.ts';
import { fieldView, groupView } from './field-view.ts';
import { ImageUploads, type UploadImage } from './image-uploads.ts';
import { below } from './json-pointer.ts';
import { settingsFormStyles } from './cw-settings-form.styles.ts';
import type { SettingsDraft } from './settings-draft.ts';

/** A field says something else. `value` undefined: it is to be as by default. */
export class CwFieldEvent extends Event {
  readonly pointer: string;
  readonly value: Json | undefined;

  constructor(pointer: string, value: Json | undefined) {
    super('cw-field');
    this.pointer = pointer;
    this.value = value;
  }
}

/**
 * A form that is made of a JSON schema: fields, groups and lists as the schema has them, in its order, in its words.
 *
 * @fires {CwFieldEvent} cw-field - A field was changed; whoever holds the draft gives the next one.
 * @internal
 */
export class CwSettingsForm extends LitElement {
  static override styles = [shared, consoleStyles, settingsFormStyles];

  @property({ attribute: false }) draft!: SettingsDraft;
  /** Names of the groups on this page; none: the fields of the document itself. */
  @property({ attribute: false }) groups: readonly string[] = [];
  /** What is not valid, by pointer. */
  @property({ attribute: false }) errors: ReadonlyMap<string, string> = new Map();
  /** What to think of, by pointer. */
  @property({ attribute: false }) warnings: ReadonlyMap<string, readonly string[]> = new Map();
  /** Uploads a picture; without it pictures have addresses only. */
  @property({ attribute: false }) uploadImage: UploadImage | undefined;
  @property() override lang = 'en';

  @state() private news = '';
  #next: { readonly id: string; readonly opens: boolean } | undefined;

  readonly #images = new ImageUploads(this, {
    set: (pointer, address) => this.#form.set(pointer, address),
    focusNext: (id) => this.#form.focusNext(id),
    idOf,
  });
  readonly #form: FieldForm = {
    lang: this.lang,
    at: (pointer) => this.draft.at(pointer),
    set: (pointer, value) => {
      this.#images.forget(pointer);
      this.dispatchEvent(new CwFieldEvent(pointer, value));
    },
    mayReset: (pointer) => this.draft.mayReset(pointer),
    reset: (pointer) => {
      this.dispatchEvent(new CwFieldEvent(pointer, undefined));
      // The button goes with what it undid.
      void this.updateComplete.then(() => this.focusField(pointer));
    },
    errorAt: (pointer) => this.errors.get(pointer) ?? this.#images.problemOf(pointer),
    warningsAt: (pointer) => this.warnings.get(pointer) ?? [],
    announce: (words) => (this.news = words),
    focusNext: (id, opens = false) => {
      this.#next = { id, opens };
      this.requestUpdate();
    },
  };

  /** Puts the focus on a field, or on the nearest thing around it that there is. Whether there is any. */
  focusField(pointer: string): boolean {
    for (let at = pointer; at; at = at.slice(0, at.lastIndexOf('/'))) {
      const field = this.renderRoot.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(at)}"]`);
      if (!field) continue;
      for (let row = field.closest('details'); row; row = row.parentElement!.closest('details')) row.open = true;
      const control = field.querySelector<HTMLElement>('input:not([type="color"]), textarea, select, summary');
      (control ?? field).focus();
      return true;
    }
    return false;
  }

  protected override render() {
    const { schema } = this.draft;
    this.#images.uploadImage = this.uploadImage;
    const form = { ...this.#form, lang: this.lang, ...(this.uploadImage && { images: this.#images }) };
    const groups = this.groups.length ? this.groups : undefined;
    return html`
      ${groups ? groups.map((name, at) => this.#renderGroup(form, name, at > 0)) : groupView(form, '', schema)}
      <p class="unseen" role="status">${this.news}</p>
    `;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const next = this.#next;
    if (!next) return;
    const target = this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(next.id)}`);
    if (!target) return;
    this.#next = undefined;
    const details = next.opens ? target.closest('details') : null;
    if (details) details.open = true;
    (details?.querySelector<HTMLElement>('input, textarea, select') ?? target).focus();
  }

  #renderGroup(form: FieldForm, name: string, hasHeading: boolean) {
    const schema = this.draft.schema.properties?.[name];
    if (!schema) return nothing;
    const pointer = below('', name);
    // A group may be one control as a whole.
    if (kindOf(schema) !== 'group') return fieldView({ form, pointer, schema, label: schema.title ?? name });
    const fields = groupView(form, pointer, schema);
    // The first one's name is the page's.
    if (!hasHeading) return html`<div class="group">${fields}</div>`;
    return html`
      <section class="group" aria-labelledby="group-${name}">
        <h2 id="group-${name}">${schema.title ?? name}</h2>
        ${schema.description ? html`<p class="about">${schema.description}</p>` : nothing} ${fields}
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-settings-form': CwSettingsForm;
  }
}

if (!customElements.get('cw-settings-form')) customElements.define('cw-settings-form', CwSettingsForm);

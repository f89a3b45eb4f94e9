import { html, nothing, type TemplateResult } from 'lit';
import type { Json } from '../../../api/admin-client.ts';
import { fill } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import type { FieldSchema } from './field-schema.ts';
import type { FieldImages } from './image-uploads.ts';
import { resetIcon } from './settings-icons.ts';

/** What the views of fields ask of their form. Pointers are JSON Pointers into the document that is being changed. */
export interface FieldForm {
  /** BCP 47 tag, for the names of days. */
  readonly lang: string;
  readonly at: (pointer: string) => Json | undefined;
  /** `value` undefined: as it is by default. */
  readonly set: (pointer: string, value: Json | undefined) => void;
  /** There is a default that the field does not have. */
  readonly mayReset: (pointer: string) => boolean;
  readonly reset: (pointer: string) => void;
  /** What the server does not take in a field. */
  readonly errorAt: (pointer: string) => string | undefined;
  /** What it takes, but warns about. */
  readonly warningsAt: (pointer: string) => readonly string[];
  /** Where pictures can be uploaded; without it they have addresses only. */
  readonly images?: FieldImages;
  /** Says something to who cannot see what happened. */
  readonly announce: (words: string) => void;
  /** Moves the focus once the form shows what it has been told; with `opens`, into the row that has this summary. */
  readonly focusNext: (id: string, opens?: boolean) => void;
}

/** One field: where it is, and what it is. */
export interface Field {
  readonly form: FieldForm;
  readonly pointer: string;
  readonly schema: FieldSchema;
  /** Its title; rows give their own. */
  readonly label: string;
  readonly required?: boolean;
}

/** The id of a field's control; what belongs to it has a suffix. */
export function idOf(pointer: string): string {
  return `field${pointer.replaceAll(/[^\w-]/g, '-')}`;
}

/** The ids of what describes a field, for `aria-describedby`. */
export function describedBy({ form, pointer, schema }: Field): string | typeof nothing {
  const id = idOf(pointer);
  const ids = [
    ...(schema.description ? [`${id}-hint`] : []),
    ...(form.errorAt(pointer) ? [`${id}-error`] : []),
    ...(form.warningsAt(pointer).length ? [`${id}-warning`] : []),
  ];
  return ids.join(' ') || nothing;
}

/** `true` while the server has refused what the field says. */
export function invalid({ form, pointer }: Field): 'true' | typeof nothing {
  return form.errorAt(pointer) ? 'true' : nothing;
}

/** What stands below a control: its description, what is wrong, what to think of. */
export function notes({ form, pointer, schema }: Field) {
  const id = idOf(pointer);
  const error = form.errorAt(pointer);
  const warnings = form.warningsAt(pointer);
  return html`
    ${schema.description ? html`<p class="hint" id="${id}-hint">${schema.description}</p>` : nothing}
    ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}
    ${
      warnings.length
        ? html`<div class="warning" id="${id}-warning">${warnings.map((words) => html`<p>${words}</p>`)}</div>`
        : nothing
    }
  `;
}

/** The button that puts a field back to its default, where that makes a difference. */
export function resetButton({ form, pointer, label }: Field) {
  if (!form.mayReset(pointer)) return nothing;
  return html`
    <button
      class="icon-button reset"
      type="button"
      aria-label=${fill(strings.reset, { field: label })}
      data-tip=${strings.resetTip}
      @click=${() => form.reset(pointer)}
    >
      ${resetIcon}
    </button>
  `;
}

/** A control with its label above it. */
export function labelled(field: Field, control: TemplateResult) {
  const { pointer, label } = field;
  return html`
    <div class="field" data-pointer=${pointer}>
      <div class="head">
        <label for=${idOf(pointer)}>${label}</label>
        ${resetButton(field)}
      </div>
      ${control} ${notes(field)}
    </div>
  `;
}

/** Several controls under one name. */
export function fieldset(field: Field, controls: unknown) {
  const { pointer, label } = field;
  return html`
    <fieldset
      class="field"
      id=${idOf(pointer)}
      data-pointer=${pointer}
      tabindex="-1"
      aria-describedby=${describedBy(field)}
    >
      <legend>${label}</legend>
      <div class="head">${resetButton(field)}</div>
      ${controls} ${notes(field)}
    </fieldset>
  `;
}

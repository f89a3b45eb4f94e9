import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Json, JsonObject } from '../../../api/admin-client.ts';
import { fill, plural } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { describedBy, fieldset, idOf, invalid, notes, type Field } from './field-frame.ts';
import { defaultOf, isObject, shownFields, type FieldSchema } from './field-schema.ts';
import { below } from './json-pointer.ts';
import { downIcon, plusIcon, removeIcon, upIcon } from './settings-icons.ts';

const listAt = ({ form, pointer }: Field): readonly Json[] => {
  const value = form.at(pointer);
  return Array.isArray(value) ? (value as readonly Json[]) : [];
};

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What one entry is called while it has no name: its kind and its place. */
const placeName = (item: string, at: number): string => capital(fill(strings.row, { item, place: at + 1 }));

function addButton({ form, pointer, schema }: Field, item: string, add: () => void) {
  const { maxItems = Infinity } = schema;
  const { length } = listAt({ form, pointer, schema, label: '' });
  if (length >= maxItems) return html`<p class="hint">${plural(form.lang, strings.full, maxItems)}</p>`;
  return html`
    <button class="button add" type="button" id="${idOf(pointer)}-add" @click=${add}>
      ${plusIcon}${fill(strings.add, { item })}
    </button>
  `;
}

/** Takes one entry out; the focus goes to the one that has its place, else to Add. */
function removeAt({ form, pointer, schema, label }: Field, at: number, name: string): void {
  const list = listAt({ form, pointer, schema, label });
  form.set(
    pointer,
    list.filter((_, i) => i !== at),
  );
  form.announce(fill(strings.removed, { name }));
  const next = Math.min(at, list.length - 2);
  form.focusNext(next < 0 ? `${idOf(pointer)}-add` : idOf(below(pointer, next)));
}

/** A list of short texts, one line each. Several lines that are pasted become several entries. */
export function textsField(field: Field) {
  const { form, pointer, schema, label } = field;
  const item = schema['x-item'] ?? strings.item;
  const list = listAt(field);
  const items: FieldSchema = schema.items ?? {};
  const type = items.format === 'date' ? 'date' : 'text';
  const insert = (at: number, texts: readonly string[]) => {
    const before = listAt(field);
    form.set(pointer, [...before.slice(0, at), ...texts, ...before.slice(at)].slice(0, schema.maxItems));
    form.focusNext(idOf(below(pointer, at + texts.length - 1)));
  };
  const rowOf = (value: Json, at: number) => {
    const row = { form, schema: { ...items, description: '' }, pointer: below(pointer, at), label: '' };
    const name = typeof value === 'string' && value ? value : placeName(item, at);
    const onInput = ({ currentTarget }: Event) => form.set(row.pointer, (currentTarget as HTMLInputElement).value);
    const onKeydown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.isComposing || list.length >= (schema.maxItems ?? Infinity)) return;
      event.preventDefault();
      insert(at + 1, ['']);
    };
    const onPaste = (event: ClipboardEvent) => {
      const lines =
        event.clipboardData
          ?.getData('text')
          .split(/[\s,;]*\n[\s,;]*/)
          .filter(Boolean) ?? [];
      if (lines.length < 2 || value !== '') return;
      event.preventDefault();
      form.set(pointer, [...list.slice(0, at), ...lines, ...list.slice(at + 1)].slice(0, schema.maxItems));
    };
    return html`
      <li data-pointer=${row.pointer}>
        <div class="entry">
          <input
            id=${idOf(row.pointer)}
            type=${type}
            dir="auto"
            autocomplete="off"
            spellcheck="false"
            maxlength=${items.maxLength ?? nothing}
            placeholder=${items['x-placeholder'] ?? schema['x-placeholder'] ?? nothing}
            aria-label=${`${label}, ${placeName(item, at)}`}
            aria-describedby=${describedBy(row)}
            aria-invalid=${invalid(row)}
            .value=${live(typeof value === 'string' ? value : '')}
            @input=${onInput}
            @keydown=${onKeydown}
            @paste=${onPaste}
          />
          <button
            class="icon-button"
            type="button"
            aria-label=${fill(strings.remove, { name })}
            @click=${() => removeAt(field, at, name)}
          >
            ${removeIcon}
          </button>
        </div>
        ${notes(row)}
      </li>
    `;
  };
  return fieldset(
    field,
    html`
      ${
        list.length
          ? html`<ul class="texts">
              ${list.map(rowOf)}
            </ul>`
          : html`<p class="none">${strings.nothingYet}</p>`
      }
      ${addButton(field, item, () => insert(list.length, ['']))}
    `,
  );
}

/** The first words in a row: what it is called. */
function nameOf(schema: FieldSchema, row: Json): string {
  if (!isObject(row)) return '';
  const words = Object.entries(schema.properties ?? {})
    .filter(([name, { type }]) => name !== 'id' && type === 'string')
    .map(([name]) => row[name]);
  return words.find((each): each is string => typeof each === 'string' && each !== '') ?? '';
}

/** A new row: what it must have, and an id that no other has. */
function newRow(schema: FieldSchema): JsonObject {
  const row = defaultOf(schema) as JsonObject;
  const letters = crypto.getRandomValues(new Uint8Array(8));
  const id = Array.from(letters, (letter) => (letter % 36).toString(36)).join('');
  return schema.properties?.['id'] ? { ...row, id } : row;
}

const rowsAround = (element: HTMLElement): HTMLDetailsElement[] =>
  [...element.closest('ol')!.children].map((row) => row.querySelector('details')!);

/** A list of rows, each a little form that opens. `renderField` shows one field of a row. */
export function rowsField(field: Field, renderField: (field: Field) => unknown) {
  const { form, pointer, schema } = field;
  const item = schema['x-item'] ?? strings.rowItem;
  const list = listAt(field);
  const items: FieldSchema = schema.items ?? {};

  const add = () => {
    form.set(pointer, [...list, newRow(items)]);
    form.focusNext(idOf(below(pointer, list.length)), true);
  };
  const remove = (at: number, element: HTMLElement, name: string) => {
    const rows = rowsAround(element);
    // Those behind it move up, and stay open or closed as they are.
    for (let i = at; i < rows.length - 1; i++) rows[i].open = rows[i + 1].open;
    removeAt(field, at, name);
  };
  const move = (at: number, to: number, element: HTMLElement, name: string) => {
    const moved = list[at];
    const other = list[to];
    if (moved === undefined || other === undefined) return;
    form.set(
      pointer,
      list.map((row, i) => (i === at ? other : i === to ? moved : row)),
    );
    // Which of the two is open goes with them.
    const rows = rowsAround(element);
    [rows[at].open, rows[to].open] = [rows[to].open, rows[at].open];
    form.announce(fill(strings.moved, { name, place: to + 1, count: list.length }));
    form.focusNext(`${idOf(below(pointer, to))}${element.localName === 'summary' ? '' : to < at ? '-up' : '-down'}`);
  };

  const rowOf = (row: Json, at: number) => {
    const place = below(pointer, at);
    const id = idOf(place);
    const name = nameOf(items, row) || placeName(item, at);
    const head = { form, pointer: place, schema: {}, label: name };
    const onKeydown = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      event.preventDefault();
      move(at, event.key === 'ArrowUp' ? at - 1 : at + 1, event.currentTarget as HTMLElement, name);
    };
    const button = (kind: 'up' | 'down', to: number) => html`
      <button
        class="icon-button"
        type="button"
        id="${id}-${kind}"
        aria-label=${fill(kind === 'up' ? strings.moveUp : strings.moveDown, { name })}
        aria-disabled=${to < 0 || to >= list.length}
        @click=${({ currentTarget }: Event) => move(at, to, currentTarget as HTMLElement, name)}
      >
        ${kind === 'up' ? upIcon : downIcon}
      </button>
    `;
    return html`
      <li data-pointer=${place}>
        <details>
          <summary
            id=${id}
            aria-describedby=${describedBy(head)}
            aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
            @keydown=${onKeydown}
          >
            <span>${name}</span>
          </summary>
          <div class="row">
            ${shownFields(items, row).map(([key, one]) =>
              renderField({
                form,
                pointer: below(place, key),
                schema: one,
                label: one.title ?? capital(key),
                required: items.required?.includes(key) ?? false,
              }),
            )}
          </div>
        </details>
        <div class="row-buttons">
          ${button('up', at - 1)} ${button('down', at + 1)}
          <button
            class="icon-button"
            type="button"
            aria-label=${fill(strings.remove, { name })}
            @click=${({ currentTarget }: Event) => remove(at, currentTarget as HTMLElement, name)}
          >
            ${removeIcon}
          </button>
        </div>
        ${notes(head)}
      </li>
    `;
  };
  return fieldset(
    field,
    html`
      ${
        list.length
          ? html`<ol class="rows">
              ${list.map(rowOf)}
            </ol>`
          : html`<p class="none">${strings.nothingYet}</p>`
      }
      ${addButton(field, item, add)}
    `,
  );
}

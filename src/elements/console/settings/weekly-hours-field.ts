import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Json, JsonObject } from '../../../api/admin-client.ts';
import { fill } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { describedBy, fieldset, idOf, invalid, notes, type Field } from './field-frame.ts';
import { isObject } from './field-schema.ts';
import { below } from './json-pointer.ts';
import { copyIcon, plusIcon, removeIcon } from './settings-icons.ts';

/** Hours of one day, `HH:MM`; the last one of a day may end at 24:00. */
interface Range {
  readonly from: string;
  readonly to: string;
}

/** A Monday, to name the days by. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const FIRST: Range = { from: '09:00', to: '17:00' };
const MIDNIGHT = '24:00';

const rangesOf = (week: JsonObject, day: string): readonly Range[] => {
  const ranges = week[day];
  return Array.isArray(ranges) ? (ranges as unknown[] as Range[]) : [];
};

/** The next free hours of a day. */
function nextRange(ranges: readonly Range[]): Range | undefined {
  const last = ranges.at(-1);
  if (!last) return FIRST;
  const hour = Number(last.to.slice(0, 2)) + 1;
  if (hour > 23) return undefined;
  const at = (each: number) => `${String(each).padStart(2, '0')}:00`;
  return { from: at(hour), to: at(Math.min(hour + 4, 24)) };
}

/** The days of a week, in the order of the schema, each with any number of hours. */
export function weeklyHoursField(field: Field) {
  const { form, pointer, schema } = field;
  const value = form.at(pointer);
  const week = isObject(value) ? value : {};
  const days = Object.keys(schema.properties ?? {});
  const names = new Intl.DateTimeFormat(form.lang, { weekday: 'long', timeZone: 'UTC' });
  const nameAt = (at: number) => names.format(MONDAY + at * DAY_MS);

  const copy = (day: string, name: string) => {
    const ranges = week[day] ?? [];
    form.set(pointer, Object.fromEntries(days.map((each): [string, Json] => [each, ranges])));
    form.announce(fill(strings.hoursCopied, { day: name }));
  };

  const dayOf = (day: string, at: number) => {
    const place = below(pointer, day);
    const name = nameAt(at);
    const ranges = rangesOf(week, day);
    const next = nextRange(ranges);
    const change = (by: (before: readonly Range[]) => readonly Range[]) =>
      form.set(place, by((form.at(place) ?? []) as unknown as readonly Range[]) as unknown as Json);
    const add = (range: Range) => {
      change((before) => [...before, range]);
      form.focusNext(idOf(below(below(place, ranges.length), 'from')));
    };
    const remove = (i: number) => {
      change((before) => before.filter((_, each) => each !== i));
      form.focusNext(ranges.length > 1 ? idOf(below(below(place, Math.max(i - 1, 0)), 'from')) : `${idOf(place)}-add`);
    };
    const head = { form, pointer: place, schema: {}, label: name };
    return html`
      <div class="day" role="group" aria-label=${name} aria-describedby=${describedBy(head)} data-pointer=${place}>
        <span class="day-name" aria-hidden="true">${name}</span>
        <div class="ranges">
          ${ranges.length ? nothing : html`<span class="none">${strings.closed}</span>`}
          ${ranges.map((range, i) => rangeOf({ form, pointer: below(place, i), schema: {}, label: name }, range, remove, i))}
          ${notes(head)}
        </div>
        <div class="day-buttons">
          ${
            ranges.length
              ? html`<button
                  class="icon-button"
                  type="button"
                  aria-label=${fill(strings.copyHours, { day: name })}
                  data-tip=${strings.copyHoursShort}
                  @click=${() => copy(day, name)}
                >
                  ${copyIcon}
                </button>`
              : nothing
          }
          <button
            class="icon-button"
            type="button"
            id="${idOf(place)}-add"
            aria-label=${fill(strings.addHours, { day: name })}
            aria-disabled=${next === undefined}
            @click=${() => next && add(next)}
          >
            ${plusIcon}
          </button>
        </div>
      </div>
    `;
  };
  return fieldset(field, html`<div class="week">${days.map(dayOf)}</div>`);
}

/** One pair of times. */
function rangeOf(field: Field, range: Range, remove: (at: number) => void, at: number) {
  const { form, pointer, label } = field;
  const side = (key: 'from' | 'to') => {
    const time = { form, pointer: below(pointer, key), schema: {}, label };
    // A field for times knows no 24:00: the end of a day is the next one's beginning.
    const shown = range[key] === MIDNIGHT ? '00:00' : range[key];
    const onInput = ({ currentTarget }: Event) => {
      const { value } = currentTarget as HTMLInputElement;
      if (value) form.set(time.pointer, key === 'to' && value === '00:00' ? MIDNIGHT : value);
    };
    return html`<input
      id=${idOf(time.pointer)}
      type="time"
      aria-label=${fill(strings[key], { day: label })}
      aria-describedby=${`${idOf(pointer)}-notes`}
      aria-invalid=${invalid(field) === 'true' ? 'true' : invalid(time)}
      .value=${live(shown)}
      @input=${onInput}
    />`;
  };
  return html`
    <div class="range" data-pointer=${pointer}>
      ${side('from')}<span aria-hidden="true">–</span>${side('to')}
      <button
        class="icon-button"
        type="button"
        aria-label=${fill(strings.removeHours, { day: label })}
        @click=${() => remove(at)}
      >
        ${removeIcon}
      </button>
    </div>
    <div id="${idOf(pointer)}-notes">
      ${notes(field)} ${notes({ ...field, pointer: below(pointer, 'from') })}
      ${notes({ ...field, pointer: below(pointer, 'to') })}
    </div>
  `;
}

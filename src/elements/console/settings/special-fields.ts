import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { fill } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { onText, stringAt } from './field-controls.ts';
import { describedBy, idOf, invalid, labelled, type Field } from './field-frame.ts';

const HEX = /^#[0-9a-f]{6}$/i;

export function colorField(field: Field) {
  const { pointer, label, schema } = field;
  const value = stringAt(field);
  const { 'x-colors': named = {} } = schema;
  const names = Object.keys(named);
  const hex = (Object.hasOwn(named, value) ? named[value] : undefined) ?? value;
  const listId = `${idOf(pointer)}-list`;
  return labelled(
    field,
    html`
      <div class="color">
        <input
          type="color"
          class=${HEX.test(hex) ? '' : 'empty'}
          aria-label=${fill(strings.pick, { field: label })}
          .value=${live(HEX.test(hex) ? hex.toLowerCase() : '#888888')}
          @input=${onText(field)}
        />
        <input
          id=${idOf(pointer)}
          type="text"
          dir="ltr"
          autocomplete="off"
          spellcheck="false"
          maxlength=${names.length ? 20 : 7}
          list=${names.length ? listId : nothing}
          aria-describedby=${describedBy(field)}
          aria-invalid=${invalid(field)}
          .value=${live(value)}
          @input=${onText(field)}
        />
        ${hex === value ? nothing : html`<span class="unit" dir="ltr">${hex}</span>`}
      </div>
      ${
        names.length
          ? html`<datalist id=${listId}>
              ${names.map((name) => html`<option value=${name}>${named[name]}</option>`)}
            </datalist>`
          : nothing
      }
    `,
  );
}

const UNITS = ['s', 'm', 'h', 'd'] as const;

/** A length of time as the server writes it: `30m`, `24h`. Units that its pattern refuses are not offered. */
export function durationField(field: Field) {
  const { form, pointer, schema, label } = field;
  const [, amount = '', unit = 'h'] = /^(\d*)([smhd])$/.exec(stringAt(field)) ?? [];
  const pattern = new RegExp(schema.pattern ?? '.');
  const onChange = ({ currentTarget }: Event) => {
    const box = (currentTarget as HTMLElement).parentElement!;
    const number = box.querySelector('input')!.value;
    if (number) form.set(pointer, `${number}${box.querySelector('select')!.value}`);
  };
  const onLeave = ({ currentTarget }: Event) => {
    if (!(currentTarget as HTMLInputElement).value) form.set(pointer, undefined);
  };
  return labelled(
    field,
    html`
      <div class="with-unit">
        <input
          id=${idOf(pointer)}
          type="number"
          inputmode="numeric"
          min="0"
          step="1"
          aria-describedby=${describedBy(field)}
          aria-invalid=${invalid(field)}
          .value=${live(amount)}
          @input=${onChange}
          @change=${onLeave}
        />
        <select aria-label=${fill(strings.unitOf, { field: label })} @change=${onChange}>
          ${UNITS.filter((each) => each === unit || pattern.test(`1${each}`)).map(
            (each) =>
              html`<option value=${each} .selected=${live(each === unit)}>${strings.durationUnits[each]}</option>`,
          )}
        </select>
      </div>
    `,
  );
}

/** All that this browser knows; UTC is not always among them. */
const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

export function timeZoneField(field: Field) {
  const { form, pointer, schema } = field;
  const chosen = stringAt(field);
  const zones = new Set([...(schema.default === '' || chosen === '' ? [''] : []), chosen, ...TIME_ZONES]);
  const onChange = ({ currentTarget }: Event) => form.set(pointer, (currentTarget as HTMLSelectElement).value);
  return labelled(
    field,
    html`<select
      id=${idOf(pointer)}
      aria-describedby=${describedBy(field)}
      aria-invalid=${invalid(field)}
      @change=${onChange}
    >
      ${[...zones].map(
        (zone) =>
          html`<option value=${zone} .selected=${live(zone === chosen)}>
            ${zone === '' ? strings.noTimeZone : zone.replaceAll('_', ' ')}
          </option>`,
      )}
    </select>`,
  );
}

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { describedBy, fieldset, idOf, invalid, labelled, notes, resetButton, type Field } from './field-frame.ts';
import { labelOf, valuesOf } from './field-schema.ts';

/** So many values stand side by side; more go into a list that opens. */
const SEGMENTS = 4;

/** What a field of text says. */
export const stringAt = ({ form, pointer }: Field): string => {
  const value = form.at(pointer);
  return typeof value === 'string' ? value : '';
};

/** Takes what is typed. */
export const onText = ({ form, pointer, required = true }: Field) => ({
  handleEvent({ currentTarget }: Event) {
    const { value } = currentTarget as HTMLInputElement | HTMLTextAreaElement;
    // What may be missing is, rather than being empty.
    form.set(pointer, value || (required ? '' : undefined));
  },
});

/** One line. */
export function textField(field: Field, type: 'text' | 'email' | 'url' | 'date' | 'time' | 'password' = 'text') {
  const { pointer, schema } = field;
  const { examples = [] } = schema;
  return labelled(
    field,
    html`<input
        id=${idOf(pointer)}
        type=${type}
        list=${examples.length ? `${idOf(pointer)}-list` : nothing}
        dir=${type === 'text' ? 'auto' : 'ltr'}
        autocomplete=${type === 'password' ? 'new-password' : 'off'}
        maxlength=${schema.maxLength ?? nothing}
        placeholder=${schema['x-placeholder'] ?? nothing}
        aria-describedby=${describedBy(field)}
        aria-invalid=${invalid(field)}
        .value=${live(stringAt(field))}
        @input=${onText(field)}
      />
      ${
        examples.length
          ? html`<datalist id="${idOf(pointer)}-list">
              ${examples.map((each) => html`<option value=${each} label=${schema['x-labels']?.[each] ?? nothing}></option>`)}
            </datalist>`
          : nothing
      }`,
  );
}

/** Several lines. It grows with its text where the browser can do that. */
export function multilineField(field: Field) {
  const { pointer, schema } = field;
  return labelled(
    field,
    html`<textarea
      id=${idOf(pointer)}
      rows="3"
      dir="auto"
      maxlength=${schema.maxLength ?? nothing}
      placeholder=${schema['x-placeholder'] ?? nothing}
      aria-describedby=${describedBy(field)}
      aria-invalid=${invalid(field)}
      .value=${live(stringAt(field))}
      @input=${onText(field)}
    ></textarea>`,
  );
}

/** A number; `scale`: as it is shown, in a larger unit than it is stored in. */
export function numberField(
  field: Field,
  scale: { readonly size: number; readonly unit: string } | undefined = undefined,
) {
  const { form, pointer, schema } = field;
  const value = form.at(pointer);
  const { size = 1, unit = schema['x-unit'] } = scale ?? {};
  const shown = (stored: number | undefined) => stored && Number((stored / size).toFixed(2));
  const step = schema.multipleOf ?? (schema.type === 'integer' && !scale ? 1 : 'any');
  // An empty field is on its way to another number; left empty, it is as by default.
  const onInput = ({ currentTarget }: Event) => {
    const { valueAsNumber } = currentTarget as HTMLInputElement;
    if (!Number.isNaN(valueAsNumber)) form.set(pointer, scale ? Math.round(valueAsNumber * size) : valueAsNumber);
  };
  const onChange = ({ currentTarget }: Event) => {
    if (Number.isNaN((currentTarget as HTMLInputElement).valueAsNumber)) form.set(pointer, undefined);
  };
  return labelled(
    field,
    html`
      <div class="with-unit">
        <input
          id=${idOf(pointer)}
          type="number"
          inputmode="numeric"
          min=${shown(schema.minimum) ?? nothing}
          max=${shown(schema.maximum) ?? nothing}
          .step=${String(step)}
          aria-describedby=${describedBy(field)}
          aria-invalid=${invalid(field)}
          .value=${live(typeof value === 'number' ? String(shown(value)) : '')}
          @input=${onInput}
          @change=${onChange}
        />
        ${unit ? html`<span class="unit">${unit}</span>` : nothing}
      </div>
    `,
  );
}

export function switchField(field: Field) {
  const { form, pointer, label } = field;
  const onChange = ({ currentTarget }: Event) => form.set(pointer, (currentTarget as HTMLInputElement).checked);
  // A checkbox says by itself whether it is checked.
  /* eslint-disable lit-a11y/role-has-required-aria-attrs */
  return html`
    <div class="field switch-field" data-pointer=${pointer}>
      <div class="head">
        <label for=${idOf(pointer)}>${label}</label>
        ${resetButton(field)}
      </div>
      <input
        id=${idOf(pointer)}
        type="checkbox"
        role="switch"
        aria-describedby=${describedBy(field)}
        aria-invalid=${invalid(field)}
        .checked=${live(form.at(pointer) === true)}
        @change=${onChange}
      />
      ${notes(field)}
    </div>
  `;
  /* eslint-enable lit-a11y/role-has-required-aria-attrs */
}

/** One of several. */
export function choiceField(field: Field) {
  const { form, pointer, schema } = field;
  const values = valuesOf(schema);
  const chosen = form.at(pointer);
  const onChange = ({ currentTarget }: Event) =>
    form.set(pointer, (currentTarget as HTMLInputElement | HTMLSelectElement).value);
  if (values.length > SEGMENTS) {
    return labelled(
      field,
      html`<select
        id=${idOf(pointer)}
        aria-describedby=${describedBy(field)}
        aria-invalid=${invalid(field)}
        @change=${onChange}
      >
        ${values.map(
          (value) =>
            html`<option value=${value} .selected=${live(value === chosen)}>${labelOf(schema, value)}</option>`,
        )}
      </select>`,
    );
  }
  return fieldset(
    field,
    html`<div class="segments">
      ${values.map(
        (value) => html`
          <label>
            <input
              type="radio"
              name=${idOf(pointer)}
              value=${value}
              .checked=${live(value === chosen)}
              @change=${onChange}
            />
            <span>${labelOf(schema, value)}</span>
          </label>
        `,
      )}
    </div>`,
  );
}

/** Any of several. */
export function choicesField(field: Field) {
  const { form, pointer, schema } = field;
  const items = schema.items ?? {};
  const value = form.at(pointer);
  const chosen = new Set<unknown>(Array.isArray(value) ? value : []);
  const values = valuesOf(items);
  const onChange = ({ currentTarget }: Event) => {
    const box = currentTarget as HTMLInputElement;
    form.set(
      pointer,
      values.filter((each) => (each === box.value ? box.checked : chosen.has(each))),
    );
  };
  return fieldset(
    field,
    html`<div class="choices">
      ${values.map(
        (each) => html`
          <label>
            <input type="checkbox" value=${each} .checked=${live(chosen.has(each))} @change=${onChange} />
            <span>${labelOf(items, each)}</span>
          </label>
        `,
      )}
    </div>`,
  );
}

import { html, nothing, type TemplateResult } from 'lit';
import type { FormField, FormValues } from '../api/protocol.ts';
import type { FormStrings } from '../text/form-strings.ts';

type Control = HTMLInputElement | HTMLSelectElement;

/** Longest text that a field takes, UTF-16 code units. */
const TEXT_LENGTH = 1_000;
/** Fewer digits are no phone number anywhere. */
const PHONE_DIGITS = 4;

/** How each kind of field is typed, and what browsers may offer for it. */
const INPUTS: Readonly<Record<Exclude<FormField['type'], 'list' | 'checkbox'>, Partial<Record<string, string>>>> = {
  text: { type: 'text' },
  email: { type: 'email', fill: 'email', dir: 'ltr' },
  phone: { type: 'tel', fill: 'tel', dir: 'ltr' },
  number: { type: 'number' },
  date: { type: 'date' },
  link: { type: 'url', fill: 'url', dir: 'ltr', placeholder: 'https://' },
};

/** What a field shows beside what it is. */
export interface FieldState {
  readonly label: unknown;
  /** What stands in it first. */
  readonly value: FormValues[string] | undefined;
  /** One sentence; empty: none. */
  readonly problem: string;
  readonly strings: FormStrings;
}

/**
 * One field with its label, its help and what is wrong with it, tied together for those who cannot see it. What a person
 * has typed stays when it is rendered again.
 *
 * @param id unique in the shadow root
 */
export function fieldView(field: FormField, id: string, { label, value, problem, strings }: FieldState) {
  const { type, help, required = false } = field;
  const notes = html`
    ${help ? html`<p class="help" id="${id}-help"><bdi>${help}</bdi></p>` : nothing}
    <p class="problem" id="${id}-problem">${problem}</p>
  `;
  const described = `${id}-problem${help ? ` ${id}-help` : ''}`;
  const invalid = problem ? 'true' : nothing;
  if (type === 'checkbox') {
    return html`
      <div class="form-field">
        <div class="check">
          <input
            id=${id}
            type="checkbox"
            ?required=${required}
            .checked=${value === true}
            aria-invalid=${invalid}
            aria-describedby=${described}
          />
          <label for=${id}><bdi>${label}</bdi></label>
        </div>
        ${notes}
      </div>
    `;
  }
  const optional = required ? nothing : html` <span class="optional">${strings.optional}</span>`;
  const control: TemplateResult =
    type === 'list'
      ? html`
          <select id=${id} ?required=${required} aria-invalid=${invalid} aria-describedby=${described}>
            <option value="">${strings.choose}</option>
            ${field.options?.map((option) => html`<option value=${option} ?selected=${option === value}>${option}</option>`)}
          </select>
        `
      : inputView(field, id, String(value ?? ''), invalid, described);
  return html`
    <div class="form-field">
      <label for=${id}><bdi>${label}</bdi>${optional}</label>
      ${control}${notes}
    </div>
  `;
}

function inputView(
  { type, key, required = false }: FormField,
  id: string,
  value: string,
  invalid: 'true' | typeof nothing,
  described: string,
) {
  const { type: kind = 'text', fill, dir, placeholder } = INPUTS[type as keyof typeof INPUTS] ?? INPUTS.text;
  return html`<input
    id=${id}
    .type=${kind}
    .step=${type === 'number' ? 'any' : ''}
    maxlength=${kind === 'number' || kind === 'date' ? nothing : TEXT_LENGTH}
    .autocomplete=${fill ?? (key === 'name' ? 'name' : 'on')}
    autocapitalize=${fill ? 'none' : nothing}
    .dir=${dir ?? ''}
    placeholder=${placeholder ?? nothing}
    ?required=${required}
    .value=${value}
    aria-invalid=${invalid}
    aria-describedby=${described}
  />`;
}

/** What stands in a field, as it travels; undefined when it is empty. */
export function valueOf({ type }: FormField, control: Control): FormValues[string] | undefined {
  if (control instanceof HTMLInputElement && type === 'checkbox') return control.checked;
  const text = control.value.trim();
  if (!text) return undefined;
  if (type === 'number') return Number(text);
  return type === 'link' && !/^\w+:/.test(text) ? `https://${text}` : text;
}

/** What is wrong with a field, in one sentence; empty when nothing is. The server has the last word. */
export function problemWith(field: FormField, control: Control, strings: FormStrings): string {
  const { type, required } = field;
  const value = valueOf(field, control);
  // Half a date, or letters for a number, read as an empty value.
  if (control.validity.badInput) return type === 'date' ? strings.dateMalformed : strings.numberMalformed;
  if (type === 'checkbox') return required && !value ? strings.unchecked : '';
  if (value === undefined) return required ? (type === 'list' ? strings.notChosen : strings.missing) : '';
  const text = String(value);
  if (type === 'email' && (control.validity.typeMismatch || !/@.+\../.test(text))) return strings.emailMalformed;
  if (type === 'phone' && !(text.replace(/\D/g, '').length >= PHONE_DIGITS && /^[\d\s+()./-]+$/.test(text))) {
    return strings.phoneMalformed;
  }
  if (type === 'link' && !isLink(text)) return strings.linkMalformed;
  return '';
}

function isLink(text: string): boolean {
  return /^https?:\/\/[^/]+\.[^/]/i.test(text) && URL.canParse(text);
}

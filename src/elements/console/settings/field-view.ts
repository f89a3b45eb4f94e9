import { html, nothing, type TemplateResult } from 'lit';
import { choiceField, choicesField, multilineField, numberField, switchField, textField } from './field-controls.ts';
import { fieldset, type Field, type FieldForm } from './field-frame.ts';
import { kindOf, shownFields, type FieldKind, type FieldSchema } from './field-schema.ts';
import { below } from './json-pointer.ts';
import { rowsField, textsField } from './list-fields.ts';
import { imageField } from './image-field.ts';
import { colorField, durationField, timeZoneField } from './special-fields.ts';
import { weeklyHoursField } from './weekly-hours-field.ts';

/** The fields of a group, each with the control that its schema asks for. */
export function groupView(form: FieldForm, pointer: string, schema: FieldSchema): readonly TemplateResult[] {
  return shownFields(schema, form.at(pointer)).map(([name, field]) =>
    fieldView({ form, pointer: below(pointer, name), schema: field, label: field.title ?? name }),
  );
}

const MEGABYTE = 1_048_576;

const views: Readonly<Record<FieldKind, (field: Field) => TemplateResult>> = {
  text: (field) => textField(field, inputTypeOf(field.schema)),
  multiline: multilineField,
  number: (field) => numberField(field),
  bytes: (field) => numberField(field, { size: MEGABYTE, unit: 'MB' }),
  switch: switchField,
  choice: choiceField,
  choices: choicesField,
  texts: textsField,
  rows: (field) => rowsField(field, fieldView),
  group: nestedGroup,
  color: colorField,
  image: imageField,
  date: (field) => textField(field, 'date'),
  time: (field) => textField(field, 'time'),
  duration: durationField,
  'time-zone': timeZoneField,
  'weekly-hours': weeklyHoursField,
  secret: (field) => textField(field, 'password'),
};

/** One field. */
export function fieldView(field: Field): TemplateResult {
  return views[kindOf(field.schema)](field);
}

function nestedGroup(field: Field): TemplateResult {
  const { form, pointer, schema } = field;
  const inner = groupView(form, pointer, schema);
  return inner.length ? fieldset(field, html`<div class="group">${inner}</div>`) : html`${nothing}`;
}

function inputTypeOf({ format }: FieldSchema): 'text' | 'email' | 'url' {
  if (format === 'email') return 'email';
  return format === 'uri' || format === 'url' ? 'url' : 'text';
}

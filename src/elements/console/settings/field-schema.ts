import type { Json, JsonObject } from '../../../api/admin-client.ts';

/**
 * What the settings form reads of a JSON schema (2020-12). Keywords that begin with `x-` only say how a field is shown;
 * the server makes them in `server/src/settings.ts`.
 */
export interface FieldSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly items?: FieldSchema;
  readonly enum?: readonly Json[];
  readonly const?: Json;
  /** What is often written here. */
  readonly examples?: readonly string[];
  readonly anyOf?: readonly FieldSchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** The control, where the type alone does not say it. */
  readonly 'x-field'?: string;
  /** Names of the values of an enum, or of examples. */
  readonly 'x-labels'?: Readonly<Record<string, string>>;
  /** Names that a colour may have, and what they look like (`#rrggbb`). */
  readonly 'x-colors'?: Readonly<Record<string, string>>;
  /** Said after a number. */
  readonly 'x-unit'?: string;
  readonly 'x-placeholder'?: string;
  /** What one row is called. */
  readonly 'x-item'?: string;
  /** The page that a group stands on, when it has none of its own. */
  readonly 'x-page'?: string;
  /** Shown only while the field beside it has one of these values. */
  readonly 'x-only-if'?: { readonly field: string; readonly is: readonly Json[] };
}

const KINDS = [
  'text',
  'multiline',
  'number',
  'bytes',
  'switch',
  'choice',
  'choices',
  'texts',
  'rows',
  'group',
  'color',
  'image',
  'date',
  'time',
  'duration',
  'time-zone',
  'weekly-hours',
  'secret',
] as const;

/** What kind of control a field gets. */
export type FieldKind = (typeof KINDS)[number];

/** A text that may be longer than this gets several lines. */
const LONG = 200;

const isKind = (word: string | undefined): word is FieldKind => KINDS.some((kind) => kind === word);

/** The control for a field. */
export function kindOf(schema: FieldSchema): FieldKind {
  const hint = schema['x-field'] ?? schema.format;
  if (hint === 'markdown') return 'multiline';
  if (isKind(hint)) return hint;
  if (valuesOf(schema).length > 0) return 'choice';
  switch (schema.type) {
    case 'object':
      return 'group';
    case 'array':
      if (schema.items && valuesOf(schema.items).length > 0) return 'choices';
      return schema.items?.type === 'object' ? 'rows' : 'texts';
    case 'boolean':
      return 'switch';
    case 'integer':
    case 'number':
      return 'number';
    default:
      return schema.maxLength !== undefined && schema.maxLength > LONG ? 'multiline' : 'text';
  }
}

/** What can be chosen; nothing where anything can be written. */
export function valuesOf({ enum: values, anyOf }: FieldSchema): readonly string[] {
  return (values ?? anyOf?.map((one) => one.const) ?? []).filter((value) => typeof value === 'string');
}

/** What a value is called. */
export function labelOf(schema: FieldSchema, value: string): string {
  return schema['x-labels']?.[value] ?? value.charAt(0).toUpperCase() + value.slice(1).replaceAll('-', ' ');
}

/** What a field is when it is not set: groups are made of their fields' defaults. */
export function defaultOf(schema: FieldSchema): Json {
  if (schema.properties && !isFilled(schema.default)) {
    const fields = Object.entries(schema.properties).filter(([name, field]) => isGiven(schema, name, field));
    return Object.fromEntries(fields.map(([name, field]) => [name, defaultOf(field)]));
  }
  if (schema.default !== undefined) return schema.default;
  const [first] = valuesOf(schema);
  if (first !== undefined) return first;
  const zero = { array: [], boolean: false, integer: schema.minimum ?? 0, number: schema.minimum ?? 0 } as const;
  return zero[schema.type as keyof typeof zero] ?? '';
}

const isFilled = (value: Json | undefined): boolean => isObject(value) && Object.keys(value).length > 0;

/** What is optional and has no default is left out. */
const isGiven = ({ required = [] }: FieldSchema, name: string, field: FieldSchema): boolean =>
  required.includes(name) || field.default !== undefined;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a group that are shown, in their order: all but ids, and what its siblings' values leave out. */
export function shownFields(schema: FieldSchema, value: Json | undefined): readonly (readonly [string, FieldSchema])[] {
  const values = isObject(value) ? value : {};
  return Object.entries(schema.properties ?? {}).filter(([name, field]) => {
    if (name === 'id') return false;
    const condition = field['x-only-if'];
    const other = condition && (values[condition.field] ?? defaultOf(schema.properties?.[condition.field] ?? {}));
    return !condition || condition.is.some((one) => one === other);
  });
}

/** A page of the form, and the groups on it. */
export interface SettingsPage {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly groups: readonly string[];
}

/** One page for each group of the schema, but for those that stand on another one's. */
export function pagesOf({ properties = {} }: FieldSchema): readonly SettingsPage[] {
  const groups = Object.entries(properties);
  const pageOf = (name: string, group: FieldSchema) => {
    const page = group['x-page'];
    return page !== undefined && page in properties ? page : name;
  };
  return groups
    .filter(([name, group]) => pageOf(name, group) === name)
    .map(([page, { title = page, description = '' }]) => ({
      ...{ name: page, title, description },
      groups: groups.filter(([name, group]) => pageOf(name, group) === page).map(([name]) => name),
    }));
}

/** Conditions as rows of a form: one parameter, how it is compared, and with what. */
import type { Json, JsonObject } from '../../../api/admin-client.ts';
import type { AttributeDefinition, RuleCondition } from '../../../api/protocol.ts';
import { ATTRIBUTE_PREFIX, parameterOf, PARAMETERS, type Parameter } from '../../../api/rules.ts';
import { conditionStrings as strings } from '../../../text/condition-strings.ts';
import { fill } from '../../../text/phrase.ts';
import type { FieldSchema } from './field-schema.ts';
import { wordsOf } from './records-page.ts';

/** What may be asked, by key, in words. */
export type ParameterNames = Readonly<Record<string, string>>;

/** What triggers may ask: of the visit, and each attribute of the contact. */
export function triggerParameters(attributes: readonly AttributeDefinition[]): ParameterNames {
  const own = attributes.filter(({ owner }) => owner === 'contact');
  return {
    ...namesOf(() => true),
    ...Object.fromEntries(
      own.map(({ key, label }) => [`${ATTRIBUTE_PREFIX}${key}`, fill(strings.attribute, { label })]),
    ),
  };
}

/** What is known of whoever begins a conversation. */
export const assignmentParameters = (): ParameterNames => namesOf(({ triggersOnly }) => !triggersOnly);

function namesOf(isMeant: (parameter: Parameter) => boolean): ParameterNames {
  const meant = Object.entries<Parameter>(PARAMETERS).filter(([, parameter]) => isMeant(parameter));
  return Object.fromEntries(meant.map(([key, { name }]) => [key, name]));
}

/** @param soFar what it asks by now: what is asked of an attribute that is gone stays as it is */
export function conditionsField(
  names: ParameterNames,
  description: string,
  soFar: readonly RuleCondition[] = [],
): FieldSchema {
  const gone = soFar.flatMap((rule) => (rule === true || rule[0] in names ? [] : [rule[0]]));
  return {
    ...{ type: 'array', title: strings.conditions, description, maxItems: 20, default: [] },
    'x-item': strings.condition,
    items: {
      type: 'object',
      properties: {
        parameter: {
          ...{ enum: [...Object.keys(names), ...gone], title: strings.parameter, default: 'page_url' },
          'x-labels': names,
        },
        matcher: {
          ...{ enum: Object.keys(strings.matchers), title: strings.matcher, default: 'contains' },
          'x-labels': strings.matchers,
        },
        value: { type: 'string', title: strings.value, description: strings.valueHint, maxLength: 200 },
      },
    },
  };
}

/** The rows of conditions; what holds always needs none. */
export function rowsOf(conditions: readonly RuleCondition[]): JsonObject[] {
  return conditions.flatMap((rule) =>
    rule === true ? [] : [{ parameter: rule[0], matcher: rule[1], value: String(rule[2]) }],
  );
}

/** What the rows say. What is written is text: a number, or a yes, is meant where one is asked for. */
export function conditionsOf(rows: Json | undefined): readonly RuleCondition[] {
  return Array.isArray(rows) ? (rows as readonly JsonObject[]).map(conditionOf) : [];
}

function conditionOf({ parameter, matcher, value }: JsonObject): RuleCondition {
  const key = wordsOf(parameter) || 'page_url';
  const text = wordsOf(value);
  const type = parameterOf(key)?.type;
  const isNumber = type === 'number' && text !== '' && Number.isFinite(Number(text));
  const isYesOrNo = type === 'boolean' && /^(true|false)$/i.test(text);
  const meant = isNumber ? Number(text) : isYesOrNo ? /^true$/i.test(text) : text;
  return [key, wordsOf(matcher) || 'contains', meant];
}

/** The place in the rows of a place in the conditions (JSON pointers). */
export function rowPlace(pointer: string): string {
  const parts = ['parameter', 'matcher', 'value'];
  return pointer.replace(
    /^(\/conditions\/\d+)\/([012])$/,
    (_all, row: string, part: string) => `${row}/${parts[Number(part)]}`,
  );
}

/** Conditions in words, a sentence each. */
export function conditionsInWords(conditions: readonly RuleCondition[], names: ParameterNames): readonly string[] {
  return conditions.flatMap((rule) => {
    if (rule === true) return [];
    const [key, matcher, value] = rule;
    return [`${names[key] ?? key} ${strings.matchers[matcher] ?? matcher} ${String(value)}`];
  });
}

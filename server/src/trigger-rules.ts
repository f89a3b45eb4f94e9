import type { RuleCondition, Trigger, WidgetTrigger } from '../../src/api/protocol.ts';
import { compare, faultOf, parameterOf } from '../../src/api/rules.ts';
import type { Matcher } from '../../src/api/rules.ts';
import { Refusal } from './refusal.ts';

/** What is known of a visit, by the keys of parameters. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Longest text that something is compared with, in UTF-16 code units. */
const VALUE_LENGTH = 2_048;

/** What widgets get of a trigger: nothing that is for the team alone. */
export function forWidgets({ id, kind, message, conditions, delaySeconds, frequency }: Trigger): WidgetTrigger {
  return { id, kind, message, conditions, delaySeconds, frequency };
}

/** @throws Refusal `bad_request` that names the first condition that is none, and where in it */
export function checkConditions(conditions: readonly unknown[]): asserts conditions is readonly RuleCondition[] {
  for (const [index, condition] of conditions.entries()) {
    const fault = faultOf(condition, true) ?? faultOfLength(condition as RuleCondition);
    if (!fault) continue;
    throw new Refusal('bad_request', fault.message, { field: `/conditions/${index}${fault.place}` });
  }
}

function faultOfLength(condition: RuleCondition): ReturnType<typeof faultOf> {
  if (condition === true || String(condition[2]).length <= VALUE_LENGTH) return undefined;
  return { place: '/2', message: `The value has at most ${VALUE_LENGTH} characters.` };
}

/** Why a trigger says nothing. */
export interface TriggerReason {
  /** JSON pointer into the trigger. */
  readonly field: string;
  readonly message: string;
}

/** What becomes of a trigger in a visit. */
export interface TriggerVerdict {
  readonly id: string;
  readonly name: string;
  readonly kind: Trigger['kind'];
  readonly shown: boolean;
  /** Empty when it is shown. */
  readonly reasons: readonly TriggerReason[];
}

/**
 * Which of the triggers would be shown, and why not the others. There is one card at a time: the one that is due first, and
 * of those that are due at the same moment the first of the list.
 *
 * @param triggers in the order in which they are tried
 */
export function judge(triggers: readonly Trigger[], facts: Facts): TriggerVerdict[] {
  const judged = triggers.map((trigger) => ({ trigger, against: reasonsAgainst(trigger, facts) }));
  const winner = judged
    .filter(({ against }) => against.length === 0)
    .toSorted((one, other) => one.trigger.delaySeconds - other.trigger.delaySeconds)[0]?.trigger;
  return judged.map(({ trigger, against }) => {
    const { id, name, kind, delaySeconds } = trigger;
    const reasons =
      winner && against.length === 0 && trigger !== winner
        ? [
            {
              field: delaySeconds > winner.delaySeconds ? '/delaySeconds' : '/priority',
              message: `“${winner.name}” comes first.`,
            },
          ]
        : against;
    return { id, name, kind, shown: trigger === winner, reasons };
  });
}

function reasonsAgainst({ enabled, conditions }: Trigger, facts: Facts): TriggerReason[] {
  const reasons: TriggerReason[] = enabled ? [] : [{ field: '/enabled', message: 'It is switched off.' }];
  for (const [index, condition] of conditions.entries()) {
    if (condition === true) continue;
    const [key, matcher, value] = condition;
    if (compare(facts[key], matcher as Matcher, value)) continue;
    const message = `${parameterOf(key)?.name ?? key} ${isNow(facts[key])}: it should ${WANTED[matcher as Matcher]} ${shown(value)}.`;
    reasons.push({ field: `/conditions/${index}`, message });
  }
  return reasons;
}

const WANTED: Readonly<Record<Matcher, string>> = {
  '=': 'be',
  '!=': 'not be',
  contains: 'contain',
  '!contains': 'not contain',
  gt: 'be more than',
  '>': 'be more than',
  lt: 'be less than',
  '<': 'be less than',
  gte: 'be at least',
  '>=': 'be at least',
  lte: 'be at most',
  '<=': 'be at most',
};

const isNow = (value: Facts[string]): string =>
  value === undefined || value === '' ? 'is not known' : `is ${shown(value)}`;

const shown = (value: string | number | boolean): string => (typeof value === 'string' ? `“${value}”` : String(value));

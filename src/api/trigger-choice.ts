/** Which trigger is due, and when one has been shown often enough. */
import type { TriggerFrequency, WidgetTrigger } from './protocol.ts';
import { holds, type Condition } from './rules.ts';

const DAY_MS = 86_400_000;

/** @param shownAt when its card was shown, ms since 1970 */
export function isSpent({ times, days }: TriggerFrequency, shownAt: readonly number[], now: number): boolean {
  return shownAt.filter((at) => days === 0 || now - at < days * DAY_MS).length >= times;
}

/** Watches for how long the conditions of triggers have held. */
export class TriggerChoice {
  /** By id: since when, ms. */
  #since = new Map<string, number>();

  /**
   * The one that is due first; of those that became due at the same moment, the first of the list. Undefined: none is.
   *
   * @param triggers those that may be shown, in the order in which they are tried
   * @param read gives a parameter's value by its key
   * @param now ms, of any clock
   */
  next(
    triggers: readonly WidgetTrigger[],
    read: (parameter: string) => unknown,
    now: number,
  ): WidgetTrigger | undefined {
    const before = this.#since;
    this.#since = new Map();
    let first: { readonly trigger: WidgetTrigger; readonly dueAt: number } | undefined;
    for (const trigger of triggers) {
      if (!trigger.conditions.every((condition) => holds(condition as Condition, read))) continue;
      const since = before.get(trigger.id) ?? now;
      this.#since.set(trigger.id, since);
      const dueAt = since + trigger.delaySeconds * 1_000;
      if (dueAt <= now && (!first || dueAt < first.dueAt)) first = { trigger, dueAt };
    }
    return first?.trigger;
  }

  /** Another page, or another visitor: everything begins anew. */
  reset(): void {
    this.#since.clear();
  }
}

import type { RunResult } from './fault-run.ts';

type Kind = 'lost' | 'duplicated' | 'outOfOrder' | 'mismatches';

/** Of what goes wrong a thousand times, so many are told. */
const EXAMPLES = 3;

/** Counts what did not hold, and keeps the first of each kind in words. */
export class Verdict {
  readonly #counts: Record<Kind, number> = { lost: 0, duplicated: 0, outOfOrder: 0, mismatches: 0 };
  readonly #others: string[] = [];
  readonly #examples: string[] = [];

  lost(what: string): void {
    this.#count('lost', what);
  }

  duplicated(what: string): void {
    this.#count('duplicated', what);
  }

  outOfOrder(what: string): void {
    this.#count('outOfOrder', what);
  }

  mismatch(what: string): void {
    this.#count('mismatches', what);
  }

  /** Something that none of the four counts. */
  other(what: string): void {
    this.#others.push(what);
  }

  get counts(): Pick<RunResult, Kind> {
    return { ...this.#counts };
  }

  get failures(): readonly string[] {
    return [...this.#examples, ...this.#others.slice(0, 2 * EXAMPLES)];
  }

  #count(kind: Kind, what: string): void {
    this.#counts[kind] += 1;
    if (this.#counts[kind] <= EXAMPLES) this.#examples.push(`${kind}: ${what}`);
  }
}

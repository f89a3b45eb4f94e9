/** What a run finds out from outside, in the words that were said, and how it sums up. */
import type { RunResult, StoreKind } from './fault-run.ts';
import { Verdict } from './verdict.ts';

/** Counts, and sentences about what did not hold. */
export class Findings {
  messages = 0;
  kills = 0;
  resumes = 0;
  convergeMs = 0;
  readonly verdict = new Verdict();

  /** Something must hold. */
  check(holds: boolean, otherwise: string): void {
    if (!holds) this.verdict.other(otherwise);
  }

  /**
   * Compares what should be somewhere, once and in this order, with what is there.
   *
   * @param where such as `the store`
   */
  compare(where: string, wanted: readonly string[], seen: readonly string[]): void {
    const places = new Map<string, number>();
    const known = new Set(wanted);
    for (const [place, text] of seen.entries()) {
      if (!known.has(text)) this.verdict.mismatch(`${where}: ${shortened(text)} does not belong there.`);
      else if (places.has(text)) this.verdict.duplicated(`${where}: ${shortened(text)} is there twice.`);
      else places.set(text, place);
    }
    let last = -1;
    for (const text of wanted) {
      const place = places.get(text);
      if (place === undefined) this.verdict.lost(`${where}: ${shortened(text)} is not there.`);
      else if (place < last) this.verdict.outOfOrder(`${where}: ${shortened(text)} was overtaken.`);
      else last = place;
    }
  }

  /** Everybody saw everything, so many ms after the last fault. */
  converged(ms: number): void {
    this.convergeMs = Math.max(this.convergeMs, Math.round(ms));
  }

  result(name: string, store: StoreKind): RunResult {
    const { messages, kills, resumes, convergeMs } = this;
    const { counts, failures } = this.verdict;
    return { name, store, messages, kills, resumes, duplicatedFrames: 0, ...counts, convergeMs, failures };
  }
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)} …` : text);

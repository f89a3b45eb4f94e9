import type { Turn } from '../store/routing.ts';

/** The pool in which everybody is. */
const ALL = '';

/**
 * Whose turn it is. Each set of agents who share conversations takes turns of its own, so that within it nobody gets two
 * more than another who was there all the time; who has had none in it comes by whom anybody has waited for longest.
 * Two teams of the same members are one such set.
 */
export class Turns {
  readonly #turns = new Map<string, number>();
  readonly #taken = new Map<string, Turn>();
  #last = 0;

  constructor(turns: readonly Turn[]) {
    for (const turn of turns) {
      this.#turns.set(keyOf(turn.pool, turn.agentId), turn.turn);
      this.#last = Math.max(this.#last, turn.turn);
    }
  }

  /** Those that were taken here. */
  get taken(): readonly Turn[] {
    return [...this.#taken.values()];
  }

  /** Those of the candidates whose turn it is, first come first. */
  inOrder(pool: string, candidates: readonly string[]): readonly string[] {
    const before = (agentId: string): readonly [number, number] => [this.#of(pool, agentId), this.#of(ALL, agentId)];
    return candidates.toSorted((one, other) => {
      const [[a, b], [c, d]] = [before(one), before(other)];
      return a - c || b - d;
    });
  }

  take(pool: string, agentId: string): void {
    this.#last += 1;
    for (const each of [pool, ALL]) {
      const turn = { pool: each, agentId, turn: this.#last };
      this.#turns.set(keyOf(each, agentId), turn.turn);
      this.#taken.set(keyOf(each, agentId), turn);
    }
  }

  #of(pool: string, agentId: string): number {
    return this.#turns.get(keyOf(pool, agentId)) ?? 0;
  }
}

const keyOf = (pool: string, agentId: string): string => `${pool}/${agentId}`;

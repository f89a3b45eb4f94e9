import type { Finding } from './findings.ts';

/** What the command line asked for. */
export interface Settings {
  /** How often each contestant's turn comes. */
  readonly rounds: number;
  /** Fewer people, shorter turns: to see that everything works, not to believe the figures. */
  readonly quick: boolean;
  /** Which goals; those of one group may need each other. */
  readonly wanted: ReadonlySet<string>;
}

/** Goals that are measured together, on the same servers. */
export interface GoalGroup {
  /** e.g. `['S1']` */
  readonly goals: readonly string[];
  run(settings: Settings, room: Room): Promise<readonly Finding[]>;
}

/** Whatever was started for one group, and is stopped after it, however it ends. */
export class Room {
  readonly #things: { stop(): Promise<void> }[] = [];

  async keep<Thing extends { stop(): Promise<void> }>(thing: Thing | Promise<Thing>): Promise<Thing> {
    const kept = await thing;
    this.#things.push(kept);
    return kept;
  }

  async clear(): Promise<void> {
    for (const thing of this.#things.splice(0).reverse()) await thing.stop();
  }
}

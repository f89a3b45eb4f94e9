/** What every run of the fault suite implements, and what it reports. See docs/faults.md. */

/** Where the server under test keeps its data: one node with a file, or two nodes that share PostgreSQL and NATS. */
export type StoreKind = 'sqlite' | 'postgres+nats';

/** How a run is told what to do. */
export interface RunOptions {
  /** Where all of its chance comes from: the same seed makes the same decisions in the same order. */
  readonly seed: number;
  readonly store: StoreKind;
  /** How large: 1 is the size that the run's description names, 0.1 a tenth of it. */
  readonly scale: number;
  /** Says what is going on, for whoever watches. */
  log(line: string): void;
  /** Aborted when the run must end now; it then stops what it started and rejects. */
  readonly signal: AbortSignal;
}

/** One row of the table, and of `runs` in the JSON. Counts that a run does not take are 0. */
export interface RunResult {
  readonly name: string;
  readonly store: StoreKind;
  /** Messages that the server acknowledged. */
  readonly messages: number;
  /** Processes ended with SIGKILL: of the server, of a node, of a service, of a browser. */
  readonly kills: number;
  /** Connections that were welcomed after one before was lost. */
  readonly resumes: number;
  /** Frames that arrived twice because the network doubled them. */
  readonly duplicatedFrames: number;
  /** Acknowledged and not in the store, or in the store and never seen by somebody who should see it. */
  readonly lost: number;
  /** Twice in the store, or told twice to a reader. */
  readonly duplicated: number;
  /** Holes in a log, or messages of one sender that overtook each other, in the store or at a reader. */
  readonly outOfOrder: number;
  /** Readers whose view is not the store's, byte by byte; and whatever else two sides tell differently. */
  readonly mismatches: number;
  /** From the last fault until everybody saw everything. */
  readonly convergeMs: number;
  /** What did not hold, one sentence each; empty when the run passed. */
  readonly failures: readonly string[];
}

/** A run of the suite. */
export interface FaultRun {
  /** Such as `R2`. */
  readonly name: string;
  /** What it does, in a few words. */
  readonly title: string;
  readonly stores: readonly StoreKind[];
  /** Resolves with what came of it, also when something did not hold; rejects when it could not be carried out. */
  run(options: RunOptions): Promise<RunResult>;
}

/** A product that is broken on purpose: the checks of the suite must see it. */
export interface FaultControl {
  /** Such as `acknowledgement before commit`. */
  readonly name: string;
  run(options: RunOptions): Promise<ControlResult>;
}

/** One row of `controls` in the JSON. */
export interface ControlResult {
  readonly name: string;
  readonly caught: boolean;
  /** What the checks saw. */
  readonly failures: readonly string[];
}

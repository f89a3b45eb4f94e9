import type { StoreKind } from './fault-run.ts';
import type { Random } from './random.ts';
import type { StoredLog } from './stored-log.ts';

/** Remembers what everybody has been told until now; what it returns compares that with what is stored. */
export type Witness = () => (stored: StoredLog) => void;

/** Servers and what they keep their data in; all of it can be killed. */
export interface Site {
  readonly store: StoreKind;
  /** Where its nodes listen, on 127.0.0.1. */
  readonly ports: readonly number[];
  /** Processes of its nodes that run now. They collect their garbage when they are asked to (`memoryOf`). */
  readonly pids: readonly number[];
  /** What can be killed independently: each is killed and brought back in its own time. */
  readonly killable: readonly Killable[];
  /** The proof for an e-mail, as a site's back end makes it. */
  sign(email: string): Promise<string>;
  /** Everything that is stored now. */
  read(): Promise<StoredLog>;
  /** Ends everything, and deletes the data. */
  dispose(): Promise<void>;
}

export interface Killable {
  /** How many of each 10 kills are its. */
  readonly share: number;
  /** `kill -9`, then brings it back. Resolves with what it was, when it is back. */
  kill(random: Random, witness: Witness): Promise<string>;
}

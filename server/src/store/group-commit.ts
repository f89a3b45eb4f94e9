import type { Operation, Outcome } from './append-plan.ts';
import { StoreUnavailable } from './store-unavailable.ts';
import type { Failure } from './store-unavailable.ts';

/** Writes a batch in one durable transaction, or not at all. */
export interface BatchDriver {
  /** One outcome per operation, in their order; rejects with the database's error when nothing was committed. */
  commit(operations: readonly Operation[]): Promise<readonly Outcome[]>;
  classify(error: unknown): Failure;
  /** Lets go of what the driver alone holds. */
  close(): Promise<void>;
}

export interface CommitCounters {
  /** Batches committed. */
  readonly commits: number;
  /** Operations in them. */
  readonly operations: number;
  /** Batches that failed, retries and halves included. */
  readonly failures: number;
  readonly largestBatch: number;
  /** Ms spent committing, in all. */
  readonly commitMs: number;
  /** Operations that wait now. */
  readonly queued: number;
}

interface Waiting {
  readonly operation: Operation;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Most operations of one commit: on SQLite a commit holds the event loop, and 500 are about 10 ms. */
const MOST_PER_COMMIT = 500;
/** Beyond this the database cannot keep up, and waiting longer helps nobody. */
const MOST_QUEUED = 10_000;
/** How often a batch that lost against another transaction is tried again. */
const RETRIES = 5;

/**
 * Group commit: whatever comes in during one turn of the event loop, or while a commit is under way, shares the next
 * commit, and with it one fsync. Nothing waits for company: an idle server commits a lone message at the end of the
 * very turn that brought it.
 */
export class GroupCommit {
  readonly #driver: BatchDriver;
  #queue: Waiting[] = [];
  /** Scheduled or under way; the next batch starts when it ends. */
  #busy = false;
  #closed = false;
  #onIdle: (() => void) | null = null;
  readonly #counters = { commits: 0, operations: 0, failures: 0, largestBatch: 0, commitMs: 0 };

  constructor(driver: BatchDriver) {
    this.#driver = driver;
  }

  get counters(): CommitCounters {
    return { ...this.#counters, queued: this.#queue.length };
  }

  /** Resolves after the commit; rejects with StoreUnavailable, or with the error of a defect. */
  run(operation: Operation): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new StoreUnavailable(new Error('The store is closed.')));
      if (this.#queue.length >= MOST_QUEUED) return reject(new StoreUnavailable(new Error('Too much is waiting.')));
      this.#queue.push({ operation, resolve, reject });
      this.#schedule();
    });
  }

  /** Commits what waits, then closes the driver. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#busy) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    await this.#driver.close();
  }

  #schedule(): void {
    if (this.#busy) return;
    this.#busy = true;
    // The check phase follows right after the poll phase, in which all sockets that have data were read.
    setImmediate(() => void this.#next());
  }

  async #next(): Promise<void> {
    await this.#commit(this.#take());
    this.#busy = false;
    if (this.#queue.length > 0) this.#schedule();
    else this.#onIdle?.();
  }

  #take(): Waiting[] {
    if (this.#queue.length > MOST_PER_COMMIT) return this.#queue.splice(0, MOST_PER_COMMIT);
    const batch = this.#queue;
    this.#queue = [];
    return batch;
  }

  /**
   * Never rejects: every one of the batch hears its own outcome. False when the database takes nothing more.
   *
   * @param behind others that were taken out of the queue behind these
   */
  async #commit(batch: readonly Waiting[], behind: readonly Waiting[] = [], retries = RETRIES): Promise<boolean> {
    const start = performance.now();
    try {
      const outcomes = await this.#driver.commit(batch.map(({ operation }) => operation));
      this.#count(batch.length, performance.now() - start);
      batch.forEach(({ resolve }, index) => resolve(outcomes[index] ?? null));
      return true;
    } catch (error) {
      this.#counters.failures += 1;
      return this.#recover(batch, behind, error, retries);
    }
  }

  async #recover(
    batch: readonly Waiting[],
    behind: readonly Waiting[],
    error: unknown,
    retries: number,
  ): Promise<boolean> {
    const failure = this.#driver.classify(error);
    if (failure === 'retry' && retries > 0) return this.#commit(batch, behind, retries - 1);
    if (failure === 'retry' || failure === 'unavailable') {
      const unavailable = new StoreUnavailable(error);
      // Whatever waits came later, and must not be stored before these come again; told in the order in which it came.
      for (const { reject } of [...batch, ...behind, ...this.#queue.splice(0)]) reject(unavailable);
      return false;
    }
    if (batch.length > 1) {
      // One of them is bad. Halving finds it in a few commits, and all the others are stored, in their order.
      const middle = batch.length >> 1;
      const rest = batch.slice(middle);
      return (await this.#commit(batch.slice(0, middle), [...rest, ...behind])) && this.#commit(rest, behind);
    }
    const [{ operation, resolve, reject }] = batch as [Waiting];
    if (failure === 'data' && operation.kind === 'append') {
      resolve({ ok: false, code: 'bad_request', message: 'The database refuses this entry.' });
    } else {
      reject(error);
    }
    return true;
  }

  #count(size: number, ms: number): void {
    this.#counters.commits += 1;
    this.#counters.operations += size;
    this.#counters.commitMs += ms;
    this.#counters.largestBatch = Math.max(this.#counters.largestBatch, size);
  }
}

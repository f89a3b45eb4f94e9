/** What this device keeps: IndexedDB while it works, memory where it does not. */
import { promisifyRequest } from 'idb-keyval';

const DATABASE = 'chat-widget';
const TABLE = 'kept';
/** How long opening may take, ms: another page that is deleting the database can block it for ever. */
const OPEN_MS = 3_000;

type Work<T> = (table: IDBObjectStore) => Promise<T>;

/** All keys that start so: ours are plain ASCII. */
const keysFrom = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

/** How a `DeviceStorage` is made. */
export interface DeviceStorageOptions {
  /** Closes the database. What is asked afterwards finds nothing. */
  readonly signal: AbortSignal;
  /** Called once, when something could not be kept. */
  readonly onFailure: (cause: unknown) => void;
}

/**
 * A small table of key → value. Never rejects: what IndexedDB refuses (missing, blocked, full, cleared) lives in memory
 * until the page goes, and stands in front of what the database holds.
 */
export class DeviceStorage {
  /** Everything stays in memory from now on, on purpose; what the disk has is not looked at. */
  offDisk = false;
  readonly #options: DeviceStorageOptions;
  readonly #memory = new Map<string, unknown>();
  #opening?: Promise<void>;
  #database?: IDBDatabase;
  /** Ends the waiting of those who wait for an answer: a race with one promise for all would keep every answer. */
  readonly #waiting = new Set<(cause: unknown) => void>();
  #failed = false;

  constructor(options: DeviceStorageOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  /** Other tabs see the same. */
  get shared(): boolean {
    return !this.offDisk && !this.#failed;
  }

  /** Nothing can be read any more: what is not found may well be kept. */
  get closed(): boolean {
    return this.#options.signal.aborted;
  }

  async get<T>(key: string): Promise<T | undefined> {
    if (this.#memory.has(key)) return this.#memory.get(key) as T | undefined;
    return this.#try<T | undefined>('readonly', (table) => promisifyRequest(table.get(key)), undefined);
  }

  /**
   * Resolves when the value is on disk, or in memory because the disk refused.
   *
   * @param durability `relaxed`: a power cut may take it, a crash of the browser does not; the disk has less to do
   */
  async set(key: string, value: unknown, durability?: IDBTransactionDurability): Promise<void> {
    const kept = await this.#write((table) => table.put(value, key), durability);
    if (kept) this.#memory.delete(key);
    else this.#memory.set(key, value);
  }

  async delete(key: string): Promise<void> {
    this.#memory.delete(key);
    await this.#write((table) => table.delete(key));
  }

  /** Every value whose key starts so, in the order of the keys. */
  async list<T>(prefix: string): Promise<T[]> {
    const read: Work<[IDBValidKey[], T[]]> = (table) =>
      Promise.all([
        promisifyRequest(table.getAllKeys(keysFrom(prefix))),
        promisifyRequest<T[]>(table.getAll(keysFrom(prefix))),
      ]);
    const [keys, values] = await this.#try('readonly', read, [[], []]);
    const all = new Map(keys.map((key, i) => [key as string, values[i]]));
    for (const [key, value] of this.#memory) if (key.startsWith(prefix)) all.set(key, value as T);
    return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  }

  /** Deletes every value whose key starts so. */
  async deleteAll(prefix: string): Promise<void> {
    for (const key of [...this.#memory.keys()]) if (key.startsWith(prefix)) this.#memory.delete(key);
    await this.#write((table) => table.delete(keysFrom(prefix)));
  }

  #close(): void {
    this.#memory.clear();
    this.#database?.close();
  }

  /** Resolves with whether it was written. */
  #write(change: (table: IDBObjectStore) => unknown, durability?: IDBTransactionDurability): Promise<boolean> {
    const work: Work<boolean> = async (table) => {
      change(table);
      // Left to itself it commits only after an answer has come back here: a page that goes before would lose it.
      table.transaction.commit();
      await promisifyRequest(table.transaction);
      return true;
    };
    return this.#try('readwrite', work, false, durability);
  }

  async #try<T>(
    mode: IDBTransactionMode,
    work: Work<T>,
    otherwise: T,
    durability: IDBTransactionDurability = 'strict',
  ): Promise<T> {
    if (this.offDisk || this.#options.signal.aborted) return otherwise;
    try {
      if (!this.#database) await (this.#opening ??= this.#open());
      const table = this.#database!.transaction(TABLE, mode, { durability }).objectStore(TABLE);
      return await this.#answer(work(table));
    } catch (error) {
      this.#fail(error);
      return otherwise;
    }
  }

  #answer<T>(answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.add(reject);
      void answer.then(resolve, reject).then(() => this.#waiting.delete(reject));
    });
  }

  #fail(cause: unknown): void {
    if (!this.#failed && !this.#options.signal.aborted) this.#options.onFailure(cause);
    this.#failed = true;
  }

  async #open(): Promise<void> {
    const request = indexedDB.open(DATABASE);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    let timer: ReturnType<typeof setTimeout>;
    const opened = promisifyRequest(request).then((database) => {
      // Somebody wants to delete or upgrade it, and a connection kept open would block them; or the browser has closed
      // it, and answers nobody who waits. The next use opens it again; unless it was upgraded, what it held is gone.
      database.onversionchange = database.onclose = ({ newVersion }: Event & { newVersion?: number | null }) => {
        database.close();
        this.#database = this.#opening = undefined;
        if (newVersion) return;
        const cause = 'The data of this site were cleared.';
        this.#fail(cause);
        for (const giveUp of this.#waiting) giveUp(cause);
      };
      if (this.#options.signal.aborted) return database.close();
      this.#database = database;
      // Late is better than never: what had to wait in memory is kept after all.
      for (const [key, value] of this.#memory) void this.set(key, value);
    });
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Opening IndexedDB took too long.')), OPEN_MS);
    });
    return Promise.race([opened, limit]).finally(() => clearTimeout(timer));
  }
}

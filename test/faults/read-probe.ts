/** A client that can stop to read, and what waits for it in the server then. */
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { bytesInKernel } from './kernel-queue.ts';
import type { LightReader } from './light-reader.ts';
import { readCounter } from './server-counters.ts';
import type { Stage } from './stage.ts';
import type { StallLine } from './stall-line.ts';

/** What waits in the server, not just on its way through it, bytes. */
const NOTICEABLE = 128 * 1_024;
/** How often it is looked whether somebody was cut off, ms. */
const LOOK_MS = 500;
/** So many messages are sent again at once, to fill the kernel. */
const REPEATS = 10;
const PATIENCE_MS = 60_000;

export interface ReadProbeOptions {
  readonly stage: Stage;
  readonly server: ChatServerProcess;
  /** The client's. */
  readonly line: StallLine;
  /** Somebody else, who gets the same. */
  readonly reader: LightReader;
  /** Of each message, about. */
  readonly frameBytes: number;
}

/** Stops a client's reading, and watches what the server does about it. */
export class ReadProbe {
  readonly #options: ReadProbeOptions;
  /** What the other had got when this one stopped to read. */
  #bytes = 0;
  #repeated = 0;

  constructor(options: ReadProbeOptions) {
    this.#options = options;
  }

  /** It stops to read. Resolves when the kernel has had enough: it takes some megabytes, and alone that would take its time. */
  async stall(): Promise<void> {
    const { stage, line, reader } = this.#options;
    line.stall();
    this.#bytes = reader.bytes;
    this.#repeated = 0;
    const before = await this.#duplicates();
    while (this.#waiting < NOTICEABLE) {
      line.repeat(REPEATS);
      this.#repeated += REPEATS;
      await stage.until(PATIENCE_MS, async () => (await this.#duplicates()) >= before + this.#repeated || undefined);
    }
  }

  /**
   * Resolves when the server has cut it off, with how long that took, how many bytes had to wait at most, and how many
   * were written for everybody per second.
   */
  async untilCut(limitMs: number): Promise<{ peak: number; cutMs: number; rate: number }> {
    const { stage, reader } = this.#options;
    const { bytes } = reader;
    const closed = await this.#closes();
    const from = performance.now();
    let peak = 0;
    const cut = await stage.until(limitMs, async () => {
      await stage.pause(LOOK_MS);
      const waiting = this.#waiting;
      if ((await this.#closes()) > closed) return performance.now();
      peak = Math.max(peak, waiting);
      return undefined;
    });
    const cutMs = cut === undefined ? Infinity : Math.round(cut - from);
    return { peak, cutMs, rate: ((reader.bytes - bytes) / (performance.now() - from)) * 1_000 };
  }

  /** Bytes that were written for it and are not in the kernel: they wait in the server. */
  get #waiting(): number {
    const { server, line, reader, frameBytes } = this.#options;
    const port = Number(new URL(server.url).port);
    const written = reader.bytes - this.#bytes + this.#repeated * frameBytes;
    return written - line.ports.reduce((sum, each) => sum + bytesInKernel(port, each), 0);
  }

  /** Messages that the server was sent again, and answered. */
  #duplicates(): Promise<number> {
    return readCounter(this.#options.server, 'chat_store_duplicates_total');
  }

  /** Sockets that it has cut off because they read too slowly. */
  #closes(): Promise<number> {
    return readCounter(this.#options.server, 'chat_socket_closes_total{code="4509"}');
  }
}

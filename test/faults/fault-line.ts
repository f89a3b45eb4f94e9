import type { Socket } from 'node:net';
import type { FaultCounts, Faults } from './faults.ts';
import { Lane } from './lane.ts';
import type { Random } from './random.ts';
import { FrameSplitter, textOf } from './ws-frames.ts';

/** Bytes per second of a thin line. */
const THIN = 20_000;
/** A line that lost a frame is cut after so long, ms, at most. */
const OWED_MS = 5_000;
/** As much of a frame as says what it is. */
const START = 24;
const HEAD_END = '\r\n\r\n';
/** Whoever misses one of these asks for what it says. The others answer something, and TCP does not lose answers. */
const MAY_BE_LOST = /^\{"type":"(?:entry|conversation|read|typing)"/;

export interface FaultLineOptions {
  readonly client: Socket;
  readonly server: Socket;
  /** What the client has sent so far: a whole head of HTTP at least. */
  readonly head: Buffer;
  readonly random: Random;
  readonly counts: FaultCounts;
  /** What may go wrong now. */
  readonly faults: () => Faults;
}

/** One connection through the proxy: HTTP as bytes, a WebSocket as frames. */
export class FaultLine {
  readonly #options: FaultLineOptions;
  readonly #up: Lane;
  readonly #down: Lane;
  readonly #upFrames = new FrameSplitter();
  readonly #downFrames = new FrameSplitter();
  /** `http`: bytes · `upgrading`: the answer to an upgrade is awaited · `open`: frames. */
  #mode: 'http' | 'upgrading' | 'open' = 'http';
  #isAgents = false;
  #answerHead = Buffer.alloc(0);
  /** Changes places with the next frame of the server's. */
  #held: Buffer | undefined;
  #owes: NodeJS.Timeout | undefined;

  constructor(options: FaultLineOptions) {
    const { client, server, head } = options;
    this.#options = options;
    this.#up = new Lane(client, server);
    this.#down = new Lane(server, client);
    for (const [from, to, lane] of [
      [client, server, this.#up],
      [server, client, this.#down],
    ] as const) {
      from.setNoDelay();
      from.once('end', () => lane.end());
      from.once('close', (hadError: boolean) => (hadError ? to.destroy() : lane.end()));
    }
    client.on('data', (chunk) => this.#fromClient(chunk));
    server.on('data', (chunk) => {
      if (this.#mode === 'http') this.#fromHttp(chunk);
      else if (this.#mode === 'open') this.#fromServer(chunk);
      else this.#onAnswer(chunk);
    });
    this.#fromClient(head);
    client.resume();
  }

  /** Nothing new goes wrong on it. One that owes something is cut, for nobody would ever notice. */
  calm(): void {
    for (const lane of [this.#up, this.#down]) {
      lane.latencyMs = 0;
      lane.bytesPerSecond = Infinity;
    }
    if (this.#owes || this.#held) this.reset();
  }

  /** Ends it as a router does that has forgotten it. */
  reset(): void {
    const { client, server } = this.#options;
    client.resetAndDestroy();
    server.resetAndDestroy();
  }

  /** The answer to the upgrade; frames follow. */
  #onAnswer(chunk: Buffer): void {
    this.#answerHead = Buffer.concat([this.#answerHead, chunk]);
    const end = this.#answerHead.indexOf(HEAD_END);
    if (end < 0) return;
    const { random, faults } = this.#options;
    const { slow, latencyMs, thin } = faults();
    this.#down.put(this.#answerHead.subarray(0, end + HEAD_END.length));
    this.#mode = this.#answerHead.toString('latin1', 9, 12) === '101' ? 'open' : 'http';
    // Who hears all conversations could never keep up on a visitor's worst line.
    const most = this.#isAgents ? latencyMs / 6 : latencyMs;
    for (const lane of [this.#up, this.#down]) if (random.chance(slow)) lane.latencyMs = random.between(0, most);
    if (!this.#isAgents && random.chance(thin)) this.#down.bytesPerSecond = THIN;
    const rest = this.#answerHead.subarray(end + HEAD_END.length);
    this.#answerHead = Buffer.alloc(0);
    if (rest.length) this.#mode === 'open' ? this.#fromServer(rest) : this.#down.put(rest);
  }

  #fromHttp(chunk: Buffer): void {
    const { random, faults, counts } = this.#options;
    if (!random.chance(faults().cutHttp)) return this.#down.put(chunk);
    counts.cutHttp++;
    this.#options.client.write(chunk.subarray(0, chunk.length >> 1), () => this.reset());
  }

  /** A client may upgrade a connection on which it has made requests before; it waits for each answer. */
  #fromRequest(chunk: Buffer): void {
    const head = chunk.toString('latin1');
    if (/^upgrade: *websocket\r$/im.test(head)) {
      this.#mode = 'upgrading';
      this.#isAgents = head.startsWith('GET /v1/agent/');
    }
    this.#up.put(chunk);
  }

  #fromClient(chunk: Buffer): void {
    if (this.#mode !== 'open') return this.#fromRequest(chunk);
    const { random, faults, counts } = this.#options;
    for (const frame of this.#upFrames.push(chunk)) {
      const { duplicate } = faults();
      if (this.#isOver(frame, this.#up, this.#options.server)) return;
      this.#pass(frame, this.#up);
      if (!random.chance(duplicate) || !textOf(frame, START)?.startsWith('{"type":"send"')) continue;
      counts.duplicated++;
      this.#up.put(frame);
    }
  }

  #fromServer(chunk: Buffer): void {
    const { random, faults, counts } = this.#options;
    for (const frame of this.#downFrames.push(chunk)) {
      const { duplicate, reorder, drop } = faults();
      if (this.#isOver(frame, this.#down, this.#options.client)) return;
      const isSafe = !MAY_BE_LOST.test(textOf(frame, START) ?? '');
      if (!isSafe && random.chance(drop)) {
        counts.dropped++;
        this.#owes ??= this.#resetWithin(OWED_MS);
        continue;
      }
      if (!isSafe && !this.#held && random.chance(reorder)) {
        counts.reordered++;
        this.#held = frame;
        continue;
      }
      this.#pass(frame, this.#down);
      if (!isSafe && random.chance(duplicate)) {
        counts.duplicated++;
        this.#down.put(frame);
      }
      if (this.#held) this.#down.put(this.#held);
      this.#held = undefined;
    }
  }

  #pass(frame: Buffer, lane: Lane): void {
    const { random, faults, counts } = this.#options;
    if (!random.chance(faults().crumble)) return lane.put(frame);
    counts.crumbled++;
    lane.crumble(frame, random);
  }

  /** Whether the line ends, or goes dead, at this frame. */
  #isOver(frame: Buffer, lane: Lane, to: Socket): boolean {
    const { random, faults, counts } = this.#options;
    const { cut, freeze, freezeMs } = faults();
    if (random.chance(cut)) {
      counts.cut++;
      lane.freeze();
      to.write(frame.subarray(0, random.below(frame.length)), () => this.reset());
      return true;
    }
    if (!random.chance(freeze)) return false;
    counts.frozen++;
    lane.freeze();
    if (random.chance(0.5)) for (const each of [this.#up, this.#down]) each.freeze();
    clearTimeout(this.#owes);
    this.#owes = this.#resetWithin(freezeMs);
    return true;
  }

  #resetWithin(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.reset(), this.#options.random.between(0, ms)).unref();
  }
}

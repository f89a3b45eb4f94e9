import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { FaultLine } from './fault-line.ts';
import { NO_FAULTS, noCounts, type Faults } from './faults.ts';
import type { Random } from './random.ts';

/** Share of the connections that wait for a server to come back, as some balancers let them … */
const PATIENT = 0.75;
/** … so long, ms, … */
const PATIENCE_MS = 5_000;
/** … looking this often, ms. */
const AGAIN_MS = 50;

export interface FaultProxyOptions {
  /** Ports on 127.0.0.1 of the servers behind it. Each connection goes to one of them, or to the next when it is away. */
  readonly ports: () => readonly number[];
  readonly random: Random;
}

/**
 * A network between clients and servers that knows WebSocket frames: it cuts, delays, halves, doubles, swaps, drops, and
 * goes half open. Starts without a fault.
 */
export class FaultProxy {
  /** What may go wrong from now on. */
  faults: Faults = NO_FAULTS;
  /** Nobody gets through: as if the cable were out. Lines that are open stay so until they are reset. */
  isRefusing = false;
  /** How often what went wrong. */
  readonly counts = noCounts();
  readonly #options: FaultProxyOptions;
  readonly #server: Server;
  readonly #lines = new Set<FaultLine>();
  readonly #sockets = new Set<Socket>();

  private constructor(options: FaultProxyOptions) {
    this.#options = options;
    this.#server = createServer((client) => void this.#accept(client));
  }

  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(options);
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  /** Where clients find it, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Nothing goes wrong any more; lines that lost something, or are half open, are reset as the last fault. */
  calm(): void {
    this.faults = NO_FAULTS;
    for (const line of [...this.#lines]) line.calm();
  }

  /** Resets every line. */
  resetAll(): void {
    for (const line of [...this.#lines]) line.reset();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #accept(client: Socket): Promise<void> {
    this.#keep(client);
    if (this.isRefusing) return void client.resetAndDestroy();
    // Drawn here, so that when the client speaks makes no difference.
    const random = this.#options.random.fork(++this.counts.lines);
    const [head, server] = await Promise.all([readHead(client), this.#connect(random)]);
    if (!head || !server || client.destroyed) {
      client.resetAndDestroy();
      server?.destroy();
      return;
    }
    const { counts } = this;
    const line = new FaultLine({ client, server, head, random, counts, faults: () => this.faults });
    this.#lines.add(line);
    client.once('close', () => this.#lines.delete(line));
  }

  /** Some are refused at once while all servers are away, and some have to wait. */
  async #connect(random: Random): Promise<Socket | undefined> {
    const ports = this.#options.ports();
    const first = random.below(ports.length);
    const until = performance.now() + (random.chance(PATIENT) ? PATIENCE_MS : 0);
    do {
      for (let i = 0; i < ports.length; i++) {
        const socket = this.#keep(connect(ports[(first + i) % ports.length], '127.0.0.1'));
        const isConnected = await once(socket, 'connect').then(
          () => true,
          () => false,
        );
        if (isConnected) return socket;
      }
      await wait(AGAIN_MS);
    } while (performance.now() < until);
    return undefined;
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }
}

/** Reads up to the end of the first request's head at least; undefined when the client goes before. */
function readHead(client: Socket): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    let head = Buffer.alloc(0);
    const read = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      if (!head.includes('\r\n\r\n')) return;
      client.pause();
      client.off('data', read);
      resolve(head);
    };
    client.on('data', read);
    client.once('close', () => resolve(undefined));
  });
}

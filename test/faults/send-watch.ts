/** A line between browsers and the server on which messages can be held up, and that tells who sends which. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { SendFrame } from '../../src/api/protocol.ts';
import { FrameSplitter, textOf } from './ws-frames.ts';

/** A message that somebody has sent. */
export interface Sighting {
  readonly text: string;
  /** Which connection it came over. */
  readonly line: number;
  /** When, in `performance.now()`. */
  readonly at: number;
}

/** Passes everything on, except messages while it `holds`: those are lost, as in a cable that is cut behind the wall. */
export class SendWatch {
  /** Messages do not get through. */
  holds = false;
  /** Messages that clients have sent, in the order in which they came by. */
  readonly seen: Sighting[] = [];
  readonly #port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Those that are no WebSocket. */
  readonly #http = new Set<Socket>();
  #lines = 0;
  /** Lines up to this one are dead. */
  #dead = 0;

  private constructor(port: number) {
    this.#port = port;
    this.#server = createServer((client) => this.#accept(client));
  }

  /** @param port the server's, on 127.0.0.1 */
  static async start(port: number): Promise<SendWatch> {
    const watch = new SendWatch(port);
    await once(watch.#server.listen(0, '127.0.0.1'), 'listening');
    return watch;
  }

  /** Where clients find it, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Sockets that clients have opened so far. */
  get lines(): number {
    return this.#lines;
  }

  /** As after a sleep: sockets are dead, and nobody is told; a browser opens its connections for HTTP anew. */
  deaden(): void {
    this.#dead = this.#lines;
    for (const socket of this.#http) socket.destroy();
  }

  /** Ends every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #accept(client: Socket): void {
    const server = connect(this.#port, '127.0.0.1');
    const line = ++this.#lines;
    const frames = new FrameSplitter();
    let isOpen = false;
    for (const [one, other] of [
      [client, server],
      [server, client],
    ]) {
      this.#sockets.add(one);
      this.#http.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        this.#sockets.delete(one);
        this.#http.delete(one);
        other.destroy();
      });
    }
    server.on('data', (chunk) => {
      if (chunk.toString('latin1', 0, 12) === 'HTTP/1.1 101') {
        isOpen = true;
        for (const socket of [client, server]) this.#http.delete(socket);
      }
      if (line > this.#dead) client.write(chunk);
    });
    client.on('data', (chunk) => {
      if (line <= this.#dead) return;
      if (!isOpen) return void server.write(chunk);
      for (const frame of frames.push(chunk)) if (this.#passes(frame, line)) server.write(frame);
    });
  }

  #passes(frame: Buffer, line: number): boolean {
    const said = textOf(frame);
    if (!said?.startsWith('{"type":"send"')) return true;
    const { text } = JSON.parse(said) as SendFrame;
    this.seen.push({ text, line, at: performance.now() });
    return !this.holds;
  }
}

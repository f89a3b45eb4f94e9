/** A line to a server on which a client can stop reading, as a phone does in a tunnel. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { FrameSplitter, textOf } from './ws-frames.ts';

export class StallLine {
  readonly #server: Server;
  readonly #port: number;
  /** The sides that face the server. */
  readonly #lines = new Map<Socket, Socket>();
  /** The last message that went through, and where to. */
  #last?: { readonly frame: Buffer; readonly server: Socket };

  private constructor(port: number) {
    this.#port = port;
    this.#server = createServer((client) => this.#accept(client));
  }

  /** @param port the server's, on 127.0.0.1 */
  static async start(port: number): Promise<StallLine> {
    const line = new StallLine(port);
    await once(line.#server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  /** Where the client finds it, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ports of the connections to the server. */
  get ports(): readonly number[] {
    return [...this.#lines.keys()].map(({ localPort }) => localPort!);
  }

  /** From now on nothing is read of what the server sends. */
  stall(): void {
    for (const server of this.#lines.keys()) server.pause();
  }

  /** Sends the client's last message again: the server answers it each time, and nobody else hears of it. */
  repeat(times: number): void {
    for (let i = 0; i < times; i++) this.#last?.server.write(this.#last.frame);
  }

  resume(): void {
    for (const server of this.#lines.keys()) server.resume();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const [server, client] of this.#lines) for (const socket of [server, client]) socket.destroy();
    await closed;
  }

  #accept(client: Socket): void {
    const server = connect(this.#port, '127.0.0.1');
    const frames = new FrameSplitter();
    let isOpen = false;
    this.#lines.set(server, client);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ]) {
      one.on('error', () => {});
      one.once('end', () => other.end());
      one.once('close', () => {
        this.#lines.delete(server);
        other.destroy();
      });
    }
    server.on('data', (chunk) => {
      isOpen ||= chunk.toString('latin1', 0, 12) === 'HTTP/1.1 101';
      client.write(chunk);
    });
    client.on('data', (chunk) => {
      server.write(chunk);
      if (!isOpen) return;
      for (const frame of frames.push(chunk)) {
        if (textOf(frame)?.startsWith('{"type":"send"')) this.#last = { frame, server };
      }
    });
  }
}

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** The statement, as the hot path sends it; `begin … committed` is none. */
const COMMIT = 'commit\0';
/** How PostgreSQL answers it. */
const COMMITTED = 'COMMIT\0';
/** Connections that never said this are not the hot path's: the names of its statements begin like that. */
const HOT_PATH = 'append-lock';

/** A line to PostgreSQL on which the answer to a COMMIT can get lost: the commit takes effect, and nobody is told. */
export class LosingLink {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #onLost: (() => void) | undefined;

  private constructor(server: Server, target: number) {
    this.#server = server;
    server.on('connection', (near: Socket) => this.#join(near, connect(target, '127.0.0.1')));
  }

  /** @param target port on 127.0.0.1 */
  static async to(target: number): Promise<LosingLink> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new LosingLink(server, target);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The connection breaks behind the next COMMIT of the hot path. Resolves when the database has answered it. */
  loseNext(): Promise<void> {
    return new Promise((resolve) => (this.#onLost = resolve));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket, far: Socket): void {
    let isHot = false;
    let onLost: (() => void) | undefined;
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => this.#sockets.delete(socket));
    }
    far.once('close', () => near.destroy());
    near.once('close', () => onLost ?? far.destroy());
    near.on('data', (data) => {
      isHot ||= data.includes(HOT_PATH);
      far.write(data);
      if (!isHot || !this.#onLost || !data.includes(COMMIT)) return;
      onLost = this.#onLost;
      this.#onLost = undefined;
      near.destroy();
    });
    far.on('data', (data) => {
      if (!onLost) return void near.write(data);
      if (!data.includes(COMMITTED)) return;
      far.destroy();
      onLost();
    });
  }
}

/**
 * Chaos: with `CHAOS=seed` in the environment tests meet a machine and a network that are late at random, and nothing
 * else is different. A test that then fails reads or does something before it is so, or has found a fault of the product.
 *
 * Whoever asks the server directly, as tests do with the API key, is answered at once; what goes through a late door,
 * as all that browsers and clients do, arrives and is answered later. scripts/chaos.mjs is the browser's part.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Transform } from 'node:stream';
// Here time that passes is what is made.
// eslint-disable-next-line no-restricted-syntax
import { setTimeout as wait } from 'node:timers/promises';

/** Undefined: no chaos. */
export const CHAOS = process.env['CHAOS'] || undefined;

/** How late anything arrives at most on one way, ms. */
const LATE_MS = 150;

let drawn = 0;

/** A chance from 0 to below 1; the same ones, in the same order, for the same seed. */
export function chance(): number {
  return createHash('sha256').update(`${CHAOS}/${drawn++}`).digest().readUInt32LE() / 2 ** 32;
}

/** An address behind which a server answers late. */
export interface LateDoor {
  /** Without a slash at the end. */
  readonly url: string;
  close(): void;
}

/**
 * Opens a late door before a server; without chaos it is the server's own. It stays open while the server is away, and
 * then cuts off who comes.
 */
export async function openDoor(url: string): Promise<LateDoor> {
  if (!CHAOS) return { url, close: () => {} };
  const { protocol, hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket
      .setNoDelay()
      .on('error', () => {})
      .once('close', () => sockets.delete(socket));
  };
  const door = createServer({ allowHalfOpen: true }, (client) => {
    const server = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    for (const [from, to] of [
      [keep(client), keep(server)],
      [server, client],
    ] as const) {
      const line = late();
      from.pipe(line).pipe(to);
      // Cut off: so is the other side, once it has what was said before.
      from.once('close', () => from.readableEnded || line.end(() => to.destroy()));
    }
  });
  await once(door.listen(0, hostname), 'listening');
  // Who has nothing else to do may end.
  door.unref();
  return {
    url: `${protocol}//${hostname}:${(door.address() as AddressInfo).port}`,
    close() {
      door.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Everything in its order, and none sooner than what came before it. */
function late(): Transform {
  let last = Promise.resolve();
  const afterAll = (done: () => void) => {
    last = Promise.all([last, wait(chance() * LATE_MS)]).then(() => done());
  };
  return new Transform({
    transform(chunk, _encoding, taken) {
      afterAll(() => this.push(chunk));
      taken();
    },
    flush: afterAll,
  });
}

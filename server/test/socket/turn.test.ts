import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { currentTurn, holdForTurn } from '../../src/socket/turn.ts';

describe('What is written in one turn of the event loop', () => {
  const server = createServer();
  let wire: Socket;
  let heard: Promise<string>;

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    wire = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(wire, 'connect');
    const [reader] = await accepted;
    heard = reader.toArray().then((chunks) => Buffer.concat(chunks as Buffer[]).toString());
  });

  after(() => {
    wire.destroy();
    server.close();
  });

  it('waits for its end once it is held, is not held twice, and leaves whole and in order', async () => {
    const turn = currentTurn();
    assert.equal(currentTurn(), turn);
    wire.write('one ');
    holdForTurn(wire);
    wire.write('two ');
    // What the turn has woken belongs to it.
    await Promise.resolve();
    assert.equal(currentTurn(), turn);
    holdForTurn(wire);
    wire.write('three');
    assert.equal(wire.writableCorked, 1);

    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(wire.writableCorked, 0);
    assert.notEqual(currentTurn(), turn);
    wire.end();
    assert.equal(await heard, 'one two three');
  });

  it('is lost without a trouble when its socket goes away meanwhile', async () => {
    currentTurn();
    holdForTurn(wire);
    wire.destroy();
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(wire.destroyed);
  });
});

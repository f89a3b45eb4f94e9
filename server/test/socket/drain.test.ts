import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import { startServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

/** At 2 ms for each, their goodbyes take 800 ms: no machine stands still for most of that. */
const SOCKETS = 400;

describe('A server that is going down', () => {
  it('sends its clients away one after the other, and lets nobody in any more', async () => {
    const server = await startServer();
    const session = await server.session();
    const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => visitor(server, session)));
    const leaving = sockets.map(async ({ closed }) => ({ code: await closed, at: performance.now() }));
    const closing = server.chat.close();
    const knocks = await Promise.allSettled([
      server.socket('/v1/widget/demo/socket'),
      server.request('/readyz').then(({ status }) => assert.equal(status, 200)),
    ]);
    assert.deepEqual(
      knocks.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    const left = await Promise.all(leaving);
    await closing;
    await server.close();
    assert.ok(left.every(({ code }) => code === CloseCode.restart));
    const times = left.map(({ at }) => at).sort((one, other) => one - other);
    assert.ok(times.at(-1)! - times[0]! > 100, 'they do not all come back at once');
  });

  it('answers what it was asked before, and then lets go of that connection too', async () => {
    const server = await startServer();
    const { hostname, port } = new URL(server.url);
    const wire = connectTcp(Number(port), hostname);
    wire.write(
      'POST /v1/widget/demo/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n' +
        'Expect: 100-continue\r\n\r\n',
    );
    // It has the head: the request is under way.
    const [head] = (await once(wire, 'data')) as [Buffer];
    assert.match(head.toString(), /^HTTP\/1\.1 100 Continue/);
    const closing = server.chat.close();
    wire.write('{}');
    const answer = Buffer.concat((await wire.toArray()) as Buffer[]).toString();
    assert.match(answer, /^HTTP\/1\.1 201 Created\r\n/);
    assert.match(answer, /\r\nconnection: close\r\n/i);
    await closing;
    await server.close();
  });

  it('does not wait for a connection on which nothing was ever asked', async () => {
    const server = await startServer();
    const { hostname, port } = new URL(server.url);
    const ready = connectTcp(Number(port), hostname);
    await once(ready, 'connect');
    // The server has taken it too: it was first.
    await server.request('/healthz');
    const left = once(ready, 'close');
    ready.resume();
    await server.chat.close();
    await left;
    await server.close();
  });

  it('does not wait for clients that do not say goodbye', async () => {
    const server = await startServer();
    const silent = await visitor(server);
    silent.raw.pause();
    await server.chat.close();
    silent.raw.resume();
    await silent.closed;
    await server.close();
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CloseCode, LIMITS, PROTOCOL_VERSION } from '../../../src/api/protocol.ts';
import type { ClientFrame } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { say, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const bareSocket = (): Promise<TestSocket> => server.socket(`/v1/widget/${server.inbox}/socket`);

describe('A socket that says hello', () => {
  it('is told who it is, and what time it is', async () => {
    const session = await server.session({ firstName: 'Ann' });
    const socket = await bareSocket();
    const welcome = await socket.hello({ token: session.token });
    assert.equal(welcome.version, PROTOCOL_VERSION);
    assert.deepEqual(welcome.contact, session.contact);
    assert.equal(welcome.contact?.name, 'Ann');
    assert.deepEqual(welcome.conversations, []);
    assert.ok(Math.abs(welcome.now - Date.now()) < 5_000);
  });

  it('with a token that nobody has is signed out', async () => {
    for (const token of [undefined, '', 'x', 'A'.repeat(43), '__proto__']) {
      const socket = await bareSocket();
      socket.send({ type: 'hello', version: PROTOCOL_VERSION, ...(token === undefined ? {} : { token }) });
      assert.equal(await socket.closed, CloseCode.signedOut, token);
    }
  });

  it('in another version is told so, and not to come back', async () => {
    const socket = await bareSocket();
    socket.send({ type: 'hello', version: 99, token: 'x' });
    assert.equal(await socket.closed, CloseCode.version);
  });

  it('at an inbox that there is not is told so', async () => {
    const { token } = await server.session();
    const socket = await server.socket('/v1/widget/nowhere/socket');
    socket.send({ type: 'hello', version: PROTOCOL_VERSION, token });
    assert.equal(await socket.closed, CloseCode.noSuchInbox);
  });

  it('twice gets an error, and stays', async () => {
    const socket = await visitor(server);
    socket.send({ type: 'hello', version: PROTOCOL_VERSION, token: socket.token });
    assert.equal((await socket.next('error')).code, 'bad_request');
    await say(socket, uuid(), 'still here', true);
  });
});

describe('A socket that does not speak the protocol', () => {
  it('is closed when something comes before hello [hostile 53]', async () => {
    const frames: ClientFrame[] = [
      { type: 'send', conversationId: uuid(), clientId: uuid(), text: 'first!', start: true },
      { type: 'read', conversationId: uuid(), seq: 1 },
      { type: 'typing', conversationId: uuid(), typing: true },
      { type: 'pong' },
    ];
    for (const frame of frames) {
      const socket = await bareSocket();
      socket.send(frame);
      assert.equal(await socket.closed, CloseCode.badFrame, frame.type);
    }
  });

  it('is closed for what is no frame at all', async () => {
    for (const garbage of ['', 'hello', '{', '[]', 'null', '1', '"hello"', '{}', '{"type":1}', '['.repeat(30_000)]) {
      const socket = await visitor(server);
      socket.raw.send(garbage);
      assert.equal(await socket.closed, CloseCode.badFrame, garbage.slice(0, 20));
    }
    const binary = await visitor(server);
    binary.raw.send(Buffer.from('{"type":"pong"}'));
    assert.equal(await binary.closed, CloseCode.badFrame);
  });

  it('is told which field of a frame is wrong, and stays', async () => {
    const socket = await visitor(server);
    const clientId = uuid();
    socket.raw.send(JSON.stringify({ type: 'send', conversationId: 7, clientId, text: 'x' }));
    const error = await socket.next('error');
    assert.equal(error.code, 'bad_request');
    assert.equal(error.clientId, clientId);
    assert.match(error.message, /conversationId/);
    for (const type of ['__proto__', 'constructor', 'from the future']) socket.raw.send(JSON.stringify({ type }));
    await say(socket, uuid(), 'frames that are not known are ignored', true);
    assert.equal(socket.seen.filter(({ type }) => type === 'error').length, 1);
  });

  it('is closed by 1009 for a frame of 64 KiB and a byte, before anybody parses it [hostile 67]', async () => {
    const fits = await visitor(server);
    const envelope = JSON.stringify({ type: 'later', x: '' }).length;
    fits.raw.send(JSON.stringify({ type: 'later', x: 'x'.repeat(LIMITS.frameBytes - envelope) }));
    await say(fits, uuid(), 'fits', true);
    fits.raw.send(JSON.stringify({ type: 'later', x: 'x'.repeat(LIMITS.frameBytes - envelope + 1) }));
    assert.equal(await fits.closed, CloseCode.tooLarge);
  });
});

describe('The address of a socket', () => {
  it('tells whoever comes without an upgrade what it is', async () => {
    for (const path of [`/v1/widget/${server.inbox}/socket`, '/v1/agent/socket']) {
      const { status, headers, body } = await server.request(path);
      assert.deepEqual([status, headers.get('upgrade'), body.error.code], [426, 'websocket', 'bad_request']);
    }
  });
});

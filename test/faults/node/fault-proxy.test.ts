/** The bad network of the fault suite does what it says, and nothing else. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { FaultProxy } from '../fault-proxy.ts';
import { NO_FAULTS, type Faults } from '../faults.ts';
import { Random } from '../random.ts';
import { FrameSplitter, textOf } from '../ws-frames.ts';

const COUNT = 200;
const ALL = Array.from({ length: COUNT }, (_, i) => i);

/** What the protocol adds to a client's key (RFC 6455, 1.3). */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Sends numbered entries to whoever says `go`, and remembers what they say. */
let server: Server;
let heard: string[] = [];
let onHeard = () => {};
const proxies: FaultProxy[] = [];
const sockets: Socket[] = [];

function answer({ headers }: IncomingMessage, socket: Socket): void {
  sockets.push(socket.on('error', () => {}));
  const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${GUID}`).digest('base64');
  const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`);
  const splitter = new FrameSplitter();
  const say = (message: object) => socket.write(frameOf(JSON.stringify(message)));
  socket.on('data', (chunk) => {
    for (const frame of splitter.push(chunk)) {
      heard.push(textOf(frame) ?? '');
      onHeard();
      if (heard.at(-1) !== 'go') continue;
      for (const n of ALL) say({ type: 'entry', n });
      say({ type: 'end' });
    }
  });
}

before(async () => {
  server = createServer().on('upgrade', answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  heard = [];
  for (const proxy of proxies.splice(0)) await proxy.close();
});

after(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

async function through(faults: Partial<Faults>, seed = 1): Promise<FaultProxy> {
  const { port } = server.address() as AddressInfo;
  const proxy = await FaultProxy.start({ ports: () => [port], random: new Random(seed) });
  proxies.push(proxy);
  proxy.faults = { ...NO_FAULTS, ...faults };
  return proxy;
}

/** The numbers that arrive, up to the last frame or the end of the line. */
async function arrivals(proxy: FaultProxy): Promise<number[]> {
  const socket = new WebSocket(proxy.url.replace('http', 'ws'));
  const numbers: number[] = [];
  socket.addEventListener('open', () => socket.send('go'));
  await new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve());
    socket.addEventListener('error', () => {});
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const { type, n } = JSON.parse(data) as { type: string; n: number };
      if (type === 'entry') numbers.push(n);
      else resolve();
    });
  });
  socket.close();
  return numbers;
}

describe('A line through the fault proxy', { timeout: 60_000 }, () => {
  it('without faults brings everything as it was sent', async () => {
    assert.deepEqual(await arrivals(await through({})), ALL);
  });

  it('that is slow, or crumbles, still brings everything in order', async () => {
    assert.deepEqual(await arrivals(await through({ slow: 1, latencyMs: 20, crumble: 0.2 })), ALL);
  });

  it('doubles frames, both ways', async () => {
    const proxy = await through({ duplicate: 1 });
    assert.deepEqual(
      await arrivals(proxy),
      ALL.flatMap((n) => [n, n]),
    );
    const sent = JSON.stringify({ type: 'send' });
    const socket = new WebSocket(proxy.url.replace('http', 'ws'));
    await once(socket, 'open');
    const twice = new Promise<void>((resolve) => {
      onHeard = () => heard.filter((text) => text === sent).length === 2 && resolve();
    });
    socket.send(sent);
    await twice;
    socket.close();
  });

  it('swaps the server’s frames, and loses none of them', async () => {
    const numbers = await arrivals(await through({ reorder: 0.3 }));
    assert.notDeepEqual(numbers, ALL);
    assert.deepEqual(
      numbers.toSorted((a, b) => a - b),
      ALL,
    );
  });

  it('drops frames, the same ones when the seed is the same', async () => {
    const numbers = await arrivals(await through({ drop: 0.3 }, 7));
    assert.ok(numbers.length > 0 && numbers.length < COUNT, `${numbers.length} came`);
    assert.deepEqual(await arrivals(await through({ drop: 0.3 }, 7)), numbers);
    assert.notDeepEqual(await arrivals(await through({ drop: 0.3 }, 8)), numbers);
  });

  it('breaks in the middle of a frame, and goes half open until it is reset', async () => {
    for (const fault of [{ cut: 0.05 }, { freeze: 0.05, freezeMs: 50 }]) {
      const proxy = await through(fault);
      const numbers = await arrivals(proxy);
      assert.ok(numbers.length < COUNT, `${numbers.length} came`);
      assert.deepEqual(numbers, ALL.slice(0, numbers.length));
      assert.equal(proxy.counts.cut + proxy.counts.frozen, 1);
    }
  });

  it('is cut when calm returns, if it has lost something', async () => {
    const proxy = await through({ drop: 1 });
    const socket = new WebSocket(proxy.url.replace('http', 'ws'));
    await once(socket, 'open');
    const closed = once(socket, 'close');
    const end = once(socket, 'message');
    socket.send('go');
    await end;
    proxy.calm();
    await closed;
    assert.deepEqual(await arrivals(proxy), ALL);
  });
});

describe('A stream of frames', () => {
  it('is cut into the same frames, in whatever pieces it comes', () => {
    const random = new Random(1);
    const texts = Array.from({ length: 60 }, (_, i) => 'ü'.repeat(i < 50 ? i : 40_000 * (i - 49)));
    const frames = texts.map((text, i) => frameOf(text, i % 2 ? random : undefined));
    const stream = Buffer.concat(frames);
    const splitter = new FrameSplitter();
    const found: Buffer[] = [];
    for (let at = 0; at < stream.length;) {
      const end = at + 1 + random.below(random.chance(0.9) ? 20 : 100_000);
      found.push(...splitter.push(stream.subarray(at, end)));
      at = end;
    }
    assert.deepEqual(
      found.map((frame) => textOf(frame)),
      texts,
    );
  });
});

/** A text frame (RFC 6455, 5.2); masked, as clients send it, when there is a chance for the mask. */
function frameOf(text: string, random?: Random): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x81;
  head[1] = (random ? 0x80 : 0) | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  if (!random) return Buffer.concat([head, payload]);
  const mask = Buffer.from(Array.from({ length: 4 }, () => random.below(256)));
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ mask[i & 3])]);
}

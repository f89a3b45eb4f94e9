import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import type { Bus, BusHandler } from '../../src/bus/bus.ts';
import { LocalBus } from '../../src/bus/local-bus.ts';
import { Hub } from '../../src/socket/hub.ts';
import type { Follower } from '../../src/socket/hub.ts';
import { textFrame } from '../../src/socket/text-frame.ts';

class Recorder implements Follower {
  readonly id: string;
  readonly frames: Buffer[] = [];
  readonly closes: number[] = [];

  constructor(id: string) {
    this.id = id;
  }

  write(frame: Buffer): void {
    this.frames.push(frame);
  }

  close(code: number): void {
    this.closes.push(code);
  }
}

/** The real bus, which counts what is asked of it. */
class CountingBus extends LocalBus implements Bus {
  subscriptions = 0;

  override subscribe(topic: string, handler: BusHandler): () => void {
    this.subscriptions += 1;
    const stop = super.subscribe(topic, handler);
    return () => {
      this.subscriptions -= 1;
      stop();
    };
  }
}

describe('The hub', () => {
  it('brings a frame to all who follow the topic, framed once, and not to the one it is not for', () => {
    const bus = new CountingBus();
    const hub = new Hub(bus);
    const [one, two, other] = [new Recorder('1'), new Recorder('2'), new Recorder('3')];
    hub.follow('inbox:a', one);
    hub.follow('inbox:a', two);
    hub.follow('inbox:b', other);
    bus.publish('inbox:a', '{"type":"ping"}');
    assert.deepEqual([one.frames.length, two.frames.length, other.frames.length], [1, 1, 0]);
    assert.equal(one.frames[0], two.frames[0], 'the very same bytes');
    bus.publish('inbox:a', 'x', { except: '1' });
    assert.deepEqual([one.frames.length, two.frames.length], [1, 2]);
  });

  it('closes sockets by an order that has no frame', () => {
    const bus = new CountingBus();
    const hub = new Hub(bus);
    const socket = new Recorder('1');
    hub.follow('session:s', socket);
    bus.publish('session:s', '', { close: { code: 4401, reason: 'signed out' } });
    assert.deepEqual([socket.closes, socket.frames], [[4401], []]);
  });

  it('asks the bus once per topic, and no longer than somebody follows it', () => {
    const bus = new CountingBus();
    const hub = new Hub(bus);
    const sockets = Array.from({ length: 10 }, (_, i) => new Recorder(String(i)));
    for (const socket of sockets) for (const topic of ['a', 'b']) hub.follow(topic, socket);
    assert.equal(bus.subscriptions, 2);
    for (const socket of sockets) hub.unfollow('a', socket);
    assert.equal(bus.subscriptions, 1);
    for (const socket of [...sockets, ...sockets]) hub.unfollow('b', socket);
    assert.equal(bus.subscriptions, 0);
  });

  it('can lose a follower while it tells the others', () => {
    const bus = new CountingBus();
    const hub = new Hub(bus);
    const leaving = new Recorder('1');
    leaving.write = () => hub.unfollow('a', leaving);
    const staying = new Recorder('2');
    hub.follow('a', leaving);
    hub.follow('a', staying);
    bus.publish('a', 'x');
    bus.publish('a', 'y');
    assert.equal(staying.frames.length, 2);
  });
});

describe('A frame that was framed by hand', () => {
  it('is what any client understands, at every length', async () => {
    const texts = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000].map((length) => 'x'.repeat(length));
    texts.push('€'.repeat(42), '😀'.repeat(20_000), '\0\u2028"');
    const server = new WebSocketServer({ port: 0, perMessageDeflate: false });
    await once(server, 'listening');
    server.on('connection', (_socket: WebSocket, request: IncomingMessage) => {
      for (const text of texts) request.socket.write(textFrame(text));
    });
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const heard: string[] = [];
    await new Promise<void>((resolve, reject) => {
      client.on('error', reject);
      client.on('message', (data: Buffer) => {
        if (heard.push(data.toString()) === texts.length) resolve();
      });
    });
    assert.deepEqual(heard, texts);
    client.terminate();
    server.close();
  });
});

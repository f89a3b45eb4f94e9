import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import type { Bus, BusControl } from '../../src/bus/bus.ts';
import { LocalBus } from '../../src/bus/local-bus.ts';
import { readNatsAddress } from '../../src/bus/nats-address.ts';
import { openNatsBus } from '../../src/bus/nats-bus.ts';
import type { NatsBus, NatsBusOptions } from '../../src/bus/nats-bus.ts';
import { Link } from '../support/link.ts';
import { startNats } from './nats-server.ts';

function open(url: string, options: Partial<NatsBusOptions> = {}): Promise<NatsBus> {
  const address = readNatsAddress(url);
  assert.ok(address);
  return openNatsBus(address, { scope: 'these tests', ...options });
}

/** The next gap that this node tells of. */
function nextGap(bus: Bus): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = bus.onGap(() => resolve());
  return promise.finally(stop);
}

/** Listens, and lets a test wait for the message that ends it. */
async function listen(bus: Bus, topic: string) {
  const heard: [frame: string, control?: BusControl][] = [];
  const arrivals = new EventEmitter();
  const stop = bus.subscribe(topic, (frame, control) => {
    heard.push(control ? [frame, control] : [frame]);
    arrivals.emit('message');
  });
  await bus.flush();
  return {
    heard,
    stop,
    async until(count: number) {
      while (heard.length < count) await once(arrivals, 'message');
      return heard;
    },
  };
}

/** What every bus does. `open` makes two nodes, or one when nodes know nothing of each other. */
function busContract(name: string, open: (onError: (error: unknown) => void) => Promise<readonly [Bus, ...Bus[]]>) {
  describe(name, () => {
    let nodes: readonly [Bus, ...Bus[]];
    let last: Bus;
    const errors: unknown[] = [];
    before(async () => {
      nodes = await open((error) => errors.push(error));
      last = nodes.at(-1)!;
    });
    after(() => Promise.all(nodes.map((node) => node.close())));

    it('brings a frame to everybody who follows the topic, the publisher included, and to nobody else', async () => {
      const own = await listen(nodes[0], 'contact:1');
      const others = [await listen(last, 'contact:1'), await listen(last, 'contact:1')];
      const elsewhere = await listen(last, 'contact:2');
      nodes[0].publish('contact:1', '{"type":"ping","text":"日本 👋\\n"}');
      assert.deepEqual(own.heard, [['{"type":"ping","text":"日本 👋\\n"}']], 'at once');
      for (const other of others) assert.deepEqual(await other.until(1), own.heard);
      nodes[0].publish('contact:2', 'mine');
      assert.deepEqual(await elsewhere.until(1), [['mine']]);
    });

    it('keeps the order of each publisher', async () => {
      const listener = await listen(last, 'inbox:order');
      const frames = Array.from({ length: 500 }, (_, index) => `frame ${index}\nsecond line`);
      for (const frame of frames) nodes[0].publish('inbox:order', frame);
      assert.deepEqual(
        (await listener.until(500)).map(([frame]) => frame),
        frames,
      );
    });

    it('carries orders to close, with and without a frame', async () => {
      const listener = await listen(last, 'session:1');
      const control = { close: { code: 4401, reason: 'signed out' } };
      nodes[0].publish('session:1', '', control);
      nodes[0].publish('session:1', 'bye', control);
      assert.deepEqual(await listener.until(2), [
        ['', control],
        ['bye', control],
      ]);
    });

    it('takes any topic for what it is: no wildcard, no dot, no space reaches another', async () => {
      const topics = ['inbox:a', 'inbox:a.b', 'inbox:*', 'inbox:>', 'inbox:a b', 'inbox:ä%', '*', '>'];
      const listeners = await Promise.all(topics.map((topic) => listen(last, topic)));
      for (const topic of topics) nodes[0].publish(topic, topic);
      for (const [index, listener] of listeners.entries()) {
        assert.deepEqual(await listener.until(1), [[topics[index]]]);
        listener.stop();
      }
    });

    it('is silent after the unsubscribe, which may come twice and from the handler itself', async () => {
      const leaving = await listen(last, 'contact:3');
      const staying = await listen(last, 'contact:3');
      leaving.stop();
      leaving.stop();
      nodes[0].publish('contact:3', 'one');
      await staying.until(1);
      assert.deepEqual(leaving.heard, []);
      staying.stop();
      const once = await listen(last, 'contact:3');
      const stop = last.subscribe('contact:3', () => stop());
      nodes[0].publish('contact:3', 'two');
      assert.deepEqual(await once.until(1), [['two']]);
    });

    it('goes on when a handler throws', async () => {
      last.subscribe('contact:4', () => {
        throw new Error('a broken socket');
      });
      const healthy = await listen(last, 'contact:4');
      nodes[0].publish('contact:4', 'all the same');
      assert.deepEqual(await healthy.until(1), [['all the same']]);
      assert.match(String(errors.at(-1)), /a broken socket/);
    });

    it('drops what comes after it was closed', async () => {
      const [closing, ...others] = await open(() => {});
      const listener = await listen(closing, 'contact:5');
      await closing.close();
      await closing.close();
      closing.publish('contact:5', 'too late');
      closing.subscribe('contact:5', () => assert.fail('heard something'))();
      assert.deepEqual(listener.heard, []);
      await Promise.all(others.map((other) => other.close()));
    });
  });
}

busContract('the bus of one node', async (onError) => [new LocalBus(onError)]);

const nats = await startNats();
if (nats) {
  after(() => nats.stop());

  busContract('the bus of several nodes, on NATS', async (onError) => [
    await open(nats.url, { onError }),
    await open(nats.url, { onError }),
  ]);

  describe('two installations that share one NATS', () => {
    it('hear nothing of each other', async () => {
      const [one, other, second] = [
        await open(nats.url, { scope: 'one' }),
        await open(nats.url, { scope: 'other.*' }),
        await open(nats.url, { scope: 'one' }),
      ];
      const [mine, theirs] = [await listen(second, 'inbox:demo'), await listen(other, 'inbox:demo')];
      one.publish('inbox:demo', 'for us');
      await mine.until(1);
      other.publish('inbox:demo', 'for them');
      assert.deepEqual(theirs.heard, [['for them']]);
      await Promise.all([one.close(), other.close(), second.close()]);
    });
  });

  describe('when NATS goes away', () => {
    it('serves its own sockets, and tells when it is back that something was missed', async () => {
      const changes: boolean[] = [];
      const [here, there] = [await open(nats.url, { onChange: (is) => void changes.push(is) }), await open(nats.url)];
      const own = await listen(here, 'contact:6');
      const other = await listen(there, 'contact:6');
      const bothAreBack = Promise.all([nextGap(here), nextGap(there)]);
      await nats.stop();
      here.publish('contact:6', 'nobody else hears this');
      assert.deepEqual(own.heard, [['nobody else hears this']]);
      await nats.start();
      await bothAreBack;
      await there.flush();
      here.publish('contact:6', 'and we are back');
      assert.deepEqual(await other.until(1), [['and we are back']]);
      assert.deepEqual(changes, [false, true]);
      await Promise.all([here.close(), there.close()]);
    });

    it('is not opened when nothing answers', async () => {
      await nats.stop();
      await assert.rejects(open(nats.url));
      await nats.start();
    });
  });

  describe('when one node alone loses NATS', () => {
    it('tells the others too that they have missed what it said', async () => {
      const link = await Link.to(nats.port);
      const [cutOff, other] = [await open(`nats://127.0.0.1:${link.port}`), await open(nats.url)];
      const both = Promise.all([nextGap(cutOff), nextGap(other)]);
      await link.cut();
      link.mend();
      await both;
      await Promise.all([cutOff.close(), other.close()]);
      await link.close();
    });

    it('waits for a NATS that says nothing no longer than a hello may take, and tells later what was missed', async () => {
      const link = await Link.to(nats.port);
      const bus = await open(`nats://127.0.0.1:${link.port}`);
      link.freeze();
      bus.subscribe('contact:7', () => {});
      await assert.rejects(bus.flush(), /does not answer/);
      const gap = nextGap(bus);
      link.thaw();
      await gap;
      await bus.flush();
      await bus.close();
      await link.close();
    });
  });
}

const guarded = await startNats(['--user', 'chat', '--pass', 'p@ss:1']);
if (guarded) {
  after(() => guarded.stop());

  describe('a NATS that wants a password', () => {
    it('takes the one in the address, and nobody without it', async () => {
      const bus = await open(guarded.url.replace('//', '//chat:p%40ss%3A1@'));
      await bus.flush();
      await bus.close();
      await assert.rejects(open(guarded.url), /authorization/i);
    });
  });
}

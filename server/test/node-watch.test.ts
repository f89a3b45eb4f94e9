import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LocalBus } from '../src/bus/local-bus.ts';
import type { Bus, BusHandler } from '../src/bus/bus.ts';
import { readConfig } from '../src/config.ts';
import { watchNodes } from '../src/node-watch.ts';

/** What all nodes of a test share. */
const bus = new LocalBus((error) => {
  throw error;
});
const config = readConfig({ LIMITS: JSON.stringify({ presenceMs: 90 }) });

/** A line to it, until it is cut. */
class Line extends LocalBus {
  isCut = false;

  override publish(...message: Parameters<Bus['publish']>): void {
    if (!this.isCut) bus.publish(...message);
  }

  override subscribe(topic: string, handler: BusHandler): () => void {
    return bus.subscribe(topic, (...message) => {
      if (!this.isCut) handler(...message);
    });
  }
}

describe('A node that falls silent', () => {
  it('is noticed by one of the others, with the time when it was heard last; one that says goodbye is not', async () => {
    let now = 1_000;
    const deaths: number[] = [];
    const waiting = new Set<() => void>();
    const start = () => {
      const own = new Line();
      const stop = watchNodes({ bus: own, config, now: () => now }, (heardAt) => {
        // Who was cut off hears nobody, and takes all the others for dead.
        if (!own.isCut) deaths.push(heardAt);
        for (const look of waiting) look();
      });
      return { cut: () => void (own.isCut = true), stop };
    };
    const heard = (heardAt: number) =>
      new Promise<void>((resolve) => waiting.add(() => void (deaths.includes(heardAt) && resolve())));

    const [first, second] = [start(), start()];
    start().stop();
    now = 2_000;
    const silent = start();
    silent.cut();
    now = 3_000;
    await heard(2_000);
    const another = start();
    another.cut();
    now = 4_000;
    await heard(3_000);
    for (const { stop } of [first, second, silent, another]) stop();
    assert.deepEqual(deaths, [2_000, 3_000]);
  });
});

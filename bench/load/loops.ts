import type { Audience } from './audience.ts';
import type { Crowd } from './crowd.ts';

/** What a loop has done, for `Sample`. */
export interface LoopResult {
  readonly count: number;
  readonly seconds: number;
  /** Share of its core that this process used. */
  readonly loadBusy: number;
  /** ms. */
  readonly latencies: Float64Array;
}

/** Starts to count; what it returns ends that. */
function clock(): (count: number, latencies: readonly number[]) => LoopResult {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  return (count, latencies) => {
    const seconds = (performance.now() - startedAt) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    const loadBusy = (user + system) / 1e6 / seconds;
    return { count, seconds, loadBusy, latencies: Float64Array.from(latencies) };
  };
}

/** Closed loop: every member keeps `depth` messages on their way for so long; then what is on its way is waited for. */
export async function talk(crowd: Crowd, { depth, ms }: { depth: number; ms: number }): Promise<LoopResult> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const sentAt: number[][] = Array.from({ length: crowd.size }, () => []);
  const latencies: number[] = [];
  const end = clock();
  const until = performance.now() + ms;
  let onTheirWay = 0;
  const say = (member: number, now: number): void => {
    onTheirWay += 1;
    sentAt[member].push(now);
    crowd.say(member);
  };
  crowd.onDone = (member) => {
    const now = performance.now();
    latencies.push(now - sentAt[member].shift()!);
    onTheirWay -= 1;
    if (now < until) say(member, now);
    else if (onTheirWay === 0) resolve();
  };
  for (let turn = 0; turn < depth; turn += 1) {
    for (let member = 0; member < crowd.size; member += 1) say(member, performance.now());
  }
  await promise;
  return end(latencies.length, latencies);
}

/**
 * Open loop: so many messages per second in all, whatever the server does. A message's time counts from when it was due,
 * so that a server that stalls does not hide it (https://www.scylladb.com/2021/04/22/on-coordinated-omission/).
 */
export async function pace(crowd: Crowd, { perSecond, ms }: { perSecond: number; ms: number }): Promise<LoopResult> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const dueAt: number[][] = Array.from({ length: crowd.size }, () => []);
  const latencies: number[] = [];
  const end = clock();
  const startedAt = performance.now();
  const total = Math.floor((perSecond * ms) / 1_000);
  let said = 0;
  crowd.onDone = (member) => {
    latencies.push(performance.now() - dueAt[member].shift()!);
    if (latencies.length === total) resolve();
  };
  const timer = setInterval(() => {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond));
    for (; said < due; said += 1) {
      const member = said % crowd.size;
      dueAt[member].push(startedAt + (said / perSecond) * 1_000);
      crowd.say(member);
    }
  }, 1);
  await promise;
  clearInterval(timer);
  return end(latencies.length, latencies);
}

/** One speaks, all hear it; the next word follows when the last has heard. Counts deliveries. */
export async function publish(audience: Audience, { ms }: { ms: number }): Promise<LoopResult> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const latencies: number[] = [];
  const end = clock();
  const until = performance.now() + ms;
  let saidAt = performance.now();
  let heard = 0;
  audience.onHeard = () => {
    heard += 1;
    if (heard < audience.size) return;
    const now = performance.now();
    latencies.push(now - saidAt);
    if (now >= until) return resolve();
    heard = 0;
    saidAt = now;
    audience.speak();
  };
  audience.speak();
  await promise;
  return end(latencies.length * audience.size, latencies);
}

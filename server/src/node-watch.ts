import { randomUUID } from 'node:crypto';
import type { Parts } from './parts.ts';
import { topics } from './topics.ts';

/** What a node says of itself. */
interface Beat {
  readonly node: string;
  /** It stops, and owes nobody a word. */
  readonly leaves?: true;
}

/** Nodes say this often within `presenceMs` that they are there: one beat that was late is not a death. */
const BEATS = 3;

/**
 * Nodes hear each other's heartbeat over the bus. One that falls silent without a farewell has died: then one of the others
 * hears of it (several, where they do not agree on who is there). Returns how to stop, with a farewell.
 *
 * @param onDeath gets the time (ms) at which the dead node was heard last
 */
export function watchNodes(
  { bus, now, config }: Pick<Parts, 'bus' | 'now' | 'config'>,
  onDeath: (heardAt: number) => void,
): () => void {
  const own = randomUUID();
  const { presenceMs } = config.limits;
  const beatMs = Math.max(1, presenceMs / BEATS);
  /** When each of the others was heard last: by the clock that nobody sets, and by the one that entries bear. */
  const others = new Map<string, { readonly ticks: number; readonly at: number }>();
  const say = (beat: Beat): void => bus.publish(topics.nodes(), JSON.stringify(beat));

  const stopListening = bus.subscribe(topics.nodes(), (frame) => {
    const { node, leaves } = JSON.parse(frame) as Beat;
    if (leaves) return void others.delete(node);
    if (node === own) return;
    const isNew = !others.has(node);
    others.set(node, { ticks: performance.now(), at: now() });
    if (isNew) say({ node: own });
  });
  // Nobody was heard, and all sockets come again.
  const stopResuming = bus.onGap(() => others.clear());

  let lookedAt = performance.now();
  function look(): void {
    const ticks = performance.now();
    const wasStalled = ticks - lookedAt > 1.5 * beatMs;
    lookedAt = ticks;
    say({ node: own });
    // Then what the others say may only be waiting to be heard.
    if (wasStalled || !bus.isConnected) return;
    const isSilent = (beat: { readonly ticks: number }): boolean => ticks - beat.ticks > presenceMs;
    for (const [node, beat] of others) {
      if (!isSilent(beat)) continue;
      others.delete(node);
      if ([...others].every(([other, its]) => own < other || isSilent(its))) onDeath(beat.at);
    }
  }
  say({ node: own });
  const timer = setInterval(look, beatMs);
  timer.unref();

  return () => {
    clearInterval(timer);
    stopListening();
    stopResuming();
    say({ node: own, leaves: true });
  };
}

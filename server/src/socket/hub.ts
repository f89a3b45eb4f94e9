import type { Bus, BusControl } from '../bus/bus.ts';
import { textFrame } from './text-frame.ts';

/** A socket as the hub sees it. */
export interface Follower {
  readonly id: string;
  /** Writes bytes that are a frame already. */
  write(frame: Buffer): void;
  close(code: number, reason: string): void;
}

interface Topic {
  readonly followers: Set<Follower>;
  readonly unsubscribe: () => void;
}

/** Which of this node's sockets follow which topic. The bus is asked once per topic, and each frame is framed once. */
export class Hub {
  readonly #bus: Bus;
  readonly #topics = new Map<string, Topic>();

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  follow(topic: string, follower: Follower): void {
    const known = this.#topics.get(topic);
    if (known) {
      known.followers.add(follower);
      return;
    }
    const followers = new Set([follower]);
    const unsubscribe = this.#bus.subscribe(topic, (frame, control) => deliver(followers, frame, control));
    this.#topics.set(topic, { followers, unsubscribe });
  }

  /** Resolves when what was followed so far is heard from other nodes too, or when they cannot be reached just now. */
  async settled(): Promise<void> {
    // Without the bus there is only a delay: whatever is missed is in the store.
    await this.#bus.flush().catch(() => {});
  }

  /** Brings a frame to those who follow the topic here: of what each node finds out by itself. */
  tell(topic: string, frame: string): void {
    const known = this.#topics.get(topic);
    if (known) deliver(known.followers, frame);
  }

  unfollow(topic: string, follower: Follower): void {
    const known = this.#topics.get(topic);
    if (!known?.followers.delete(follower) || known.followers.size > 0) return;
    known.unsubscribe();
    this.#topics.delete(topic);
  }
}

function deliver(followers: ReadonlySet<Follower>, frame: string, control: BusControl = {}): void {
  const bytes = frame === '' ? undefined : textFrame(frame);
  for (const follower of followers) {
    if (follower.id === control.except) continue;
    if (bytes) follower.write(bytes);
    if (control.close) follower.close(control.close.code, control.close.reason);
  }
}

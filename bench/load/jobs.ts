import { arrive, comeBack, startAll } from './arrivals.ts';
import type { Door, Known, Return } from './arrivals.ts';
import { bareAudience, chatAudience, socketIoAudience } from './audience.ts';
import type { Audience } from './audience.ts';
import { chatCrowd, chatTypingCrowd } from './chat-crowd.ts';
import { newVisitors } from './chat.ts';
import type { Visitor } from './chat.ts';
import { cutAll, sendingCrowd, typingCrowd } from './crowd.ts';
import type { Crowd } from './crowd.ts';
import type { Line } from './line.ts';
import { pace, publish, talk } from './loops.ts';
import type { LoopResult } from './loops.ts';
import { socketIoCrowd } from './socket-io.ts';

/** Which people, on which server. Several ports: nodes of one cluster. */
export interface CrowdSpec {
  readonly kind: 'typing' | 'sending' | 'socket.io' | 'chat typing' | 'chat';
  readonly ports: readonly number[];
  readonly count: number;
}

export interface AudienceSpec {
  readonly kind: Door;
  readonly port: number;
  readonly size: number;
}

let crowd: Crowd | undefined;
let audience: Audience | undefined;
let lines: Line[] = [];

function present<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('Nobody has been gathered.');
  return thing;
}

/** What a load process can be asked for. Whoever is gathered stays until they leave. */
export const jobs = {
  async gather({ kind, ports, count }: CrowdSpec): Promise<void> {
    const port = ports[0];
    const gatherings: Record<CrowdSpec['kind'], () => Promise<Crowd>> = {
      typing: () => typingCrowd(port, count),
      sending: () => sendingCrowd(port, count),
      'socket.io': () => socketIoCrowd(port, count),
      'chat typing': () => chatTypingCrowd(port, count),
      chat: () => chatCrowd(ports, count),
    };
    crowd = await gatherings[kind]();
  },
  async talk(options: { depth: number; ms: number }): Promise<LoopResult> {
    return talk(present(crowd), options);
  },
  async pace(options: { perSecond: number; ms: number }): Promise<LoopResult> {
    return pace(present(crowd), options);
  },
  async seat({ kind, port, size }: AudienceSpec): Promise<void> {
    const halls: Record<Door, typeof bareAudience> = {
      bare: bareAudience,
      'socket.io': socketIoAudience,
      chat: chatAudience,
    };
    audience = await halls[kind](port, size);
  },
  async publish(options: { ms: number }): Promise<LoopResult> {
    return publish(present(audience), options);
  },
  async newVisitors(port: number, count: number): Promise<Visitor[]> {
    return newVisitors(port, count);
  },
  async arrive(door: Door, port: number, tokens: readonly string[]): Promise<void> {
    lines.push(...(await arrive(door, port, tokens)));
  },
  async startAll(visitors: readonly Visitor[]): Promise<void> {
    await startAll(lines, visitors);
  },
  /** Forgets lines that the server has cut. */
  async forget(): Promise<void> {
    lines = [];
  },
  async comeBack(door: 'bare' | 'chat', port: number, people: readonly Known[], failures: number): Promise<Return> {
    return comeBack(door, port, people, failures);
  },
  async leave(): Promise<void> {
    await Promise.all([crowd?.leave(), audience?.leave(), cutAll(lines)]);
    crowd = audience = undefined;
    lines = [];
  },
};

export type Jobs = typeof jobs;

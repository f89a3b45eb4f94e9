import { hash } from 'node:crypto';
import type { ChatState } from '../../src/api/chat-state.ts';
import type { Entry, MessageEntry } from '../../src/api/protocol.ts';
import type { Verdict } from './verdict.ts';

/** What one reader has seen of one conversation. */
class SeenLog {
  /** Digest of each entry, by seq. */
  readonly digests = new Map<number, string>();
  /** What the thread showed last. */
  window: readonly Entry[] = [];
  /** Highest seq that was told as news. */
  told = 0;
  readonly read = { contact: 0, agent: 0 };
}

/** What makes two entries the same, without their place. SHA-256, so that a view costs little memory. */
export function digestOf(entry: {
  readonly type: string;
  readonly id?: string | null;
  readonly clientId?: string | null;
  readonly text?: string | null;
}): string {
  return hash('sha256', JSON.stringify([entry.type, entry.id ?? '', entry.clientId ?? '', entry.text ?? '']), 'base64');
}

/** Everything that one client has shown or told, whatever it has let go of since. */
export class View {
  readonly name: string;
  readonly #verdict: Verdict;
  readonly #logs = new Map<string, SeenLog>();
  readonly #followed = new Set<string>();
  #conversations: ChatState['conversations'] = [];

  constructor(name: string, verdict: Verdict) {
    this.name = name;
    this.#verdict = verdict;
  }

  /** This conversation's thread is on the screen from now on. */
  follow(conversationId: string): void {
    this.#followed.add(conversationId);
  }

  /** The state has changed. */
  look(state: ChatState): void {
    for (const id of this.#followed) {
      const window = state.threads[id]?.entries;
      const log = this.#log(id);
      if (window && window !== log.window) this.#lookAt(log, window);
    }
    this.#lookAtCursors(state);
  }

  /** A message was told as news. */
  hear({ conversationId, seq, ...message }: MessageEntry): void {
    const log = this.#log(conversationId);
    if (seq === log.told) this.#verdict.duplicated(`${this.name} was told seq ${seq} of ${conversationId} twice.`);
    else if (seq < log.told) {
      this.#verdict.outOfOrder(`${this.name} was told seq ${seq} of ${conversationId} after ${log.told}.`);
    }
    log.told = Math.max(log.told, seq);
    this.#take(log, seq, digestOf(message));
  }

  /** No read cursor is beyond its conversation's end, once everything has come. */
  lookAtEnds(state: ChatState): void {
    for (const { id, contactReadSeq, agentReadSeq, lastSeq } of state.conversations) {
      if (Math.max(contactReadSeq, agentReadSeq) > lastSeq) {
        this.#verdict.mismatch(`${this.name} saw a read cursor of ${id} beyond its end.`);
      }
    }
  }

  /** Whether the entries of a log up to `seq` were all seen. */
  has(conversationId: string, seq: number): boolean {
    return this.#log(conversationId).digests.size >= seq;
  }

  /** Whether the newest message was told. */
  wasTold(conversationId: string, seq: number): boolean {
    return this.#log(conversationId).told >= seq;
  }

  /** Digests by seq. */
  seen(conversationId: string): ReadonlyMap<number, string> {
    return this.#log(conversationId).digests;
  }

  /** The cursors of all conversations only ever go up. */
  #lookAtCursors({ conversations }: ChatState): void {
    if (conversations === this.#conversations) return;
    this.#conversations = conversations;
    for (const { id, contactReadSeq, agentReadSeq } of conversations) {
      const { read } = this.#log(id);
      if (contactReadSeq < read.contact || agentReadSeq < read.agent) {
        this.#verdict.mismatch(`${this.name} saw a read cursor of ${id} go back.`);
      }
      read.contact = contactReadSeq;
      read.agent = agentReadSeq;
    }
  }

  #log(id: string): SeenLog {
    let log = this.#logs.get(id);
    if (!log) this.#logs.set(id, (log = new SeenLog()));
    return log;
  }

  /** Only what was not there before: at the end of a live thread, at the start of one that is scrolled up. */
  #lookAt(log: SeenLog, window: readonly Entry[]): void {
    const { window: before } = log;
    const [first, last] = [before[0]?.seq ?? Infinity, before.at(-1)?.seq ?? 0];
    log.window = window;
    for (let i = window.length - 1; i >= 0 && (window[i].seq > last || window[i].seq < first); i--) {
      this.#show(log, window, i);
    }
    for (let i = 0; i < window.length && window[i].seq < first; i++) this.#show(log, window, i);
  }

  #show(log: SeenLog, window: readonly Entry[], at: number): void {
    const { conversationId, seq } = window[at];
    if (at > 0 && window[at - 1].seq !== seq - 1) {
      this.#verdict.outOfOrder(`${this.name} was shown seq ${seq} of ${conversationId} after ${window[at - 1].seq}.`);
    }
    this.#take(log, seq, digestOf(window[at]));
  }

  #take(log: SeenLog, seq: number, digest: string): void {
    const known = log.digests.get(seq);
    if (known === undefined) log.digests.set(seq, digest);
    else if (known !== digest) this.#verdict.mismatch(`${this.name} was shown two entries with seq ${seq}.`);
  }
}

import type { Side } from '../api/chat-state.ts';
import type { Entry, MessageEntry } from '../api/protocol.ts';

/** What in a thread is new to its reader, who stands on `side`: to be said aloud, and to be counted. */
export class ThreadNews {
  /** Newest seq when the thread was opened: what comes after it comes in with a movement. */
  openSeq = Infinity;
  /** Highest seq that was said aloud or was history; undefined until the thread is open. */
  #heardSeq: number | undefined;
  /** The server's data were put back: what comes next is history. */
  #isRenewed = false;
  /** Highest seq that the reader had at the end of the list. */
  #seenSeq = 0;

  /** What is there by now is history. Only the first time counts. */
  open(entries: readonly Entry[]): void {
    if (this.#heardSeq === undefined) this.#heardSeq = this.openSeq = entries.at(-1)?.seq ?? 0;
  }

  /** Others' messages that came since this was last asked: no history, no echoes of the reader's own. */
  hear(entries: readonly Entry[], side: Side): readonly MessageEntry[] {
    const heard = this.#heardSeq;
    if (heard === undefined) return [];
    if (!entries.length || this.#isRenewed) {
      this.#isRenewed = heard > 0 && !entries.length;
      if (entries.length) this.#heardSeq = this.openSeq = entries.at(-1)!.seq;
      return [];
    }
    this.#heardSeq = Math.max(heard, entries.at(-1)?.seq ?? 0);
    return othersAfter(heard, entries, side);
  }

  /** The reader is at the end of the list. */
  see(entries: readonly Entry[]): void {
    this.#seenSeq = entries.at(-1)?.seq ?? 0;
  }

  /** How many of others' messages came since the reader was at the end. */
  unseen(entries: readonly Entry[], side: Side): number {
    return othersAfter(this.#seenSeq, entries, side).length;
  }
}

function othersAfter(seq: number, entries: readonly Entry[], side: Side): readonly MessageEntry[] {
  return entries
    .filter((entry) => entry.type === 'message')
    .filter(
      (entry) => entry.seq > seq && !entry.deletedAt && (entry.author.kind === 'contact') !== (side === 'contact'),
    );
}

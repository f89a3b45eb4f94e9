import type { PendingMessage, Side } from '../api/chat-state.ts';
import type { Author, Entry, MessageEntry } from '../api/protocol.ts';
import { daysFrom } from '../text/format-time.ts';

/** One bubble. */
export interface Bubble {
  /** The sender's id for the message: the same before and after it was stored, so its bubble stays the same element. */
  readonly clientId: string;
  /** Absent until it was stored. */
  readonly seq?: number;
  readonly at: number;
  readonly text: string;
  readonly status: 'stored' | PendingMessage['status'];
  /** Until it is stored. */
  readonly unsent?: PendingMessage;
  /** Once it is. */
  readonly stored?: MessageEntry;
  /** It is the first that is new to the reader. */
  readonly isNew?: boolean;
}

/** Messages of one author, each within two minutes of the one before. */
export interface GroupRow {
  readonly type: 'group';
  readonly key: string;
  readonly author: Author;
  readonly own: boolean;
  readonly bubbles: readonly Bubble[];
}

/** Something happened that is no message. */
export interface EventRow {
  readonly type: 'event';
  readonly key: string;
  readonly entry: Extract<Entry, { type: (typeof SHOWN)[number] }>;
}

/** Something that is in no log: it stands where its time is. */
export interface Aside {
  readonly key: string;
  readonly at: number;
  readonly view: unknown;
}

interface AsideRow extends Aside {
  readonly type: 'aside';
}

export type Row = GroupRow | EventRow | AsideRow;

/** One calendar day of a thread. */
export interface Day {
  readonly key: string;
  readonly at: number;
  readonly rows: readonly Row[];
}

const GROUP_MS = 2 * 60_000;
/** Events that have words; what a newer server knows beyond them is not shown. */
const SHOWN = ['joined', 'left', 'resolved', 'reopened', 'rated'] as const;

/**
 * What a thread shows, top to bottom: stored entries, then what is still on its way. `me` writes what is pending; what
 * others wrote after `readSeq` is new. `asides`, oldest first, stand among the entries that are loaded.
 */
export function threadDays(
  entries: readonly Entry[],
  pending: readonly PendingMessage[],
  side: Side,
  me: Author,
  readSeq = Infinity,
  asides: readonly Aside[] = [],
): readonly Day[] {
  const days: Day[] = [];
  let rows: Row[] = [];
  let last = -Infinity;
  let group: (GroupRow & { bubbles: Bubble[] }) | undefined;
  // Where the first of what is new is not loaded yet, nothing of it is the first.
  let isMarked = (entries[0]?.seq ?? 0) > readSeq + 1;

  const enter = (at: number) => {
    const newDay = last === -Infinity || daysFrom(last, at) !== 0;
    if (newDay) days.push({ key: new Date(at).toDateString(), at, rows: (rows = []) });
    if (newDay || at - last > GROUP_MS) group = undefined;
    last = at;
  };
  const say = (author: Author, bubble: Bubble) => {
    enter(bubble.at);
    const own = (author.kind === 'contact') === (side === 'contact');
    if (bubble.isNew) group = undefined;
    const continues = group && group.own === own && (group.author.id === author.id || (own && side === 'contact'));
    if (group && continues) group.bubbles.push(bubble);
    else rows.push((group = { type: 'group', key: bubble.clientId, author, own, bubbles: [bubble] }));
  };

  const waiting = asides.filter(({ at }) => at >= (entries[0]?.at ?? Infinity));
  const standAside = (until: number) => {
    while (waiting.length && waiting[0].at < until) {
      const aside = waiting.shift()!;
      enter(aside.at);
      group = undefined;
      rows.push({ type: 'aside', ...aside });
    }
  };

  for (const entry of entries) {
    standAside(entry.at);
    if (entry.type === 'message') {
      const { author, clientId, seq, at, text, deletedAt } = entry;
      const isNew: boolean =
        !isMarked && !deletedAt && seq > readSeq && (author.kind === 'contact') !== (side === 'contact');
      isMarked ||= isNew;
      say(author, { clientId, seq, at, text, status: 'stored', stored: entry, isNew });
    } else if (isShown(entry)) {
      enter(entry.at);
      group = undefined;
      rows.push({ type: 'event', key: `event-${entry.seq}`, entry });
    }
  }
  standAside(Infinity);
  for (const unsent of pending) {
    const { clientId, text, at, status } = unsent;
    // This device's clock may be behind the server's: what is not stored yet still stands last.
    say(me, { clientId, at: Math.max(at, last), text, status, unsent });
  }
  return days;
}

function isShown(entry: Entry): entry is EventRow['entry'] {
  return (SHOWN as readonly string[]).includes(entry.type);
}

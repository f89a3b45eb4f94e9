/** How a thread grows: pure transitions of its window. */
import { amended, isAmendment } from './amendments.ts';
import type { Author, Entry, EntryPage } from './protocol.ts';
import type { Thread } from './thread-window.ts';

/** Entries asked for at a time. */
export const PAGE_SIZE = 50;
/** A window that grows beyond this drops its far end … */
const WINDOW_LIMIT = 200;
/** … down to this, in one go, so that a list on screen shifts seldom. */
const WINDOW_KEPT = 150;

/** Highest seq in the window; 0 when it is empty. */
export const lastSeqOf = (thread: Thread | undefined): number => thread?.entries.at(-1)?.seq ?? 0;

/**
 * Appends the entry if it is the next one and the window stands at the end of the log. In one that does not, only what
 * becomes of its messages is seen.
 */
export function appendEntry(thread: Thread, entry: Entry): Thread {
  const { hasNewer, entries } = thread;
  const ahead = entry.seq - lastSeqOf(thread);
  if (ahead < 1 || (!hasNewer && ahead > 1)) return thread;
  const now = isAmendment(entry) ? entries.map((each) => amended(each, entry)) : entries;
  if (hasNewer) return now.every((each, at) => each === entries[at]) ? thread : { ...thread, entries: now };
  return dropOldest({ ...thread, typing: withoutAuthor(thread.typing, entry.author.id), entries: [...now, entry] });
}

/** The newest page: starts the window afresh, unless the window already reaches as far. */
export function startWindow(thread: Thread, { entries, more }: EntryPage): Thread {
  if (thread.entries.length && !thread.hasNewer && lastSeqOf(thread) >= (entries.at(-1)?.seq ?? 0)) return thread;
  return { ...thread, entries, hasOlder: more, hasNewer: false };
}

/** A page that was asked for before the first entry; one that does not join is dropped. */
export function growUpwards(thread: Thread, { entries, more }: EntryPage): Thread {
  const first = thread.entries[0]?.seq;
  if (!entries.length) return thread.hasOlder ? { ...thread, hasOlder: more } : thread;
  if (first === undefined || entries.at(-1)?.seq !== first - 1) return thread;
  // What changed a message since the page was made stands in the window already.
  const changes = thread.entries.filter(isAmendment);
  const all = [...entries.map((entry) => changes.reduce(amended, entry)), ...thread.entries];
  const tooMany = all.length > WINDOW_LIMIT;
  return {
    ...thread,
    entries: tooMany ? all.slice(0, WINDOW_KEPT) : all,
    hasOlder: more,
    hasNewer: thread.hasNewer || tooMany,
  };
}

/** A page that was asked for after the last entry; what the window already holds of it, or what does not join, is skipped. */
export function growDownwards(thread: Thread, { entries, more }: EntryPage): Thread {
  const grown = entries.reduce(appendEntry, { ...thread, hasNewer: false });
  return grown.entries === thread.entries && thread.hasNewer === more ? thread : { ...grown, hasNewer: more };
}

/** Somebody writes, or has stopped. */
export function setTyping(thread: Thread, author: Author, typing: boolean): Thread {
  const known = thread.typing.some(({ id }) => id === author.id);
  if (known === typing) return thread;
  return { ...thread, typing: typing ? [...thread.typing, author] : withoutAuthor(thread.typing, author.id) };
}

function dropOldest(thread: Thread): Thread {
  if (thread.entries.length <= WINDOW_LIMIT) return thread;
  return { ...thread, entries: thread.entries.slice(-WINDOW_KEPT), hasOlder: true };
}

function withoutAuthor(authors: readonly Author[], id: string): readonly Author[] {
  return authors.some((author) => author.id === id) ? authors.filter((author) => author.id !== id) : authors;
}

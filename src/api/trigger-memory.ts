/** What a device remembers so that triggers neither pester anybody nor forget who was here before. */
import { readNote, writeNote, type NoteKeeper } from './device-notes.ts';

/** Who comes back after so long comes on another visit, ms. */
const VISIT_MS = 30 * 60_000;
/** Of each trigger so many showings are remembered. */
const MOST_SHOWN = 1_000;

interface Visits {
  readonly count: number;
  /** When this browser was here last, ms since 1970. */
  readonly at: number;
}

/** Counts this visit, unless it goes on; answers which one it is. */
export function countVisit(now: number, keeper?: NoteKeeper): number {
  const { count, at } = numbersOf(readNote('visits', keeper));
  const visits: Visits = { count: count && now - at < VISIT_MS ? count : count + 1, at: now };
  writeNote('visits', JSON.stringify(visits), keeper);
  return visits.count;
}

/** When the cards of a trigger were shown to this visitor, ms since 1970. */
export function shownAt(id: string, keeper?: NoteKeeper): readonly number[] {
  const times = recordOf(memory(keeper)['shown'])[id];
  return Array.isArray(times) ? times.filter((at) => typeof at === 'number') : [];
}

export function noteShown(id: string, now: number, keeper?: NoteKeeper): void {
  const times = [...shownAt(id, keeper), now].slice(-MOST_SHOWN);
  remember({ shown: { ...recordOf(memory(keeper)['shown']), [id]: times } }, keeper);
}

/** What stands there may have been written by anybody. */
function read(note: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(note ?? '{}'));
  } catch {
    return {};
  }
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** `shown`: times by trigger. `invitation`: what stands before the visitor. Both are forgotten at logout. */
const memory = (keeper?: NoteKeeper) => read(readNote('triggers', keeper));

function remember(change: object, keeper?: NoteKeeper): void {
  writeNote('triggers', JSON.stringify({ ...memory(keeper), ...change }), keeper);
}

function numbersOf(note: string | undefined): Visits {
  const { count, at } = read(note);
  return { count: typeof count === 'number' ? count : 0, at: typeof at === 'number' ? at : 0 };
}

/** What stands before the visitor until they have done something about it. */
export interface KeptInvitation {
  readonly kind: 'invitation' | 'bot';
  readonly id?: string;
  readonly message: string;
  /** Its card has not been dismissed. */
  readonly hasCard: boolean;
  /** ms since 1970. */
  readonly at: number;
}

export function keepInvitation(invitation: KeptInvitation, keeper?: NoteKeeper): void {
  remember({ invitation }, keeper);
}

/** Of this visit. */
export function keptInvitation(now: number, keeper?: NoteKeeper): KeptInvitation | undefined {
  const { kind, id, message, hasCard, at } = recordOf(memory(keeper)['invitation']);
  if (typeof message !== 'string' || typeof at !== 'number' || now - at >= VISIT_MS) return undefined;
  return {
    ...{ kind: kind === 'bot' ? kind : 'invitation', message, hasCard: hasCard === true, at },
    ...(typeof id === 'string' && { id }),
  };
}

export function forgetInvitation(keeper?: NoteKeeper): void {
  remember({ invitation: undefined }, keeper);
}

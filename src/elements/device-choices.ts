import { readNote, writeNote, type NoteKeeper, type NoteName } from '../api/device-notes.ts';

/** What a visitor has chosen on this device, for every chat of this site. */
export interface DeviceChoices {
  /** No sounds. */
  readonly muted?: boolean;
  /** The browser may show notifications. */
  readonly notify?: boolean;
}

/** So many skipped questions are remembered. */
const MOST_UNRATED = 50;

/** What was chosen until now, in whichever tab. */
export function deviceChoices(keeper?: NoteKeeper): DeviceChoices {
  return read<DeviceChoices>('choices', keeper) ?? {};
}

/** Chooses otherwise. */
export function choose(change: DeviceChoices, keeper?: NoteKeeper): void {
  writeNote('choices', JSON.stringify({ ...deviceChoices(keeper), ...change }), keeper);
}

/** The visitor did not want to rate this closing; known until they log out. */
export function isUnrated(closing: string, keeper: NoteKeeper): boolean {
  return unrated(keeper).includes(closing);
}

/** The visitor does not want to rate this closing. */
export function leaveUnrated(closing: string, keeper: NoteKeeper): void {
  writeNote('unrated', JSON.stringify([...unrated(keeper), closing].slice(-MOST_UNRATED)), keeper);
}

/** Newest last. */
function unrated(keeper: NoteKeeper): readonly unknown[] {
  const kept = read<readonly unknown[]>('unrated', keeper);
  return Array.isArray(kept) ? kept : [];
}

/** What stands there may have been written by anybody. */
function read<T extends object>(name: NoteName, keeper: NoteKeeper | undefined): T | null {
  try {
    const note: unknown = JSON.parse(readNote(name, keeper) ?? 'null');
    return typeof note === 'object' ? (note as T | null) : null;
  } catch {
    return null;
  }
}

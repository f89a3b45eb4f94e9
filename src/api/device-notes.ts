/** Small things that this device remembers for every chat of this site, beside conversations and sessions. */
import type { DeviceStorage } from './device-storage.ts';

/** What each is kept as in localStorage. */
const KEYS = {
  choices: 'chat-widget-choices',
  unrated: 'chat-widget unrated',
  emoji: 'chat-widget emoji',
  tone: 'chat-widget emoji-tone',
  visits: 'chat-widget visits',
  triggers: 'chat-widget triggers',
} as const;

/** One of them. */
export type NoteName = keyof typeof KEYS;

/** A client, who knows whether this device may keep anything. */
export interface NoteKeeper {
  readonly parts: { readonly storage?: Pick<DeviceStorage, 'offDisk'> };
}

/** Where nothing can be kept, or nothing may be, a note lives as long as the page. */
const inMemory = new Map<NoteName, string>();

/** @param keeper for whom; with `persist: 'none'` the device is not looked at, and emptied */
export function readNote(name: NoteName, keeper?: NoteKeeper): string | undefined {
  if (keeper?.parts.storage?.offDisk) takeNotesOffDisk();
  return kept(name) ?? inMemory.get(name);
}

/** @param keeper for whom; with `persist: 'none'` nothing is written down */
export function writeNote(name: NoteName, note: string, keeper?: NoteKeeper): void {
  inMemory.set(name, note);
  if (keeper?.parts.storage?.offDisk) return takeNotesOffDisk();
  try {
    localStorage.setItem(KEYS[name], note);
    inMemory.delete(name);
  } catch {
    // It stays in memory.
  }
}

/** Forgets it, wherever it is. */
export function forgetNote(name: NoteName): void {
  inMemory.delete(name);
  try {
    localStorage.removeItem(KEYS[name]);
  } catch {
    // There is nothing.
  }
}

/** The device may keep nothing any more: what it has noted lives on in memory. */
export function takeNotesOffDisk(): void {
  for (const name of Object.keys(KEYS) as NoteName[]) {
    const note = inMemory.get(name) ?? kept(name);
    forgetNote(name);
    if (note !== undefined) inMemory.set(name, note);
  }
}

function kept(name: NoteName): string | undefined {
  try {
    return localStorage.getItem(KEYS[name]) ?? undefined;
  } catch {
    return undefined;
  }
}

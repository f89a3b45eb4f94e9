import { readNote, writeNote, type NoteKeeper } from '../api/device-notes.ts';
import { EMOJI, type EmojiCategory } from '../text/emoji.ts';

/** One of the picker's emoji. */
export interface Emoji {
  readonly emoji: string;
  readonly name: string;
  /** Beside its name. */
  readonly keywords: string;
}

/** A category and what is in it. */
export interface EmojiGroup {
  readonly category: EmojiCategory;
  readonly emoji: readonly Emoji[];
}

/** All that there are, by category. */
export const EMOJI_GROUPS: readonly EmojiGroup[] = EMOJI.map(([category, list]) => ({
  category,
  emoji: list.split('|').map((entry) => {
    const [, emoji = '', name = '', keywords = ''] = /^(\P{ASCII}+)([^,]*),?(.*)$/u.exec(entry) ?? [];
    return { emoji, name, keywords };
  }),
}));

const MOST_RECENT = 16;
const MOST_FOUND = 80;

/** Those whose words begin with each word of `text`: what is called just that first, then those with keywords. */
export function searchEmoji(text: string): readonly Emoji[] {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  if (!words.length) return [];
  const fits = (said: string) => {
    const beginnings = ` ${said.replace(/[^\p{L}\p{N}]+/gu, ' ')}`;
    return words.every((word) => beginnings.includes(` ${word}`));
  };
  const all = EMOJI_GROUPS.flatMap(({ emoji }) => emoji);
  // Keywords are given to those that people mean first.
  const meant = all.filter(({ name, keywords }) => keywords && fits(`${name} ${keywords}`));
  const called = meant.filter(({ keywords }) => keywords.split(' ').includes(text.trim().toLowerCase()));
  const named = all.filter(({ name, keywords }) => !keywords && fits(name));
  return [...new Set([...called, ...meant, ...named])].slice(0, MOST_FOUND);
}

/** In a skin tone from 0 (none) to 5, where there are skin tones of it. */
export function inTone(emoji: string, tone: number): string {
  return tone && /^\p{Emoji_Modifier_Base}\uFE0F?$/u.test(emoji)
    ? emoji.replace('\uFE0F', '') + String.fromCodePoint(0x1f3fa + tone)
    : emoji;
}

/** What was taken last on this device, as it was taken. */
export function recentEmoji(keeper?: NoteKeeper): readonly Emoji[] {
  const kept = (readNote('emoji', keeper) ?? '').split(' ').filter(Boolean).slice(0, MOST_RECENT);
  const all = EMOJI_GROUPS.flatMap(({ emoji }) => emoji);
  // What stands there may have been written by anybody: only what is known is shown.
  return kept.flatMap((emoji) => {
    const known = all.find(
      (each) => emoji === each.emoji || [1, 2, 3, 4, 5].some((tone) => inTone(each.emoji, tone) === emoji),
    );
    return known ? [{ ...known, emoji }] : [];
  });
}

/** Remembers that it was taken. */
export function remember(emoji: string, keeper?: NoteKeeper): void {
  const others = recentEmoji(keeper).filter((each) => each.emoji !== emoji);
  const recent = [emoji, ...others.map((each) => each.emoji)].slice(0, MOST_RECENT);
  writeNote('emoji', recent.join(' '), keeper);
}

/** The tone that was chosen last on this device, 0 to 5. */
export function keptTone(keeper?: NoteKeeper): number {
  const tone = Number(readNote('tone', keeper));
  return tone >= 1 && tone <= 5 ? Math.floor(tone) : 0;
}

export function keepTone(tone: number, keeper?: NoteKeeper): void {
  writeNote('tone', String(tone), keeper);
}

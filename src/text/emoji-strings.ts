import type { EmojiCategory } from './emoji.ts';

/** The words of the emoji picker. They come with it. */
export interface EmojiStrings {
  readonly picker: string;
  readonly search: string;
  readonly categories: string;
  readonly skinTone: string;
  readonly tones: readonly string[];
  readonly recent: string;
  readonly found: string;
  readonly nothing: string;
  readonly names: Readonly<Record<EmojiCategory, string>>;
}

/** English, the default. */
export const english: EmojiStrings = {
  picker: 'Emoji',
  search: 'Search emoji',
  categories: 'Categories',
  skinTone: 'Skin tone',
  tones: ['Default', 'Light', 'Medium light', 'Medium', 'Medium dark', 'Dark'],
  recent: 'Recent',
  found: 'Found',
  nothing: 'No emoji of that name.',
  names: {
    smileys: 'Smileys and hearts',
    people: 'Hands and people',
    nature: 'Animals and nature',
    food: 'Food and drink',
    activities: 'Activities',
    travel: 'Travel and places',
    objects: 'Objects',
    symbols: 'Symbols',
  },
};

/** Longest sequence that is looked at, in UTF-16 code units; families and flags of regions have about twenty. */
const EMOJI_LENGTH = 64;
const ONE_EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v');

/** True for exactly one emoji that is recommended for general interchange (Unicode UTS 51, ED-27). */
export function isEmoji(text: string): boolean {
  return text.length <= EMOJI_LENGTH && ONE_EMOJI.test(text);
}

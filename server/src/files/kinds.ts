/** What browsers show by themselves, and nothing in it can run: the only kinds that are ever served inline. */
const INLINE: ReadonlyMap<string, readonly string[]> = new Map([
  ['image/png', ['png', 'apng']],
  ['image/jpeg', ['jpg', 'jpeg', 'jpe', 'jfif']],
  ['image/gif', ['gif']],
  ['image/webp', ['webp']],
  ['image/avif', ['avif']],
  ['audio/mpeg', ['mp3']],
  ['audio/mp4', ['m4a', 'mp4']],
  ['audio/ogg', ['ogg', 'oga', 'opus']],
  ['audio/wav', ['wav']],
  ['audio/flac', ['flac']],
  ['audio/aac', ['aac']],
  ['video/mp4', ['mp4', 'm4v']],
  ['video/webm', ['webm', 'weba']],
  ['video/quicktime', ['mov', 'qt']],
]);

/** What nobody has recognised, and how everything that is not inline is served. */
export const UNKNOWN_KIND = 'application/octet-stream';

/** What detectors and browsers name differently. */
const ALIASES: Readonly<Record<string, string>> = {
  'image/apng': 'image/png',
  'audio/x-m4a': 'audio/mp4',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'video/x-m4v': 'video/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
};

/** One name for each kind. */
export function mediaTypeOf(detected: string): string {
  return ALIASES[detected] ?? detected;
}

/** Whether a file of this kind may be shown in a page; all others are downloads. */
export function isInline(mediaType: string): boolean {
  return INLINE.has(mediaType);
}

export function isPicture(mediaType: string): boolean {
  return mediaType.startsWith('image/') && isInline(mediaType);
}

/** The picture that a name with this ending is. */
export function pictureOf(ending: string): string | undefined {
  return [...INLINE].find(([mediaType, endings]) => isPicture(mediaType) && endings[0] === ending)?.[0];
}

/** How the names of such files end, the usual ending first; empty where any ending will do. */
export function endingsOf(mediaType: string): readonly string[] {
  return INLINE.get(mediaType) ?? [];
}

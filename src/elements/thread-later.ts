/**
 * What a thread needs once it stands there, and not before: who is typing, the way back to the end, what was not sent, what
 * is said aloud, keys and fingers. Loaded then.
 */
import { html } from 'lit';
import type { MessageEntry } from '../api/protocol.ts';
import type { Language } from '../text/language.ts';
import { lastWords } from '../text/last-words.ts';
import { plural } from '../text/phrase.ts';
import { english } from '../text/thread-strings.ts';
import { alertIcon } from './icons.ts';
import type { Bubble } from './thread-days.ts';
import type { ThreadStage } from './thread-stage.ts';
import { failureOf } from './unsent-words.ts';

export { onPress } from './message-press.ts';
export { walkMessages } from './thread-keys.ts';
export { laterStyles as styles } from './thread-later.styles.ts';
export { newestView, typingView } from './thread-signs.ts';
export { waitOf } from './unsent-words.ts';

/** More messages at once are counted aloud, not read out. */
const MOST_SAID = 3;

/** Others' messages that have just come, to be heard. */
export function sentencesOf(said: readonly MessageEntry[], language: Language): string {
  const strings = language.of('thread', english);
  if (said.length > MOST_SAID) return plural(language.lang, strings.newMessages, said.length);
  const nameOf = ({ author }: MessageEntry) => author.name ?? strings.visitor;
  return said.map((message) => `${nameOf(message)}: ${lastWords(message, language, 300)}`).join('\n');
}

/** A message was not sent: why, and what can be done. */
export function failureView({ clientId, unsent }: Bubble, { client, ...words }: ThreadStage) {
  const strings = words.of('thread', english);
  return html`<div class="failure" role="alert">
    ${alertIcon}<span>${failureOf(unsent ?? {}, words)}</span>
    <button type="button" @click=${() => client.retry(clientId)}>${strings.retry}</button>
    <button type="button" @click=${() => client.discard(clientId)}>${strings.discard}</button>
  </div>`;
}

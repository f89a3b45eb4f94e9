import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MessageEntry, Reaction } from '../api/protocol.ts';
import { formatExact } from '../text/format-time.ts';
import type { Language } from '../text/language.ts';
import { parseMarkdown, plainText } from '../text/markdown.ts';
import { english } from '../text/message-strings.ts';
import { fill } from '../text/phrase.ts';
import { english as threadStrings } from '../text/thread-strings.ts';
import { alertIcon } from './icons.ts';
import { failureOf } from './message-failure.ts';
import { jumpTo } from './message-jump.ts';
import { nameOf } from './message-people.ts';
import type { ThreadStage } from './thread-stage.ts';

export { messageExtrasStyles as styles } from './message-extras.styles.ts';
export { richText } from './rich-text.ts';

/** As much of a message as one line has room for. */
const SNIPPET_LENGTH = 160;

/** As much of a message as it takes to tell which one is meant. */
export type Quotable = Pick<MessageEntry, 'id' | 'author' | 'text' | 'attachments' | 'deletedAt'>;

/** The beginning of what a message says, as one line. */
export function snippetOf({ text, attachments, deletedAt }: Quotable, { of }: Language): string {
  if (deletedAt) return of('thread', threadStrings).deleted;
  const words = plainText(parseMarkdown(text.slice(0, 4 * SNIPPET_LENGTH))).replace(/\s+/g, ' ');
  return words.slice(0, SNIPPET_LENGTH) || (attachments?.[0]?.name ?? of('message', english).attachment);
}

/** What a message (`by`) answers: who said it and its first words. It leads there. */
export function quoteView(messageId: string, by: string, stage: ThreadStage) {
  const strings = stage.of('message', english);
  const answered = stage.find(messageId);
  const name = answered && nameOf(answered.author, stage);
  const jump = async () => {
    if (!(await jumpTo(messageId, stage))) stage.complain(by, strings.notFound);
  };
  return html`<button class="quote" type="button" @click=${jump}>
    <span class="unseen">${fill(strings.inReplyTo, { name: name ?? strings.earlier })} </span
    ><span class="quote-name" aria-hidden="true">${name ?? strings.earlier}</span
    >${answered ? html`<span class="quote-words"><bdi>${snippetOf(answered, stage)}</bdi></span>` : nothing}
  </button>`;
}

/** Behind a message's exact time: when it was changed. */
export function editedView(at: number, { lang, of }: Language) {
  return html`<bdi>${fill(of('message', english).editedAt, { time: formatExact(at, lang) })}</bdi>`;
}

/** Below a message's bubble: that it was changed, who put which emoji on it, what did not work with it. */
export function belowView(message: MessageEntry, stage: ThreadStage) {
  const { id, editedAt, reactions = [] } = message;
  const { trouble, of } = stage;
  const strings = of('message', english);
  return html`
    ${editedAt ? html`<span class="edited" title=${formatExact(editedAt, stage.lang)}>${strings.edited}</span>` : nothing}
    ${
      reactions.length
        ? html`<div class="reactions" role="group" aria-label=${strings.reactions}>
            ${repeat(
              reactions,
              ({ emoji }) => emoji,
              (reaction) => chip(reaction, message, stage),
            )}
          </div>`
        : nothing
    }
    ${
      trouble?.of === id
        ? html`<div class="failure" role="alert">
            ${alertIcon}<span>${trouble.sentence}</span>
            <button type="button" @click=${() => stage.complain(id)}>${strings.dismiss}</button>
          </div>`
        : nothing
    }
  `;
}

function chip({ emoji, by }: Reaction, { id }: MessageEntry, stage: ThreadStage) {
  const own = by.includes(stage.readerId);
  const names = new Intl.ListFormat(stage.lang).format(by.map((who) => nameOf(who, stage)));
  return html`<button
    class="chip ${own ? 'on' : ''}"
    type="button"
    aria-pressed=${own}
    aria-label=${fill(stage.of('message', english).reactedBy, { emoji, count: by.length, names })}
    title=${names}
    ?disabled=${!mayReact(stage)}
    @click=${() => react(stage, id, emoji, !own)}
  >
    <span aria-hidden="true">${emoji}</span><span class="chip-count" aria-hidden="true">${by.length}</span>
  </button>`;
}

/** Agents may, and visitors where the inbox says so. */
export function mayReact({ side, client }: ThreadStage): boolean {
  return side === 'agent' || client.state.settings?.behaviour?.reactions === true;
}

/** Puts an emoji on a message, or takes the reader's own away; what goes wrong is said at the message. */
export async function react(stage: ThreadStage, messageId: string, emoji: string, on: boolean): Promise<void> {
  stage.complain(messageId);
  try {
    await stage.client.react(stage.conversationId, messageId, emoji, on);
  } catch (error) {
    stage.complain(messageId, failureOf(error, stage));
  }
}

import { html, nothing } from 'lit';
import type { Attachment, MessageEntry } from '../api/protocol.ts';
import { formatExact, formatTime } from '../text/format-time.ts';
import { fill } from '../text/phrase.ts';
import { english } from '../text/thread-strings.ts';
import { dress } from './dress.ts';
import { face } from './face.ts';
import { checkIcon } from './icons.ts';
import { onDemand } from './on-demand.ts';
import { isBare, isMarked, messageExtras, textView } from './text-view.ts';
import type { Bubble, EventRow, GroupRow } from './thread-days.ts';
import type { ThreadStage } from './thread-stage.ts';
import { moreIcon, seenIcon, sendingIcon } from './thread-icons.ts';

/** What a group shows beside its messages, and what can be done with them. */
export interface GroupOptions {
  /** Under the last bubble: how far the message came. */
  readonly status?: 'sending' | 'sent' | 'seen';
  /** In the place of `sending`: why it takes so long. */
  readonly wait?: string;
  /** The status is an icon with that name. */
  readonly iconStatus: boolean;
  /** Messages after this seq, and unsent ones, rise in. */
  readonly freshAfter: number;
  /** Whose client this is: their own name is not told to them. */
  readonly readerId: string;
  readonly stage: ThreadStage;
}

const STATUS_ICONS = { sending: sendingIcon, sent: checkIcon, seen: seenIcon } as const;

/** What the visitor is offered below a message: buttons, cards, a form. */
const messageContent = onDemand(() => import('./message-content.ts'));
/** What it brings along. */
const messageFiles = onDemand(() => import('./message-files.ts'));

/*
 * Messages are templates, not elements of their own: in one shadow root a text can be selected across messages, and
 * fifty of them cost half.
 */

/** Messages of one author: one face, one name, one time. */
export function messageGroup(row: GroupRow, options: GroupOptions) {
  const { lang, of } = options.stage;
  const strings = of('thread', english);
  const { author, own, bubbles } = row;
  const mine = own && author.id === options.readerId;
  const name = mine ? strings.you : (author.name ?? strings.visitor);
  const at = bubbles.at(-1)?.at ?? 0;
  const time = formatTime(at, lang);
  return html`
    ${bubbles[0].isNew ? html`<p class="new" role="separator"><span>${strings.fromHereNew}</span></p>` : nothing}
    <div class="group ${own ? 'own' : 'other'}" role="group" aria-label="${name}, ${time}">
      ${own ? nothing : face(author)}
      <div class="stack">
        ${mine ? nothing : html`<div class="name" part="name" aria-hidden="true">${name}</div>`}
        ${bubbles.map((bubble) => messageBubble(bubble, own, options))}
        <div class="meta" part="time">
          <time dir="auto" aria-hidden="true" title=${formatExact(at, lang)}>${time}</time>${statusView(options)}
        </div>
      </div>
    </div>
  `;
}

/**
 * What a group is drawn from, where that is all: stored texts that mean what they say. What else a message has may come,
 * or change, by itself.
 */
export function partsOf({ bubbles }: GroupRow, { stage, ...options }: GroupOptions): readonly unknown[] | undefined {
  if (stage.trouble || !bubbles.every(({ stored }) => stored && isPlain(stored))) return undefined;
  const { client, of } = stage;
  return [client, of, ...Object.values(options), ...bubbles.flatMap(({ stored, isNew }) => [stored, isNew])];
}

const isPlain = ({ text, replyTo, editedAt, reactions, content, attachments }: MessageEntry): boolean =>
  !(replyTo || editedAt || reactions || content || attachments) && isBare(text);

/** Something happened that is no message. */
export function eventView({ entry }: EventRow, { side, of }: ThreadStage) {
  const strings = of('thread', english);
  const { type, author } = entry;
  const name = author.name ?? strings.visitor;
  const text =
    type === 'rated'
      ? fill(author.kind === side ? strings.ratedOwn : strings.rated, { name, count: entry.score })
      : type === 'joined' || type === 'left'
        ? fill(strings[type], { name })
        : type === 'resolved'
          ? strings.conversationResolved
          : strings.conversationReopened;
  return html`
    <p class="event" part="event">${type === 'resolved' ? checkIcon : nothing}${text}</p>
    ${type === 'rated' && entry.comment ? html`<blockquote dir="auto">${entry.comment}</blockquote>` : nothing}
  `;
}

function messageBubble(bubble: Bubble, own: boolean, { freshAfter, stage }: GroupOptions) {
  const { clientId, seq, at, status, unsent, stored } = bubble;
  const id = `at-${clientId}`;
  const fresh = (seq ?? Infinity) > freshAfter ? 'fresh' : '';
  const {
    replyTo = unsent?.replyTo,
    editedAt,
    reactions,
    content,
    deletedAt,
    attachments = unsent?.attachments,
  } = stored ?? ({} as Partial<MessageEntry>);
  const isSimple = !replyTo && !editedAt && !reactions && !isMarked(bubble.text);
  const extras = isSimple && (!stored || stage.trouble?.of !== stored.id) ? undefined : messageExtras(stage.redraw);
  if (extras) dress(stage.root, extras.styles);
  return html`
    <div
      class="message ${status} ${fresh} ${deletedAt ? 'deleted' : ''}"
      data-key=${clientId}
      tabindex="-1"
      role="article"
      aria-describedby=${id}
    >
      ${bubbleView(bubble, own, attachments, replyTo ? extras?.quoteView(replyTo, stored?.id ?? '', stage) : nothing, stage)}
      <time class="exact" id=${id} aria-hidden="true" datetime=${new Date(at).toISOString()}
        ><bdi>${formatExact(at, stage.lang)}</bdi>${editedAt ? extras?.editedView(editedAt, stage) : nothing}</time
      >
      ${stored && extras ? extras.belowView(stored, stage) : nothing}
      ${stored && content ? messageContent(stage.redraw)?.contentView(stored, content, stage) : nothing}
      ${status === 'failed' ? stage.later()?.failureView(bubble, stage) : nothing}
    </div>
  `;
}

function bubbleView(
  { text, stored }: Bubble,
  own: boolean,
  files: readonly Attachment[] | undefined,
  quote: unknown,
  stage: ThreadStage,
) {
  const strings = stage.of('thread', english);
  const isDeleted = stored?.deletedAt;
  // One value: in a bubble white space counts.
  const content = [quote, isDeleted ? strings.deleted : textView(text, stage, stage.redraw)];
  const brought = files ? messageFiles(stage.redraw)?.filesView(files, stage) : nothing;
  // What has no words and is no quote either is its files.
  const isFiles = files && !text && quote === nothing;
  return html`
    <div class="line">
      ${isFiles ? brought : html`<div class="bubble" part="message ${own ? 'own' : 'other'}" dir="auto">${content}</div>`}
      ${
        stored && !isDeleted
          ? html`<button
              class="actions"
              type="button"
              tabindex="-1"
              aria-label=${strings.actions}
              aria-haspopup="menu"
              @click=${() => stage.act(stored)}
            >
              ${moreIcon}
            </button>`
          : nothing
      }
    </div>
    ${isFiles ? nothing : brought}
  `;
}

function statusView({ status, wait, iconStatus, stage }: GroupOptions) {
  if (!status) return nothing;
  const strings = stage.of('thread', english);
  const reason = status === 'sending' && wait;
  // Why it takes so long no icon can say.
  return iconStatus && !reason
    ? html`<span class="status icon ${status}" role="img" aria-label=${strings[status]}>${STATUS_ICONS[status]}</span>`
    : html`<span class="status ${status}">${reason || strings[status]}</span>`;
}

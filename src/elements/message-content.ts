import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatError } from '../api/chat-error.ts';
import { findConversation } from '../api/chat-state.ts';
import type {
  FormField,
  FormValues,
  MessageAnswer,
  MessageButton,
  MessageCard,
  MessageContent,
  MessageEntry,
} from '../api/protocol.ts';
import { english, type ContentStrings } from '../text/content-strings.ts';
import { safeUrl } from '../text/links.ts';
import { fill } from '../text/phrase.ts';
import './cw-form.ts';
import { dress } from './dress.ts';
import type { CwForm, CwSubmitEvent } from './cw-form.ts';
import { checkIcon, outIcon } from './icons.ts';
import { messageContentStyles } from './message-content.styles.ts';
import type { ThreadStage } from './thread-stage.ts';

/** What a message offers below its text. Agents see what the visitor sees, and cannot use it; nor can anybody when it is over. */
export function contentView(message: MessageEntry, content: MessageContent, stage: ThreadStage): unknown {
  dress(stage.root, messageContentStyles);
  const strings = stage.of('content', english);
  const isOver = hasEnded(stage);
  const answer = (button: MessageButton) => say(button.text, { to: message.id, button: button.id }, stage);
  const buttons = (list: readonly MessageButton[], name: string, look: string) =>
    html`<div class=${look} role="group" aria-label=${name}>
      ${list.map((button) => buttonView(button, isOver || stage.side === 'agent', answer))}
    </div>`;
  if (content.type === 'replies') {
    return isOver || isAnswered(message, stage) ? nothing : buttons(content.replies, strings.replies, 'replies');
  }
  if (content.type === 'buttons') return buttons(content.buttons, strings.buttons, 'buttons');
  if (content.type === 'form') return formView(message, content.fields, content.submit, stage);
  // A newer server may offer what this code does not know: the text stands for it.
  if (content.type !== 'cards') return nothing;
  return html`<ul class="cards" aria-label=${strings.cards} tabindex="0">
    ${content.cards.map((card) => html`<li class="tile">${cardView(card, (list) => buttons(list, card.title, 'buttons'))}</li>`)}
  </ul>`;
}

function buttonView(button: MessageButton, isInert: boolean, onAnswer: (button: MessageButton) => void) {
  const { text, url } = button;
  if (url === undefined) {
    return html`<button
      class="choice"
      part="choice"
      type="button"
      dir="auto"
      ?disabled=${isInert}
      @click=${() => onAnswer(button)}
    >
      ${text}
    </button>`;
  }
  const target = safeUrl(url);
  return target?.protocol.startsWith('http')
    ? html`<a
        class="choice"
        part="choice"
        dir="auto"
        href=${target.href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        >${text}${outIcon}</a
      >`
    : nothing;
}

function cardView(
  { title, text, imageUrl, buttons }: MessageCard,
  buttonsView: (list: readonly MessageButton[]) => unknown,
) {
  const image = imageUrl ? safeUrl(imageUrl) : null;
  return html`
    ${image?.protocol === 'https:' ? html`<img alt="" src=${image.href} loading="lazy" referrerpolicy="no-referrer" />` : nothing}
    <div class="card-words" dir="auto">
      <strong>${title}</strong>
      ${text ? html`<p>${text}</p>` : nothing}
    </div>
    ${buttons?.length ? buttonsView(buttons) : nothing}
  `;
}

function formView(message: MessageEntry, fields: readonly FormField[], submit: string | undefined, stage: ThreadStage) {
  const { client, conversationId, thread, lang, side, of } = stage;
  const strings = of('content', english);
  const { drafts } = client;
  const draft = `form ${message.id}`;
  if (thread.entries.some((entry) => entry.type === 'message' && entry.answer?.to === message.id)) {
    // Sent from here, or from wherever else.
    if (drafts?.get(draft)) drafts.set(draft, '');
    return html`<p class="form-state">${checkIcon}${side === 'agent' ? strings.formAnswered : strings.formSent}</p>`;
  }
  if (side === 'agent' || hasEnded(stage)) {
    const labels = new Intl.ListFormat(lang).format(fields.map(({ label }) => label));
    return html`<p class="form-state" dir="auto">${fill(strings.asksFor, { fields: labels })}</p>`;
  }
  const isAnswer = ({ answer }: { readonly answer?: MessageAnswer }) => answer?.to === message.id;
  const { name, email } = client.state.contact ?? { name: null, email: null };
  const send = async (event: Event) => {
    const form = event.currentTarget as CwForm;
    const { values } = event as CwSubmitEvent;
    try {
      await client.send(conversationId, inWords(fields, values, strings), { answer: { to: message.id, values } });
    } catch (error) {
      // The form itself says what was wrong, and is what can be mended.
      const { pending = [] } = client.state.threads[conversationId] ?? {};
      for (const { clientId } of pending.filter(isAnswer)) client.discard(clientId);
      form.refuse(error as ChatError);
    }
  };
  // Keyed: another form is another element, with nothing typed into it.
  return repeat(
    [message],
    ({ id }) => id,
    () =>
      html`<cw-form
        exportparts="button"
        class="form"
        role="group"
        aria-label=${strings.form}
        .fields=${fields}
        .values=${known({ name, email })}
        .drafts=${drafts}
        .draft=${draft}
        .submit=${submit ?? ''}
        .busy=${thread.pending.some((each) => isAnswer(each) && each.status === 'pending')}
        @cw-submit=${send}
      ></cw-form>`,
  );
}

function known(values: Readonly<Record<string, string | null>>): FormValues {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== null));
}

/** As the server will say it. */
function inWords(fields: readonly FormField[], values: FormValues, strings: ContentStrings): string {
  return fields
    .filter(({ key }) => values[key] !== undefined)
    .map(({ key, label }) => {
      const value = values[key];
      return `${label}: ${typeof value === 'boolean' ? (value ? strings.yes : strings.no) : value}`;
    })
    .join('\n');
}

/** The conversation stays closed, or the visitor is refused here. */
function hasEnded({ client: { state }, conversationId, side }: ThreadStage): boolean {
  if (side === 'agent') return false;
  const isClosed = findConversation(state, conversationId)?.state === 'resolved';
  const isRefused = state.connection === 'closed' && state.closeReason !== undefined;
  return isRefused || (isClosed && state.settings?.behaviour?.reopen === false);
}

/** Quick replies are over when the visitor has said something since. */
function isAnswered({ seq }: MessageEntry, { thread, side }: ThreadStage): boolean {
  const isSaid = thread.entries.some(
    (each) => each.type === 'message' && each.seq > seq && each.author.kind === 'contact',
  );
  return isSaid || (side === 'contact' && thread.pending.length > 0);
}

function say(text: string, answer: MessageAnswer, { client, conversationId }: ThreadStage): void {
  // What becomes of it stands in the thread.
  client.send(conversationId, text, { answer }).catch(() => undefined);
}

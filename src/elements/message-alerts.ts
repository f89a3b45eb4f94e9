import type { ChatClient } from '../api/chat-client.ts';
import { findConversation } from '../api/chat-state.ts';
import type { MessageEntry } from '../api/protocol.ts';
import { english, type AlertStrings } from '../text/alert-strings.ts';
import type { Language } from '../text/language.ts';
import { parseMarkdown, plainText } from '../text/markdown.ts';
import { countOnLauncher } from './badge.ts';
import { chime, mayChime } from './chime.ts';
import type { CwPreview } from './cw-preview.ts';
import { deviceChoices } from './device-choices.ts';
import { takesTurn } from './message-turn.ts';
import { mayNotify } from './notifications.ts';
import { showCard } from './preview-card.ts';
import { countInTitle } from './title-count.ts';

/** The widget whose messages they are. */
export interface AlertedWidget extends HTMLElement {
  /** The panel is on screen. */
  readonly visible: boolean;
  readonly language: { readonly spoken: Language };
  showConversation(id: string): Promise<void>;
  requestUpdate(): void;
}

/** More than fits on a card. */
const TEXT_LENGTH = 400;
/** So long a conversation that somebody is looking at takes to be read, ms. */
const READ_MS = 200;
/** So much later a page that nobody sees does something: one that is seen goes first. */
const HIDDEN_MS = 600;

/**
 * How a new message makes itself known: a card beside the launcher, a count on it, the title of the page, one sound over
 * all tabs, and a notification of the browser for whoever wanted them. Never for history, and not for what was read
 * meanwhile.
 */
export class MessageAlerts {
  readonly #widget: AlertedWidget;
  readonly #client: ChatClient;
  readonly #signal: AbortSignal;
  #card: CwPreview | undefined;
  #message: MessageEntry | undefined;
  #notification: Notification | undefined;

  /** @param signal ended when the widget is */
  constructor(widget: AlertedWidget, client: ChatClient, signal: AbortSignal) {
    this.#widget = widget;
    this.#client = client;
    this.#signal = signal;
    const stop = client.subscribe(() => this.#onState());
    widget.addEventListener('chat-show', () => this.#dismiss(), { signal });
    // Its language may be another.
    const onChange = () => this.#card && (this.#card.strings = this.#strings);
    widget.addEventListener('cw-session-change', onChange, { signal });
    signal.addEventListener('abort', () => {
      stop();
      countInTitle(this, 0);
      countOnLauncher(widget, 0);
      this.#dismiss();
    });
    this.#onState();
  }

  /** Somebody of the other side has just said this. */
  async hear(message: MessageEntry): Promise<void> {
    if (this.#signal.aborted) return;
    this.#message = message;
    if (!this.#widget.visible) this.#showCard(message);
    const { behaviour } = this.#client.state.settings ?? {};
    const { muted, notify } = deviceChoices(this.#client);
    await new Promise((resolve) => setTimeout(resolve, READ_MS + (document.hidden ? HIDDEN_MS : 0)));
    if (this.#signal.aborted || !this.#isUnread(message)) return;
    if (behaviour?.sound && !muted) void this.#sound(message);
    if (behaviour?.notifications && notify) void this.#notify(message);
  }

  #onState(): void {
    const { unreadMessages } = this.#client.state;
    countInTitle(this, unreadMessages);
    countOnLauncher(this.#widget, unreadMessages);
    if (this.#message && !this.#isUnread(this.#message)) this.#dismiss();
  }

  #isUnread({ conversationId, seq }: MessageEntry): boolean {
    const conversation = findConversation(this.#client.state, conversationId);
    return conversation !== undefined && conversation.contactReadSeq < seq;
  }

  async #sound(message: MessageEntry): Promise<void> {
    if (mayChime() && (await takesTurn('sound', message.id))) chime();
  }

  async #notify(message: MessageEntry): Promise<void> {
    if (!mayNotify()) return;
    // Whoever sees a page of this site needs none: that page takes the turn, and shows its card.
    if (!(await takesTurn('notification', message.id)) || !document.hidden) return;
    const { conversationId, author } = message;
    try {
      const { avatarUrl: icon } = author;
      const options = { body: wordsOf(message, this.#strings), tag: conversationId, ...(icon && { icon }) };
      this.#notification = new Notification(this.#nameOf(message), options);
    } catch {
      // Android shows them through a service worker only.
      return;
    }
    this.#notification.onclick = () => {
      window.focus();
      this.#open(conversationId);
    };
  }

  #showCard(message: MessageEntry): void {
    const strings = this.#strings;
    this.#card = showCard(
      this.#widget,
      {
        position: this.#client.state.settings?.appearance.position ?? 'right',
        ...{ author: message.author, name: this.#nameOf(message), text: wordsOf(message, strings), strings },
        onOpen: () => this.#open(message.conversationId),
        onDismiss: () => this.#dismiss(),
      },
      this.#card,
    );
  }

  #nameOf({ author }: MessageEntry): string {
    return author.name ?? (this.#client.state.settings?.appearance.teamName || this.#strings.team);
  }

  get #strings(): AlertStrings {
    return this.#widget.language.spoken.of('alert', english);
  }

  #open(conversationId: string): void {
    // It stands there until the panel does. What fails is told by `chat-error`.
    this.#widget
      .showConversation(conversationId)
      .catch(() => {})
      .finally(() => this.#dismiss());
  }

  #dismiss(): void {
    this.#notification?.close();
    this.#card?.remove();
    this.#notification = this.#card = this.#message = undefined;
    this.#widget.requestUpdate();
  }
}

function wordsOf({ text, deletedAt }: MessageEntry, strings: AlertStrings): string {
  if (deletedAt) return strings.deleted;
  const words = plainText(parseMarkdown(text.slice(0, TEXT_LENGTH))).replace(/\s+/g, ' ');
  return words || strings.file;
}

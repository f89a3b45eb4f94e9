import { english } from '../text/alert-strings.ts';
import { parseMarkdown, plainText } from '../text/markdown.ts';
import type { CwPreview } from './cw-preview.ts';
import type { OutreachHost } from './outreach-host.ts';
import { showCard } from './preview-card.ts';
import { toldAlready } from './tell.ts';

/** The card beside the launcher on which a trigger speaks. */
export class InvitationCard {
  readonly #host: () => OutreachHost;
  readonly #onDismiss: () => void;
  #card: CwPreview | undefined;
  #message = '';

  constructor(host: () => OutreachHost, onDismiss: () => void) {
    this.#host = host;
    this.#onDismiss = onDismiss;
  }

  get isShown(): boolean {
    return this.#card !== undefined;
  }

  show(message: string): void {
    this.#message = message;
    const { element, client } = this.#host();
    const { position = 'right', teamName } = client()?.state.settings?.appearance ?? {};
    const strings = element.language.spoken.of('alert', english);
    const name = teamName || strings.team;
    this.#card = showCard(
      element,
      {
        ...{ position, name, strings, text: wordsOf(message), author: { kind: 'system', id: 'team', name } },
        // It stands there until the panel does. What fails is told by `chat-error`.
        onOpen: () => void element.show().catch(toldAlready),
        onDismiss: this.#onDismiss,
      },
      this.#card,
    );
  }

  /** The language may be another. */
  speak(): void {
    if (this.#card) this.#card.strings = this.#host().element.language.spoken.of('alert', english);
  }

  /** The one that it stood beside is gone. */
  move(): void {
    if (this.#card) this.show(this.#message);
  }

  remove(): void {
    if (!this.#card) return;
    this.#card.remove();
    this.#card = undefined;
    this.#host().element.requestUpdate();
  }
}

/** Without its marks, on one line. */
export function wordsOf(markdown: string): string {
  return plainText(parseMarkdown(markdown)).replace(/\s+/g, ' ');
}

import type { ChatState } from '../api/chat-state.ts';
import type { Contact, Conversation } from '../api/protocol.ts';
import { WidgetProperties } from './widget-properties.ts';

/** What a page reads of its visitor's session on the tag of `<chat-widget>`. */
export abstract class WidgetFacts extends WidgetProperties {
  /** Undefined until there is a client. */
  protected abstract readonly facts: ChatState | undefined;

  /** The kept session was read and compared: what is known belongs to this visitor. */
  get booted(): boolean {
    return this.facts?.booted ?? false;
  }

  /** Messages that the visitor has not read. */
  get unreadCount(): number {
    return this.facts?.unreadMessages ?? 0;
  }

  /** Conversations with messages that the visitor has not read. */
  get unreadConversations(): number {
    return this.facts?.unreadConversations ?? 0;
  }

  /** Who the visitor is; null while there is no session. */
  get contact(): Contact | null {
    return this.facts?.contact ?? null;
  }

  /** Some agent is online. Undefined until somebody has asked for the chat (the visitor, a kept session or the page), and while the connection is lost. */
  get online(): boolean | undefined {
    return this.facts?.online;
  }

  /** The visitor's conversations, newest activity first. */
  get conversations(): readonly Conversation[] {
    return this.facts?.conversations ?? [];
  }
}

import type { ChatError } from '../api/chat-error.ts';
import type { Contact, MessageEntry } from '../api/protocol.ts';
import type { ChatInvitationEvent } from './invitation-event.ts';
import type { ChatSignInEvent } from './sign-in-event.ts';

/** An event of `<chat-widget>`: it bubbles and leaves shadow trees, so a page can listen on `document`. */
class ChatWidgetEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: keyof ChatWidgetEventMap, detail: Detail) {
    super(type, { detail, bubbles: true, composed: true });
  }
}

/** `chat-ready`: the element can be used. Comes once, without any act of the visitor. */
export class ChatReadyEvent extends ChatWidgetEvent<{
  /** The visitor's contact id, when there is a session. */
  readonly visitorId?: string;
}> {}

/** `chat-show`: the panel is on screen. */
export class ChatShowEvent extends ChatWidgetEvent<null> {}

/** `chat-hide`: the panel is gone from the screen. */
export class ChatHideEvent extends ChatWidgetEvent<null> {}

/** What is on screen of a widget: the panel; its launcher alone; beside that a card with a message or an invitation. */
export type WidgetState = 'expanded' | 'collapsed' | 'unreadMessage';

/** `chat-state-change`: something else of the widget is on screen. */
export class ChatStateChangeEvent extends ChatWidgetEvent<{ readonly state: WidgetState }> {}

/** `unread-change`: how much the visitor has not read. */
export class UnreadChangeEvent extends ChatWidgetEvent<{ readonly messages: number; readonly conversations: number }> {}

/** `chat-identify`: it is known who the visitor is. */
export class ChatIdentifyEvent extends ChatWidgetEvent<{ readonly contact: Contact }> {}

/** `chat-start`: the visitor's first message of a new conversation was stored. */
export class ChatStartEvent extends ChatWidgetEvent<{ readonly visitorId: string; readonly conversationId: string }> {}

/** `chat-message`: a message was stored while the page listened, the visitor's own (`own`) or an agent's; never history. */
export class ChatMessageEvent extends ChatWidgetEvent<{ readonly message: MessageEntry; readonly own: boolean }> {}

/** `chat-online-change`: some agent is online now, or none is any more. */
export class ChatOnlineChangeEvent extends ChatWidgetEvent<{ readonly online: boolean }> {}

/** `chat-error`: something failed that the visitor or the page should know. */
export class ChatErrorEvent extends ChatWidgetEvent<ChatError> {}

/** The events that `<chat-widget>` fires, by name. */
export interface ChatWidgetEventMap {
  'chat-ready': ChatReadyEvent;
  'chat-show': ChatShowEvent;
  'chat-hide': ChatHideEvent;
  'chat-state-change': ChatStateChangeEvent;
  'unread-change': UnreadChangeEvent;
  'chat-identify': ChatIdentifyEvent;
  'chat-start': ChatStartEvent;
  'chat-message': ChatMessageEvent;
  'chat-online-change': ChatOnlineChangeEvent;
  'chat-invitation': ChatInvitationEvent;
  'chat-sign-in': ChatSignInEvent;
  'chat-error': ChatErrorEvent;
}

/** How a page listens at a `<chat-widget>`: to these events with their types, to all others as ever. */
export interface ListensToChat<Element, Options> {
  <K extends keyof ChatWidgetEventMap>(
    type: K,
    listener: (this: Element, event: ChatWidgetEventMap[K]) => void,
    options?: boolean | Options,
  ): void;
  <K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: Element, event: HTMLElementEventMap[K]) => void,
    options?: boolean | Options,
  ): void;
  (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | Options): void;
}

/**
 * The widget's door: importing it registers `<chat-widget>`.
 * It carries nothing that the launcher does not need; `ChatClient` comes with the element's own chunks, or from
 * `chat-widget-element/client`.
 */
export { ChatError, type ChatErrorCode } from './api/chat-error.ts';
export type { Identity, TokenProvider } from './api/chat-client.ts';
export type { Contact, Conversation, MessageEntry, VisitorData } from './api/protocol.ts';
export {
  SessionController,
  type SessionControllerOptions,
  type SessionHost,
} from './controllers/session-controller.ts';
export { ChatWidget } from './elements/chat-widget.ts';
export type { LauncherPlace } from './elements/launcher-part.ts';
export type { Outreach } from './elements/outreach.ts';
export type { TriggerWish } from './api/trigger-switches.ts';
export type { ChatInvitationEvent, Invitation } from './elements/invitation-event.ts';
export type { ChatSignInEvent } from './elements/sign-in-event.ts';
export {
  ChatErrorEvent,
  ChatHideEvent,
  ChatIdentifyEvent,
  ChatMessageEvent,
  ChatOnlineChangeEvent,
  ChatReadyEvent,
  ChatShowEvent,
  ChatStartEvent,
  ChatStateChangeEvent,
  UnreadChangeEvent,
  type ChatWidgetEventMap,
  type WidgetState,
} from './elements/chat-widget-events.ts';

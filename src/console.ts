/**
 * The agents' door: importing it registers `<chat-console>`.
 *
 * @packageDocumentation
 */
export { AgentClient } from './api/agent-client.ts';
export type { AgentClientEvents, AgentClientOptions, ContactPage } from './api/agent-client.ts';
export { ChatError } from './api/chat-error.ts';
export type { ChatErrorCode, ChatErrorDetails } from './api/chat-error.ts';
export type { ChatState, PendingMessage, Thread } from './api/chat-state.ts';
export { ChatConsole } from './elements/console/chat-console.ts';

import type { ChatError } from './chat-error.ts';
import type { Clock } from './clock.ts';
import type { TokenProvider } from './identity.ts';
import type { Persist } from './session-record.ts';
import type { Contact, HandoverRequest, MessageEntry, WidgetSettings } from './protocol.ts';

/** What happens, beside the state. */
export interface ChatClientEvents {
  /** A message was stored while we listened: one of ours or of the other side, each once, never history. */
  message: { readonly message: MessageEntry; readonly own: boolean };
  /** The visitor's identity is known, from the server or from the kept session. */
  identified: { readonly contact: Contact };
  /** The first message of a new conversation was stored. */
  started: { readonly conversationId: string; readonly visitorId: string };
  /** Something failed that no promise tells, or that the page should know. */
  error: ChatError;
}

/** How a `ChatClient` is made. */
export interface ChatClientOptions {
  /** Origin of the chat server, e.g. `https://chat.example.com`. */
  readonly server: string;
  readonly inbox: string;
  /** When an anonymous visitor gets a session: `lazy` (default) at the first send, `auto` at boot, `manual` at `startSession()` or the first send. */
  readonly session?: 'lazy' | 'auto' | 'manual';
  /** What this device keeps; default `all`. */
  readonly persist?: Persist;
  /** Shares the session with the other hosts of this domain by a cookie; default: this host only. */
  readonly cookieDomain?: string;
  /** See `ChatClient.tokenProvider`. */
  readonly tokenProvider?: TokenProvider;
  /** What another page has passed on: the session is made of it at boot. */
  readonly handover?: HandoverRequest;
  /** URL stored with each message; default: the page's own. */
  readonly pageUrl?: () => string | undefined;
  /** What the page says of looks beats what the inbox says: gets the inbox's settings, returns those to go by. */
  readonly settingsFor?: <S extends WidgetSettings>(settings: S) => S;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Default: the global `WebSocket`. */
  readonly createSocket?: (url: string) => WebSocket;
  readonly clock?: Clock;
}

import { createContext } from '@lit/context';
import type { Contact } from '../api/protocol.ts';

/** The session state of a `<chat-widget>`. It fires `cw-session-change` (bubbles, composed) after any of these changed. */
export interface SessionSource extends EventTarget {
  /** The kept session was read and compared: what is shown belongs to this visitor. */
  readonly booted: boolean;
  /** The widget can be used: `chat-ready` was fired. */
  readonly ready: boolean;
  /** The panel is open and on screen. */
  readonly visible: boolean;
  /** Who the visitor is; null while there is no session. */
  readonly contact: Contact | null;
  /** Some agent is online; undefined until somebody has asked for the chat, and while the connection is lost. */
  readonly online: boolean | undefined;
  /** Messages of agents that the visitor has not read. */
  readonly unreadCount: number;
  /** Conversations with such messages. */
  readonly unreadConversations: number;
}

/** The `<chat-widget>` above. Its key is a word, not a symbol: two copies of the package on one page understand each other. */
export const sessionContext = createContext<SessionSource>('chat-widget-session');

import { createContext } from '@lit/context';
import type { ThreadClient } from '../api/thread-client.ts';

/** The client that the elements below `<chat-widget>` or `<chat-console>` talk to. */
export const clientContext = createContext<ThreadClient>(Symbol('chat-client'));

import { SessionController } from 'chat-widget-element';
import { useEffect, useReducer, useState } from 'react';

/** What the chat on this page knows, as state of a component: it renders again when something changes. */
export function useChatSession(widget = 'chat-widget'): SessionController {
  const [, requestUpdate] = useReducer((count: number) => count + 1, 0);
  const [session] = useState(() => new SessionController({ requestUpdate }, { widget }));
  useEffect(() => {
    session.hostConnected();
    return () => session.hostDisconnected();
  }, [session]);
  return session;
}

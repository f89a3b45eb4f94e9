import { afterNextRender, DestroyRef, inject, signal, type Signal } from '@angular/core';
import { SessionController } from 'chat-widget-element';

/** What the chat on this page knows, as a signal: templates that read it follow when something changes. */
export function chatSession(widget = 'chat-widget'): Signal<SessionController> {
  const session: SessionController = new SessionController({ requestUpdate: () => current.set(session) }, { widget });
  // The same object with other contents: each time it is set counts as news.
  const current = signal(session, { equal: () => false });
  afterNextRender(() => session.hostConnected());
  inject(DestroyRef).onDestroy(() => session.hostDisconnected());
  return current.asReadonly();
}

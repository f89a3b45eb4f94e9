import { SessionController } from 'chat-widget-element';
import { onMounted, onUnmounted, shallowRef, triggerRef, type ShallowRef } from 'vue';

/** What the chat on this page knows, as a ref: what depends on it follows when something changes. */
export function useChatSession(widget = 'chat-widget'): ShallowRef<SessionController> {
  const session = shallowRef(new SessionController({ requestUpdate: () => triggerRef(session) }, { widget }));
  onMounted(() => session.value.hostConnected());
  onUnmounted(() => session.value.hostDisconnected());
  return session;
}

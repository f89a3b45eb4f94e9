import type { LitElement } from 'lit';
import type { MessageEntry } from '../api/protocol.ts';
import type { ThreadStage } from './thread-stage.ts';

const GLOW_MS = 700;

/**
 * Brings a message into view and the focus to it, from however far away. Resolves with whether it was found; without
 * effect when another conversation is shown by then.
 */
export async function jumpTo(messageId: string, { client, conversationId, root }: ThreadStage): Promise<boolean> {
  const host = root.host as LitElement & { readonly conversationId: string };
  const isShown = () => host.isConnected && host.conversationId === conversationId;
  const thread = () => client.state.threads[conversationId];
  const find = () =>
    thread()?.entries.find((entry): entry is MessageEntry => entry.type === 'message' && entry.id === messageId);
  if (!find()) {
    await isLoaded(host, () => thread()?.loading === true);
    if (isShown()) await client.loadAround(conversationId, messageId).catch(() => undefined);
  }
  const found = find();
  if (!isShown() || !found) return !isShown();
  host.requestUpdate();
  await host.updateComplete;
  const message = root.querySelector<HTMLElement>(`[data-key="${found.clientId}"]`);
  const scroller = message?.closest('.scroller');
  if (!message || !scroller) return false;
  // By hand: `scrollIntoView` would move the page around the chat, too.
  const [box, room] = [message.getBoundingClientRect(), scroller.getBoundingClientRect()];
  scroller.scrollTop += (box.top + box.bottom - room.top - room.bottom) / 2;
  message.focus({ preventScroll: true });
  message.animate({ opacity: [0.3, 1] }, { duration: GLOW_MS });
  return true;
}

/** Waits for the page that is under way. */
async function isLoaded(host: LitElement, isLoading: () => boolean): Promise<void> {
  while (isLoading() && host.isConnected) await new Promise((resolve) => requestAnimationFrame(resolve));
}

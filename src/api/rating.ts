/** How a conversation was. Comes with the form that asks it. */
import type { ConversationRating } from './protocol.ts';
import type { SessionHolder } from './session.ts';

/** Tells how a closed conversation was. Rejects with ChatError; `conflict`: it was told before. */
export function rateConversation(client: SessionHolder, id: string, rating: ConversationRating): Promise<void> {
  return client.withSession(async (held, { http, path }) => {
    const { token } = held.current!;
    await http.request(`${path}/conversations/${id}/rating`, { method: 'POST', token, body: rating });
  });
}

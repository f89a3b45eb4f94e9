/** What visitors may do with a conversation and with all that is kept of them. Comes with the menu that offers it. */
import type { ConversationPatch } from './protocol.ts';
import type { SessionHolder, SessionWork } from './session.ts';

/** Closes a conversation of the visitor's. Rejects with ChatError. */
export function endConversation(client: SessionHolder, id: string): Promise<void> {
  const body: ConversationPatch = { state: 'resolved' };
  return client.withSession(request(`/conversations/${id}`, { method: 'PATCH', body }));
}

/** A conversation as a text for people, with the times of this device's zone. Rejects with ChatError. */
export function readTranscript(client: SessionHolder, id: string): Promise<string> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return client.withSession(request(`/conversations/${id}/transcript`, { as: 'text', query: { timeZone } }));
}

/** Mails a conversation to the visitor's proven address. Rejects with ChatError; `conflict`: there is none. */
export function mailTranscript(client: SessionHolder, id: string): Promise<void> {
  return client.withSession(request(`/conversations/${id}/transcript`, { method: 'POST', as: 'text' }));
}

/** All that is kept of the visitor, as JSON. Rejects with ChatError. */
export function readOwnData(client: SessionHolder): Promise<string> {
  return client.withSession(request('/contact/data', { as: 'text' }));
}

/** Deletes all that is kept of the visitor, for good; the session is over then. Rejects with ChatError. */
export function forgetVisitor(client: SessionHolder): Promise<void> {
  return client.withSession(async (held, { http, path }) => {
    const { token } = held.current!;
    await http.request(`${path}/contact`, { method: 'DELETE', token });
    // It went with the contact: nobody need end it.
    held.over = token;
  });
}

function request<T>(address: string, more: object): SessionWork<T> {
  return (held, { http, path }) => http.request<T>(path + address, { token: held.current!.token, ...more });
}

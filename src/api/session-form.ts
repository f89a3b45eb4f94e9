/** What a visitor is asked before a conversation. Comes with the form that asks it. */
import type { Contact, FormValues } from './protocol.ts';
import type { SessionHolder } from './session.ts';

/**
 * Tells the server what the visitor has filled in; makes a session if there is none. Resolves with the contact, who has
 * it. Rejects with ChatError; its `field` is `/form/{key}` where one answer is wrong.
 */
export function saveForm(client: SessionHolder, form: FormValues): Promise<Contact> {
  return client.withSession(async (held, { http, path }) => {
    const { token } = held.current!;
    const { contact } = await http.request<{ contact: Contact }>(`${path}/session`, {
      method: 'PATCH',
      token,
      body: { form },
    });
    await held.amend({ contact });
    return contact;
  });
}

import { Type } from 'typebox';
import { parseEmail } from '../identity/email.ts';
import { signEmail } from '../identity/email-hmac.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { ContactRow } from '../store/rows.ts';
import { requireCaller } from './access.ts';
import type { App } from './app.ts';
import { DEFAULT_INBOX } from './inboxes.ts';
import { callerOf, scopeOf } from './requester.ts';
import { failures } from './schemas.ts';

/**
 * `GET /v1/contacts/chat-auth-token`: a site's back end asks for the proof of one of its customers. The path, the names
 * and the answer are Herodesk's; the token is the element's `auth-token` (hex HMAC-SHA256 of the e-mail).
 */
export function chatAuthTokenRoute(app: App, parts: Parts): void {
  const { contacts } = parts.store;

  app.get(
    '/v1/contacts/chat-auth-token',
    {
      preParsing: requireCaller(app, parts, { permission: 'tokens.create' }),
      schema: {
        tags: ['Contacts'],
        security: [{ apiKey: [] }],
        summary: 'Mint the auth-token of a contact',
        description:
          'By `email` (an unknown one makes the contact) or by `id`. A contact without an e-mail is answered with 409. ' +
          'Call it from your server only.',
        querystring: Type.Object({
          email: Type.Optional(Type.String({ description: 'Percent-encoded: a plus sign is %2B.' })),
          id: Type.Optional(Type.String({ description: 'The contact’s UUID or number.' })),
          inbox: Type.Optional(
            Type.String({ description: `Of a key that is not bound to one; default ${DEFAULT_INBOX}.` }),
          ),
        }),
        response: {
          200: Type.Object({
            contact_id: Type.Integer(),
            email: Type.String(),
            name: Type.Union([Type.String(), Type.Null()]),
            auth_token: Type.String(),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      reply.header('Cache-Control', 'no-store');
      const caller = callerOf(request);
      if (caller.kind !== 'key') throw new Refusal('forbidden', 'This needs an API key.');
      const { email, id, inbox: asked } = request.query;
      const inboxId = scopeOf(caller) ?? asked ?? DEFAULT_INBOX;
      if (asked !== undefined && asked !== inboxId)
        throw new Refusal('forbidden', 'This API key is for another inbox.');
      const { row } = await parts.inboxes.get(inboxId);

      const secret = row.secrets['email']?.value ?? '';
      if (secret === '') throw new Refusal('conflict', 'The inbox has no verification secret.');
      const contact = await find(inboxId, email, id);
      // The site will pass the e-mail as it asked for it, so these are the bytes to be signed.
      const signed = email ?? contact.email;
      if (signed === null) throw new Refusal('conflict', 'The contact has no e-mail that could be signed.');
      const { number, name } = contact;
      return { contact_id: number, email: signed, name, auth_token: signEmail(signed, secret) };
    },
  );

  async function find(inboxId: string, email: string | undefined, id: string | undefined): Promise<ContactRow> {
    if ((email === undefined) === (id === undefined)) {
      throw new Refusal('bad_request', 'Give either email or id.', { field: '/email' });
    }
    if (email !== undefined) {
      if (parseEmail(email) === undefined) {
        throw new Refusal('bad_request', 'The e-mail is not an address.', { field: '/email' });
      }
      return (await contacts.ensureByEmail({ inboxId, email, verified: false })).contact;
    }
    if (!/^([1-9]\d{0,14}|[0-9a-f-]{36})$/i.test(id ?? '')) {
      throw new Refusal('bad_request', 'An id is a UUID or a number.', { field: '/id' });
    }
    const contact = await contacts.find(id ?? '', inboxId);
    if (!contact) throw notFound();
    return contact;
  }
}

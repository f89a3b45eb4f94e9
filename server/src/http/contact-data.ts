import type { FastifyReply } from 'fastify';
import { audit } from '../audit.ts';
import { exportContact } from '../export-contact.ts';
import { forgetContact } from '../forget-contact.ts';
import type { Parts } from '../parts.ts';
import { notFound } from '../refusal.ts';
import type { ContactRow } from '../store/rows.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { ContactDataSchema } from './contact-data-schema.ts';
import { toWholeContact } from './contacts.ts';
import { callerOf, scopeOf } from './requester.ts';
import type { Caller } from './requester.ts';
import { failures, IdParams, Nothing } from './schemas.ts';

const access = { permission: 'contacts', admin: true } as const;
const tags = ['Contacts'];
const security = securityOf(access);

/** As a file that a browser saves, and that nobody else keeps. */
export function asDownload(reply: FastifyReply, fileName: string): FastifyReply {
  return reply.header('Content-Disposition', `attachment; filename="${fileName}"`).header('Cache-Control', 'no-store');
}

/** What a person may ask of whoever keeps data about them: to see all of it, and to have it deleted. */
export function contactDataRoutes(app: App, parts: Parts): void {
  const { contacts, inboxes } = parts.store;
  const preParsing = requireCaller(app, parts, access);

  app.get(
    '/v1/contacts/:id/data',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Everything that is kept about a contact',
        description:
          'As a download: the contact, conversations with notes, sessions, what was written anonymously before.',
        params: IdParams,
        response: { 200: ContactDataSchema, ...failures },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const contact = await find(caller, request.params.id);
      const [inbox, shown] = await Promise.all([inboxes.find(contact.inboxId), toWholeContact(parts, contact)]);
      const data = await exportContact(parts, {
        inbox: { id: contact.inboxId, name: inbox?.name ?? '' },
        ...{ contact, shown, isWhole: true },
      });
      const details = { contactId: contact.id };
      await audit(parts, caller, { action: 'contact.exported', inboxId: contact.inboxId, details });
      return asDownload(reply, `contact-${contact.number}.json`).send(data);
    },
  );

  app.delete(
    '/v1/contacts/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Delete a contact and everything that is kept about them, for good',
        description: 'Conversations, files and sessions too. Open widgets of theirs are signed out.',
        params: IdParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const contact = await find(caller, request.params.id);
      const conversations = await forgetContact(parts, contact);
      if (conversations === null) throw notFound();
      const details = { conversations };
      await audit(parts, caller, { action: 'contact.forgotten', inboxId: contact.inboxId, details });
      return reply.status(204).send(null);
    },
  );

  /** An anonymous visitor who has signed in since is whom they turned out to be. @throws Refusal `not_found` */
  async function find(caller: Caller, idOrNumber: string): Promise<ContactRow> {
    const scope = scopeOf(caller);
    const found = await contacts.find(idOrNumber, scope);
    const contact = found?.mergedInto ? await contacts.find(found.mergedInto, scope) : found;
    if (!contact) throw notFound();
    return contact;
  }
}

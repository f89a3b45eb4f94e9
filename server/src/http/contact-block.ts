import { Type } from 'typebox';
import { CloseCode } from '../../../src/api/protocol.ts';
import { audit } from '../audit.ts';
import type { Parts } from '../parts.ts';
import { notFound } from '../refusal.ts';
import { closeContact } from '../tell.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { toAgentContact } from './contacts.ts';
import { callerOf, scopeOf } from './requester.ts';
import { failures, IdParams, refs } from './schemas.ts';

const access = { permission: 'contacts' } as const;

/** Shutting a contact out, and letting them in again. */
export function contactBlockRoute(app: App, parts: Parts): void {
  const { contacts } = parts.store;

  app.patch(
    '/v1/contacts/:id',
    {
      preParsing: requireCaller(app, parts, access),
      schema: {
        tags: ['Contacts'],
        security: securityOf(access),
        summary: 'Block a contact, or let them in again',
        description:
          'A blocked contact is shut out everywhere at once, and no proof lets them in. Their devices keep their ' +
          'sessions: once unblocked, they find everything again.',
        params: IdParams,
        body: Type.Object({ blocked: Type.Boolean() }, { additionalProperties: false }),
        response: { 200: refs.agentContact, ...failures },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { blocked } = request.body;
      const found = await contacts.find(request.params.id, scopeOf(caller));
      const contact = found?.mergedInto ? await contacts.find(found.mergedInto, scopeOf(caller)) : found;
      if (!contact) throw notFound();
      if (blocked === (contact.blockedAt !== null)) return toAgentContact(contact);

      const changed = await contacts.update(contact.id, { blockedAt: blocked ? parts.now() : null });
      if (!changed) throw notFound();
      // Their sessions stay, and are refused: otherwise whoever has no proof would come back as somebody new, and find
      // nothing again when they are let in.
      if (blocked) closeContact(parts, contact.id, CloseCode.refused, 'blocked');
      const action = blocked ? 'contact.blocked' : 'contact.unblocked';
      await audit(parts, caller, { action, inboxId: contact.inboxId, details: { contactId: contact.id } });
      return toAgentContact(changed);
    },
  );
}

import { auditVisitor } from '../audit.ts';
import { exportContact } from '../export-contact.ts';
import { forgetContact } from '../forget-contact.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { App } from './app.ts';
import { asDownload } from './contact-data.ts';
import { ContactDataSchema } from './contact-data-schema.ts';
import { toWholeContact } from './contacts.ts';
import { limiter } from './rates.ts';
import { inboxOf, visitorOf } from './requester.ts';
import { failures, InboxParams, Nothing } from './schemas.ts';
import { requireVisitor } from './visitor-access.ts';

const HOUR_MS = 60 * 60_000;
const tags = ['Visitor'];
const security = [{ session: [] }];

/** What visitors may do with the data that are kept about them, where the inbox lets them. */
export function visitorDataRoutes(app: App, parts: Parts): void {
  const preParsing = requireVisitor(app, parts);
  const perContact = limiter(app, 'dataPerContact', {
    limits: parts.config.limits,
    windowMs: HOUR_MS,
    keyOf: (request) => visitorOf(request).contact.id,
  });

  app.get(
    '/contact/data',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Everything that is kept about the visitor',
        description: 'As a download. Where the inbox lets visitors do it (`behaviour.export`).',
        params: InboxParams,
        response: { 200: ContactDataSchema, ...failures },
      },
    },
    async (request, reply) => {
      const { row, settings } = inboxOf(request);
      if (!settings.behaviour.export) throw refused('export');
      await perContact(request);
      const { contact } = visitorOf(request);
      // What agents have written about them is theirs to give: an admin can.
      const { notes: _, ...shown } = await toWholeContact(parts, contact);
      const inbox = { id: row.id, name: settings.appearance.teamName };
      const data = await exportContact(parts, { inbox, contact, shown, isWhole: false });
      return asDownload(reply, 'my-chat-data.json').send(data);
    },
  );

  app.delete(
    '/contact',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Delete the visitor and everything that is kept about them, for good',
        description:
          'Conversations, files and sessions too, on all devices. Where the inbox lets visitors do it ' +
          '(`behaviour.forget`).',
        params: InboxParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const { row, settings } = inboxOf(request);
      if (!settings.behaviour.forget) throw refused('forget');
      const conversations = await forgetContact(parts, visitorOf(request).contact);
      if (conversations === null) throw notFound();
      await auditVisitor(parts, { action: 'contact.forgotten', inboxId: row.id, details: { conversations } });
      return reply.status(204).send(null);
    },
  );
}

function refused(rule: string): Refusal {
  return new Refusal(
    'forbidden',
    `This inbox does not let visitors do it themselves (rule behaviour.${rule}). Ask the team.`,
  );
}

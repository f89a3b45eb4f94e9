import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { WidgetLocale } from '../../../src/text/launcher-names.ts';
import type { Inbox } from '../inbox-directory.ts';
import { MAIL_WORDS } from '../mail/mail-words.ts';
import { transcriptMail } from '../mail/transcript-mail.ts';
import { isTimeZone } from '../office-hours.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { ConversationRow } from '../store/rows.ts';
import { transcript } from '../transcript.ts';
import { transcriptWords } from '../transcript-words.ts';
import { localeFor } from './accept-language.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { asDownload } from './contact-data.ts';
import { findConversation } from './conversations.ts';
import { limiter } from './rates.ts';
import { callerOf, inboxOf, visitorOf } from './requester.ts';
import type { Visitor } from './requester.ts';
import { failures, IdParams, InboxParams } from './schemas.ts';
import { requireVisitor } from './visitor-access.ts';

const HOUR_MS = 60 * 60_000;
/** Longest transcript that is mailed, in UTF-16 code units; of a longer one its end. */
const MAIL_LENGTH = 500_000;

const Params = Type.Object({ ...InboxParams.properties, ...IdParams.properties });
const Zone = {
  timeZone: Type.Optional(
    Type.String({ maxLength: 64, description: 'Of the times in it (IANA), e.g. Europe/Berlin. Default UTC.' }),
  ),
};
const Query = Type.Object(Zone);
const Text = { description: 'The conversation.', content: { 'text/plain': { schema: Type.String() } } };
const summary = 'A conversation as a text, to download';
const access = { permission: 'conversations' } as const;

/** Conversations as texts, for agents. */
export function transcriptRoute(app: App, parts: Parts): void {
  app.get(
    '/v1/conversations/:id/transcript',
    {
      preParsing: requireCaller(app, parts, access),
      schema: {
        ...{ tags: ['Conversations'], security: securityOf(access), summary },
        description: 'Without the agents’ notes: it can be given away.',
        params: IdParams,
        querystring: Query,
        response: { 200: Text, ...failures },
      },
    },
    async (request, reply) => {
      const conversation = await findConversation(parts, callerOf(request), request.params.id);
      const inbox = await parts.inboxes.get(conversation.inboxId);
      return download(reply, { parts, inbox, conversation, timeZone: request.query.timeZone, locale: 'en' });
    },
  );
}

/** Visitors' own conversations as texts, where the inbox lets them. */
export function visitorTranscriptRoutes(app: App, parts: Parts): void {
  const { conversations } = parts.store;
  const preParsing = requireVisitor(app, parts);
  const schema = { tags: ['Visitor'], security: [{ session: [] }] };
  const counted = {
    limits: parts.config.limits,
    windowMs: HOUR_MS,
    keyOf: (request: Parameters<typeof visitorOf>[0]) => visitorOf(request).contact.id,
  };
  const downloads = limiter(app, 'dataPerContact', counted);
  const mails = limiter(app, 'transcriptMailsPerContact', counted);

  app.get(
    '/conversations/:id/transcript',
    {
      preParsing,
      schema: { ...schema, summary, params: Params, querystring: Query, response: { 200: Text, ...failures } },
    },
    async (request, reply) => {
      const inbox = inboxOf(request);
      const conversation = await find(inbox, visitorOf(request), request.params.id);
      await downloads(request);
      const locale = localeFor(request.headers['accept-language']);
      return download(reply, { parts, inbox, conversation, timeZone: request.query.timeZone, locale });
    },
  );

  app.post(
    '/conversations/:id/transcript',
    {
      preParsing,
      schema: {
        ...schema,
        summary: 'Mail a conversation to the visitor',
        description: 'To the verified e-mail of the session, and to no other: 409 without one.',
        params: Params,
        querystring: Query,
        response: { 202: Type.Object({ email: Type.String({ description: 'Where to.' }) }), ...failures },
      },
    },
    async (request, reply) => {
      const inbox = inboxOf(request);
      const visitor = visitorOf(request);
      const conversation = await find(inbox, visitor, request.params.id);
      const to = verifiedEmail(visitor);
      if (to === undefined) throw new Refusal('conflict', 'This visitor has no verified e-mail.');
      const timeZone = zoneOf(request.query.timeZone);
      await mails(request);
      const locale = localeFor(request.headers['accept-language']);
      void mail(parts, { inbox, conversation, timeZone, to, locale });
      return reply.status(202).send({ email: to });
    },
  );

  /** @throws Refusal `forbidden` where the inbox has none, `not_found` alike for foreign and missing */
  async function find({ settings }: Inbox, { contact }: Visitor, idOrNumber: string): Promise<ConversationRow> {
    if (!settings.behaviour.transcript) {
      throw new Refusal('forbidden', 'This inbox gives visitors no transcripts (rule behaviour.transcript).');
    }
    const found = await conversations.find(idOrNumber, { contactId: contact.id });
    if (!found) throw notFound();
    return found;
  }
}

/** A typed e-mail is none, whatever else is proven. */
function verifiedEmail({ session, contact }: Visitor): string | undefined {
  if (session.verification !== 'verified' || contact.verifiedAt === null) return undefined;
  return contact.email ?? undefined;
}

/** @throws Refusal `bad_request` */
function zoneOf(timeZone = 'UTC'): string {
  if (!isTimeZone(timeZone)) throw new Refusal('bad_request', 'There is no such time zone.', { field: '/timeZone' });
  return timeZone;
}

interface Wanted {
  readonly inbox: Inbox;
  readonly conversation: ConversationRow;
  /** Of who reads it. */
  readonly locale: WidgetLocale;
}

async function download(
  reply: FastifyReply,
  {
    parts,
    inbox,
    conversation,
    timeZone,
    locale,
  }: Wanted & { readonly parts: Parts; readonly timeZone: string | undefined },
): Promise<FastifyReply> {
  const { teamName } = inbox.settings.appearance;
  const zone = zoneOf(timeZone);
  const words = await transcriptWords(locale);
  const text = transcript(parts.store.entries, { conversation, teamName, timeZone: zone, words });
  // Written while it is read: a long conversation is never in memory as a whole.
  return asDownload(reply, `conversation-${conversation.number}.txt`)
    .type('text/plain; charset=utf-8')
    .send(Readable.from(text));
}

/** Never rejects: a mail that cannot be sent is logged, and may be asked for again. */
async function mail(
  { store, mailer, log }: Parts,
  { inbox, conversation, timeZone, to, locale }: Wanted & { readonly timeZone: string; readonly to: string },
): Promise<void> {
  const { teamName } = inbox.settings.appearance;
  try {
    const lines: string[] = [];
    let length = 0;
    let isCut = false;
    const words = await transcriptWords(locale);
    for await (const line of transcript(store.entries, { conversation, teamName, timeZone, words })) {
      lines.push(line);
      length += line.length;
      while (length > MAIL_LENGTH && lines.length > 1) {
        isCut = true;
        length -= lines.shift()?.length ?? 0;
      }
    }
    const text = `${isCut ? `(${MAIL_WORDS[locale].cut})\n\n` : ''}${lines.join('')}`;
    await mailer.send(transcriptMail(to, { transcript: text, teamName, locale }));
  } catch (error) {
    // The sentences of mail servers repeat the address.
    const { code: reason, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
    log.warn({ reason, responseCode }, 'a transcript could not be mailed');
  }
}

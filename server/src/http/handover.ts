import { Type } from 'typebox';
import type { HandoverAnswer, HandoverRequest } from '../../../src/api/protocol.ts';
import { hashToken, isToken, mintToken } from '../identity/token.ts';
import { isOwnOrigin } from '../origins.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { HANDOVER } from '../store/sessions.ts';
import { ownContact } from '../visitor-form.ts';
import { refusalOfVisitor } from '../welcome.ts';
import type { App } from './app.ts';
import { perAddress } from './rates.ts';
import { inboxOf, visitorOf } from './requester.ts';
import { failures, InboxParams, SessionAnswerSchema } from './schemas.ts';
import { requireVisitor } from './visitor-access.ts';

/** How long a code is good: as long as a window takes to open, ms. */
export const HANDOVER_MS = 60_000;

const tags = ['Visitor'];

const CodeAnswer = Type.Unsafe<HandoverAnswer>(
  Type.Object({
    code: Type.String({ description: 'Good once, for a minute.' }),
    expiresAt: Type.Integer(),
  }),
);
const CodeRequest = Type.Unsafe<HandoverRequest>(
  Type.Object(
    {
      code: Type.String({ maxLength: 100 }),
      origin: Type.String({ maxLength: 300, description: 'Of the page that gave the code, as the browser says.' }),
    },
    { additionalProperties: false },
  ),
);

/** A chat window of our own origin gets a session of its own, by a code that the page which opened it passes on. */
export function handoverRoutes(app: App, parts: Parts): void {
  const { store, config, now } = parts;

  app.post(
    '/session/handover',
    {
      config: { rateLimit: perAddress(config.limits, 'sessionsPerAddress') },
      preParsing: requireVisitor(app, parts),
      schema: {
        ...{ tags, security: [{ session: [] }] },
        summary: 'Get a code by which the chat window gets a session like this one',
        description: 'It is for a window or frame that has its own storage. What it gets ends with this session.',
        params: InboxParams,
        response: { 201: CodeAnswer, ...failures },
      },
    },
    async (request, reply) => {
      const { session, contact } = visitorOf(request);
      const code = mintToken();
      const expiresAt = now() + HANDOVER_MS;
      await store.sessions.create({
        tokenHash: hashToken(code),
        inboxId: session.inboxId,
        contactId: contact.id,
        scheme: HANDOVER,
        secretId: session.secretId,
        fingerprint: session.id,
        verification: session.verification,
        expiresAt,
      });
      return reply.status(201).header('Cache-Control', 'no-store').send({ code, expiresAt });
    },
  );

  app.post(
    '/sessions/handover',
    {
      config: { rateLimit: perAddress(config.limits, 'sessionsPerAddress') },
      schema: {
        tags,
        summary: 'Make a session of such a code',
        params: InboxParams,
        body: CodeRequest,
        response: { 201: SessionAnswerSchema, ...failures },
      },
    },
    async (request, reply) => {
      const inbox = inboxOf(request);
      const { code, origin } = request.body;
      const { trustedDomains } = inbox.settings.security;
      // Else any page could have its visitors talk as somebody that it has made up.
      const isTrusted =
        trustedDomains.length === 0 ||
        inbox.trusted.trusts(origin) ||
        isOwnOrigin(origin, request.headers.host, config.publicUrl);
      if (!isTrusted) throw new Refusal('forbidden', 'That page is not among the trusted domains of the inbox.');
      const token = mintToken();
      const made = isToken(code)
        ? await store.sessions.takeOver(hashToken(code), hashToken(token), inbox.row.id)
        : null;
      const found = made && (await store.sessions.findByHash(hashToken(token)));
      if (!found) throw new Refusal('unauthorized', 'The code is over, was used, or is none.');
      const { session, contact } = found;
      const { verification, expiresAt } = session;
      const refusal = refusalOfVisitor(inbox, { verification, blockedAt: contact.blockedAt });
      if (refusal) throw refusal;
      const answer = { token, expiresAt, contact: ownContact(inbox, contact, verification) };
      return reply.status(201).header('Cache-Control', 'no-store').send(answer);
    },
  );
}

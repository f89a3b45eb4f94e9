import { Type } from 'typebox';
import type { VerificationAnswer, VerificationCode, VerificationRequest } from '../../../src/api/protocol.ts';
import { readCode } from '../identity/email-code.ts';
import { parseEmail } from '../identity/email.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { localeFor } from './accept-language.ts';
import type { App } from './app.ts';
import { limiter, perAddress } from './rates.ts';
import { bearer, inboxOf, visitorOf } from './requester.ts';
import { failures, InboxParams, SessionAnswerSchema } from './schemas.ts';
import { confirmCode, requestCode } from './verify-email.ts';
import { requireVisitor } from './visitor-access.ts';

const HOUR_MS = 60 * 60_000;
const tags = ['Visitor'];
const security = [{ session: [] }];

const RequestSchema = Type.Unsafe<VerificationRequest>(
  Type.Object({ email: Type.String({ description: 'What the visitor has typed.' }) }),
);
const AnswerSchema = Type.Unsafe<VerificationAnswer>(
  Type.Object({ expiresAt: Type.Integer({ description: 'The code is good until then, ms since 1970.' }) }),
);
const CodeSchema = Type.Unsafe<VerificationCode>(
  Type.Object({ code: Type.String({ maxLength: 32, description: 'Six digits.' }) }),
);

/** Proving a typed e-mail by a code that is mailed to it. */
export function visitorVerificationRoutes(app: App, parts: Parts): void {
  const { limits } = parts.config;
  const preParsing = requireVisitor(app, parts);
  const perSession = limiter(app, 'verificationsPerSession', {
    limits,
    windowMs: HOUR_MS,
    keyOf: (request) => visitorOf(request).session.id,
  });

  app.post(
    '/verification',
    {
      config: { rateLimit: perAddress(limits, 'verificationsPerAddress', HOUR_MS) },
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Mail a code to a typed e-mail',
        description:
          'The e-mail becomes the claim of this session. The answer is the same whatever the address is; an address ' +
          'gets at most one such mail per hour, whoever asks.',
        params: InboxParams,
        body: RequestSchema,
        response: { 202: AnswerSchema, ...failures },
      },
    },
    async (request, reply) => {
      const email = parseEmail(request.body.email);
      if (email === undefined) throw new Refusal('bad_request', 'The e-mail is not an address.', { field: '/email' });
      await perSession(request);
      const token = tokenOf(bearer(request));
      const locale = localeFor(request.headers['accept-language']);
      const expiresAt = await requestCode(parts, inboxOf(request), visitorOf(request), email, token, locale);
      return reply.status(202).header('Cache-Control', 'no-store').send({ expiresAt });
    },
  );

  app.post(
    '/verification/confirm',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Prove the e-mail with the code',
        description:
          'For the session that asked, once. The token is replaced, and what was written anonymously joins the contact ' +
          'with this e-mail.',
        params: InboxParams,
        body: CodeSchema,
        response: { 201: SessionAnswerSchema, ...failures },
      },
    },
    async (request, reply) => {
      const code = readCode(request.body.code);
      if (code === undefined) throw new Refusal('bad_request', 'A code has six digits.', { field: '/code' });
      const answer = await confirmCode(parts, inboxOf(request), visitorOf(request), code, tokenOf(bearer(request)));
      return reply.status(201).header('Cache-Control', 'no-store').send(answer);
    },
  );
}

function tokenOf(token: string | undefined): string {
  if (token === undefined) throw new Refusal('unauthorized', 'The token is missing.');
  return token;
}

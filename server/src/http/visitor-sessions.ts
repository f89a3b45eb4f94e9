import { Type } from 'typebox';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { Contact, FormValues, SessionRequest, VisitorData } from '../../../src/api/protocol.ts';
import { CONSENT_KEY, findAttribute } from '../attributes.ts';
import { settleHandedOver } from '../handed-over.ts';
import type { Inbox } from '../inbox-directory.ts';
import { FormValuesSchema } from '../message-content.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { closeSession } from '../tell.ts';
import { ownContact } from '../visitor-form.ts';
import type { App } from './app.ts';
import { describeVisitor, identify } from './identify.ts';
import { perAddress } from './rates.ts';
import { inboxOf, visitorOf } from './requester.ts';
import type { Visitor } from './requester.ts';
import { failures, InboxParams, Nothing, refs, SessionAnswerSchema, UnknownAttributes } from './schemas.ts';
import { findVisitor, requireVisitor } from './visitor-access.ts';

const NAME_LENGTH = 128;
const tags = ['Visitor'];

const said = (description: string) => Type.Optional(Type.String({ description }));

const visitor = Type.Unsafe<VisitorData>(
  Type.Object(
    {},
    {
      description:
        'name, email, phone, notes, and custom: fields of the site’s own. Unsigned it fills only what is empty.',
    },
  ),
);

/** Checked further than this by the verifiers: an address is more than a string. */
const SessionRequestSchema = Type.Unsafe<SessionRequest>(
  Type.Object({
    email: said('The visitor’s e-mail. Without a proof it is only a claim.'),
    authToken: said('Proof: hex HMAC-SHA256 of the e-mail’s bytes with the inbox’s verification secret.'),
    identificationToken: said('Proof for the e-mail: a token from …/visitor-identification/tokens/create.'),
    jwt: said('Proof by itself: HS256 with external_user_id, email, first_name, exp.'),
    visitorId: said('Chaport: who it is.'),
    visitorToken: said('Proof for visitorId: hex SHA-1 of the salt and the id.'),
    firstName: Type.Optional(Type.String({ maxLength: NAME_LENGTH })),
    lastName: Type.Optional(Type.String({ maxLength: NAME_LENGTH })),
    visitor: Type.Optional(visitor),
    visitorHash: said('Chaport: hex SHA-1 of the salt and the JSON of visitor.'),
  }),
);
const SessionPatchSchema = Type.Object(
  {
    visitor: Type.Optional(visitor),
    form: Type.Optional(
      Type.Unsafe<FormValues>({
        ...FormValuesSchema,
        description: 'What the visitor has filled in, by the keys of the fields in `settings.forms`, and `consent`.',
      }),
    ),
  },
  { additionalProperties: false },
);
const Standing = Type.Object({ contact: refs.contact, expiresAt: Type.Integer() });
const Described = Type.Object({ ...Standing.properties, unknownAttributes: UnknownAttributes });

/** Sessions: one contact on one device. */
export function visitorSessionRoutes(app: App, parts: Parts): void {
  const preParsing = requireVisitor(app, parts);

  app.post(
    '/sessions',
    {
      config: { rateLimit: perAddress(parts.config.limits, 'sessionsPerAddress') },
      schema: {
        tags,
        security: [{}, { session: [] }],
        summary: 'Make a session, or change who the given one stands for',
        description:
          'Carry the token that you have: it is revoked and replaced, and what this device wrote anonymously joins ' +
          'the proven contact, once.',
        params: InboxParams,
        body: SessionRequestSchema,
        response: { 201: SessionAnswerSchema, ...failures },
      },
    },
    async (request, reply) => {
      const inbox = inboxOf(request);
      const answer = await identify(parts, inbox, request.body, await findVisitor(request, parts));
      const body = { ...answer, ...(await unknownTo(parts, inbox, request.body)) };
      return reply.status(201).header('Cache-Control', 'no-store').send(body);
    },
  );

  app.get(
    '/session',
    {
      preParsing,
      schema: {
        tags,
        security: [{ session: [] }],
        summary: 'Who the token stands for, and until when',
        params: InboxParams,
        response: { 200: Standing, ...failures },
      },
    },
    (request, reply) => {
      reply.header('Cache-Control', 'no-store');
      return standingOf(inboxOf(request), visitorOf(request));
    },
  );

  app.patch(
    '/session',
    {
      preParsing,
      schema: {
        tags,
        security: [{ session: [] }],
        summary: 'Say more about the visitor, without a proof',
        description: 'It fills what is empty, marked as unverified; custom fields are always written. The token stays.',
        params: InboxParams,
        body: SessionPatchSchema,
        response: { 200: Described, ...failures },
      },
    },
    async (request, reply) => {
      reply.header('Cache-Control', 'no-store');
      const { visitor: said, form } = request.body;
      if (!said && !form) throw new Refusal('bad_request', '"/visitor" is required.', { field: '/visitor' });
      const inbox = inboxOf(request);
      const described = await describeVisitor(parts, inbox, visitorOf(request), request.body);
      return { ...standingOf(inbox, described), ...(await unknownTo(parts, inbox, request.body)) };
    },
  );

  app.delete(
    '/session',
    {
      preParsing,
      schema: {
        tags,
        security: [{ session: [] }],
        summary: 'Log out: the token is revoked, its sockets are closed',
        params: InboxParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const { session } = visitorOf(request);
      await parts.store.sessions.revoke(session.id);
      closeSession(parts, session.id, CloseCode.signedOut, 'signed out');
      await settleHandedOver(parts, session);
      return reply.status(204).send(null);
    },
  );
}

function standingOf(inbox: Inbox, { session, contact }: Visitor): { contact: Contact; expiresAt: number } {
  return { contact: ownContact(inbox, contact, session.verification), expiresAt: session.expiresAt };
}

/** What a page has said in vain, so that its author can be told. */
async function unknownTo(
  { store }: Parts,
  { settings }: Inbox,
  { visitor: said }: SessionRequest,
): Promise<{ readonly unknownAttributes?: string[] }> {
  if (!settings.identity.knownAttributesOnly || !said?.custom) return {};
  const definitions = await store.attributes.list('contact');
  const unknown = Object.keys(said.custom).filter((key) => key !== CONSENT_KEY && !findAttribute(definitions, key));
  return unknown.length > 0 ? { unknownAttributes: unknown } : {};
}

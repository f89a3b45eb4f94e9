import { Type } from 'typebox';
import { parseEmail } from '../identity/email.ts';
import { mintVisitorToken } from '../identity/minted-token.ts';
import { isLine } from '../identity/profile.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { requireCaller } from './access.ts';
import type { App } from './app.ts';
import { DEFAULT_INBOX } from './inboxes.ts';
import { callerOf, scopeOf } from './requester.ts';
import { failures } from './schemas.ts';

const NAME_LENGTH = 128;

/** HubSpot's two paths of the same thing. */
const PATHS = [
  '/conversations/v3/visitor-identification/tokens/create',
  '/visitor-identification/v3/tokens/create',
] as const;

const Name = Type.Optional(Type.Union([Type.String(), Type.Null()]));

/**
 * A site's back end asks for a token that identifies one of its customers for 12 hours. The paths, the names and the
 * answer are HubSpot's. Nothing is made or changed: the contact comes into being when the token is used.
 */
export async function visitorTokenRoutes(app: App, parts: Parts): Promise<void> {
  await app.register(async (scope: App) => {
    // HubSpot's own sample sends JSON under the content type of a form. No cookie counts here, so no site can abuse it.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, scope.getDefaultJsonParser('error', 'error'));
    for (const path of PATHS) route(scope, parts, path);
  });
}

function route(app: App, parts: Parts, path: (typeof PATHS)[number]): void {
  app.post(
    path,
    {
      preParsing: requireCaller(app, parts, { permission: 'tokens.create' }),
      schema: {
        tags: ['Contacts'],
        security: [{ apiKey: [] }],
        summary: 'Mint a token that identifies a visitor for 12 hours',
        description:
          'The page passes it, together with the e-mail. It may be used any number of times and on many devices. ' +
          'Names are written only where none is known. Call it from your server only.',
        querystring: Type.Object({
          inbox: Type.Optional(
            Type.String({ description: `Of a key that is not bound to one; default ${DEFAULT_INBOX}.` }),
          ),
        }),
        body: Type.Object({ email: Type.String(), firstName: Name, lastName: Name }),
        response: { 200: Type.Object({ token: Type.String() }), ...failures },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      if (caller.kind !== 'key') throw new Refusal('forbidden', 'This needs an API key.');
      const inboxId = scopeOf(caller) ?? request.query.inbox ?? DEFAULT_INBOX;
      if ((request.query.inbox ?? inboxId) !== inboxId)
        throw new Refusal('forbidden', 'This API key is for another inbox.');
      const { row } = await parts.inboxes.get(inboxId);
      const secret = row.secrets['minted']?.value ?? '';
      if (secret === '') throw new Refusal('conflict', 'The inbox has no secret for such tokens.');

      const email = parseEmail(request.body.email);
      if (email === undefined) throw new Refusal('bad_request', 'The e-mail is not an address.', { field: '/email' });
      const subject = {
        email,
        firstName: nameOf(request.body, 'firstName'),
        lastName: nameOf(request.body, 'lastName'),
      };
      reply.header('Cache-Control', 'no-store');
      return { token: mintVisitorToken(subject, secret, { inboxId, now: parts.now() }) };
    },
  );
}

function nameOf(
  body: { readonly firstName?: string | null; readonly lastName?: string | null },
  field: 'firstName' | 'lastName',
): string | undefined {
  const name = body[field]?.trim() || undefined;
  if (name !== undefined && !isLine(name, NAME_LENGTH)) {
    throw new Refusal('bad_request', `A name is one line of at most ${NAME_LENGTH} characters.`, {
      field: `/${field}`,
    });
  }
  return name;
}

import { Type } from 'typebox';
import type { Static } from 'typebox';
import { CloseCode } from '../../../src/api/protocol.ts';
import { audit } from '../audit.ts';
import { rotate, SECRET_LENGTH, secretWeaknesses, shareValue } from '../identity/secrets.ts';
import type { Rotated } from '../identity/secrets.ts';
import { isWeak, SCHEMES } from '../identity/verifier.ts';
import type { Scheme } from '../identity/verifier.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { InboxRow, InboxSecret } from '../store/rows.ts';
import { closeSession } from '../tell.ts';
import { topics } from '../topics.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { callerOf } from './requester.ts';
import { failures } from './schemas.ts';

const HOUR_MS = 3_600_000;

const access = { admin: true } as const;
const tags = ['Inboxes'];
const security = securityOf(access);

const SecretSchema = Type.Object({
  scheme: Type.Enum([...SCHEMES]),
  id: Type.String({ description: 'What a JWT’s kid may name.' }),
  value: Type.String({ description: 'Keep it on your server.' }),
  createdAt: Type.Integer(),
  previous: Type.Array(Type.Object({ id: Type.String(), until: Type.Integer({ description: 'ms since 1970.' }) }), {
    description: 'Old ones that are still taken.',
  }),
  warnings: Type.Array(Type.String()),
});

const RotationSchema = Type.Object(
  {
    value: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: SECRET_LENGTH,
        description: 'An existing secret, so that your back end goes on signing as it does. Default: a new random one.',
      }),
    ),
    graceHours: Type.Optional(
      Type.Number({ minimum: 0, maximum: 720, description: 'How long the old one is still taken. Default 24.' }),
    ),
    compromised: Type.Optional(
      Type.Boolean({ description: 'Somebody knows the old one: no grace, and every session made with it ends.' }),
    ),
  },
  { additionalProperties: false },
);

/** The secrets that sites sign with: admins alone may see and change them, and every such act is in the audit log. */
export function inboxSecretRoutes(app: App, parts: Parts): void {
  const { store, now } = parts;
  const preParsing = requireCaller(app, parts, access);

  app.get(
    '/v1/inboxes/:id/secrets',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'The secrets of an inbox, one per scheme',
        params: Type.Object({ id: Type.String() }),
        response: { 200: Type.Object({ secrets: Type.Array(SecretSchema) }), ...failures },
      },
    },
    async (request, reply) => {
      const inbox = await store.inboxes.find(request.params.id);
      if (!inbox) throw notFound();
      await audit(parts, callerOf(request), { action: 'secrets.read', inboxId: inbox.id });
      reply.header('Cache-Control', 'no-store');
      return { secrets: SCHEMES.flatMap((scheme) => toAnswer(scheme, inbox.secrets[scheme], now())) };
    },
  );

  app.post(
    '/v1/inboxes/:id/secrets/:scheme/rotate',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Take a new secret into use',
        params: Type.Object({ id: Type.String(), scheme: Type.Enum([...SCHEMES]) }),
        body: RotationSchema,
        response: {
          200: Type.Object({ secret: SecretSchema, endedSessions: Type.Integer() }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id, scheme } = request.params;
      const { value, graceHours, compromised = false } = request.body;
      const before = await store.inboxes.find(id);
      if (!before) throw notFound();
      const warnings = value === undefined ? [] : sharedWith(before, scheme, value, now());
      const graceMs = graceHours === undefined ? undefined : Math.round(graceHours * HOUR_MS);

      let rotated: Extract<Rotated, { ok: true }> | undefined;
      const saved = await store.inboxes.changeSecret(id, scheme, (current) => {
        const outcome = rotate(current, { value, graceMs, compromised }, now());
        if (!outcome.ok) throw new Refusal('bad_request', outcome.message, { field: '/value' });
        rotated = outcome;
        return outcome.secret;
      });
      if (!saved || !rotated) throw notFound();
      // Every node reads the inbox again.
      parts.bus.publish(topics.settings(id), '');
      const ended = await endSessions(rotated.ended);
      const details = {
        scheme,
        secretId: rotated.secret.id,
        compromised,
        isOwnValue: value !== undefined,
        endedSessions: ended,
      };
      await audit(parts, callerOf(request), { action: 'secret.rotated', inboxId: id, details });
      reply.header('Cache-Control', 'no-store');
      const [secret] = toAnswer(scheme, saved.secrets[scheme], now());
      if (!secret) throw notFound();
      return { secret: { ...secret, warnings: [...secret.warnings, ...warnings] }, endedSessions: ended };
    },
  );

  async function endSessions(secretIds: readonly string[]): Promise<number> {
    let ended = 0;
    for (const secretId of secretIds) {
      const sessions = await store.sessions.revokeAllOfSecret(secretId);
      for (const id of sessions) closeSession(parts, id, CloseCode.signedOut, 'the secret was compromised');
      ended += sessions.length;
    }
    return ended;
  }
}

function toAnswer(scheme: Scheme, secret: InboxSecret | undefined, now: number): Static<typeof SecretSchema>[] {
  if (!secret) return [];
  const { id, value, createdAt, previous = [] } = secret;
  const alive = previous.filter(({ until }) => until > now);
  const warnings = [
    ...secretWeaknesses(value),
    ...alive.flatMap((old) => secretWeaknesses(old.value).map((why) => `The old one, still taken: ${why}`)),
  ];
  return [{ scheme, id, value, createdAt, previous: alive.map(({ id, until }) => ({ id, until })), warnings }];
}

/**
 * A secret of two schemes would let a proof made for one pass for the other. Chaport has one salt for both of its
 * schemes, so there it is taken, with a warning.
 *
 * @throws Refusal `conflict`
 */
function sharedWith({ secrets }: InboxRow, scheme: Scheme, value: string, now: number): string[] {
  const asked: InboxSecret = { id: '', value, createdAt: now };
  const sharing = SCHEMES.filter((other) => other !== scheme && shareValue(asked, secrets[other], now));
  if (sharing.length === 0) return [];
  if (!isWeak(scheme) || !sharing.every(isWeak)) {
    throw new Refusal('conflict', `This value is the secret of the scheme ${sharing.join(', ')} already.`, {
      field: '/value',
    });
  }
  return [
    'Chaport logins and visitor data share this salt: while logins are taken, an e-mail in signed data stays a claim. ' +
      'Give the two different salts.',
  ];
}

import { Type } from 'typebox';
import type { Static } from 'typebox';
import { audit } from '../audit.ts';
import { hashToken, mintApiKey } from '../identity/token.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { ApiKeyRow } from '../store/rows.ts';
import { PERMISSIONS, requireCaller } from './access.ts';
import type { App } from './app.ts';
import { callerOf } from './requester.ts';
import { failures, IdParams, Nothing, nullable } from './schemas.ts';

const apiKey = {
  id: Type.String(),
  name: Type.String(),
  permissions: Type.Array(Type.String()),
  inboxId: nullable(Type.String({ description: 'The only inbox that it opens; null: all.' })),
  createdAt: Type.Integer(),
  lastUsedAt: nullable(Type.Integer()),
};
const ApiKeySchema = Type.Object(apiKey);
const NewApiKeySchema = Type.Object({ ...apiKey, key: Type.String({ description: 'Shown this once.' }) });

const tags = ['API keys'];
const security = [{ agent: [] }];

function toAnswer({ id, name, permissions, inboxId, createdAt, lastUsedAt }: ApiKeyRow): Static<typeof ApiKeySchema> {
  return { id, name, permissions: [...permissions], inboxId, createdAt, lastUsedAt };
}

/** What the audit log says of a key. */
function actOn({ id, name, permissions, inboxId }: ApiKeyRow) {
  return { details: { keyId: id, name, permissions }, ...(inboxId !== null && { inboxId }) };
}

/** What back ends call with. Admins make and revoke them; no key can. */
export function apiKeyRoutes(app: App, parts: Parts): void {
  const { apiKeys } = parts.store;
  const preParsing = requireCaller(app, parts, { admin: true });

  app.get(
    '/v1/api-keys',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'All API keys, without the keys themselves',
        response: { 200: Type.Object({ apiKeys: Type.Array(ApiKeySchema) }), ...failures },
      },
    },
    async () => ({ apiKeys: (await apiKeys.list()).map(toAnswer) }),
  );

  app.post(
    '/v1/api-keys',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Make an API key',
        body: Type.Object({
          name: Type.String({ minLength: 1, maxLength: 80 }),
          permissions: Type.Array(Type.Enum([...PERMISSIONS]), { minItems: 1, uniqueItems: true }),
          inboxId: Type.Optional(nullable(Type.String())),
        }),
        response: { 201: NewApiKeySchema, ...failures },
      },
    },
    async (request, reply) => {
      const { name, permissions, inboxId = null } = request.body;
      if (inboxId !== null && !(await parts.store.inboxes.find(inboxId))) {
        throw new Refusal('bad_request', 'There is no such inbox.', { field: '/inboxId' });
      }
      const key = mintApiKey();
      const made = await apiKeys.create({ keyHash: hashToken(key), name, permissions, inboxId });
      await audit(parts, callerOf(request), { action: 'api-key.made', ...actOn(made) });
      return reply
        .status(201)
        .header('Cache-Control', 'no-store')
        .send({ ...toAnswer(made), key });
    },
  );

  app.delete(
    '/v1/api-keys/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Revoke an API key',
        params: IdParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const revoked = await apiKeys.revoke(request.params.id);
      if (!revoked) throw notFound();
      await audit(parts, callerOf(request), { action: 'api-key.revoked', ...actOn(revoked) });
      return reply.status(204).send(null);
    },
  );
}

import cors from '@fastify/cors';
import type { FastifyRequest } from 'fastify';
import { addressPrefix } from '../address-prefix.ts';
import type { Inbox } from '../inbox-directory.ts';
import { refusalOfAddress, refusalOfSite } from '../knock.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Sockets } from '../socket/sockets.ts';
import { addressOf, knockOf } from './address.ts';
import type { App } from './app.ts';
import { limiter } from './rates.ts';
import { visitorFileRoutes } from './files.ts';
import { handoverRoutes } from './handover.ts';
import { visitorConversationRoutes } from './visitor-conversations.ts';
import { visitorMessageRoutes } from './visitor-messages.ts';
import { visitorDataRoutes } from './visitor-data.ts';
import { visitorSessionRoutes } from './visitor-sessions.ts';
import { visitorTrailRoute } from './trail.ts';
import { visitorTranscriptRoutes } from './transcripts.ts';
import { widgetSettingsRoutes } from './widget-settings.ts';
import { visitorSocketRoute } from './visitor-socket.ts';
import { visitorVerificationRoutes } from './visitor-verification.ts';

/** Rules are live as soon as they are saved, as far as browsers let them: this long, seconds, a preflight is kept. */
const PREFLIGHT_SECONDS = 60;

/**
 * Everything below `/v1/widget/{inbox}`: the door that pages of other sites knock at. Each inbox says which (its
 * trusted domains), so preflights are answered per inbox. There are no cookies here, hence no credentials in CORS.
 */
export async function visitorDoor(app: App, parts: Parts, sockets: Sockets): Promise<void> {
  await app.register(
    async (scope: App) => {
      const perAddress = limiter(scope, 'requestsPerAddress', {
        limits: parts.config.limits,
        keyOf: (request) => addressPrefix(addressOf(request)),
      });
      scope.addHook('onRequest', async (request) => {
        // The routes' own limit comes later: nobody has the database asked for inboxes of their invention till then.
        if (!parts.inboxes.isKnown(inboxIdOf(request))) await perAddress(request);
        // Unknown inboxes are refused after CORS, so that the page may read why.
        request.inbox = await findInbox(parts, request);
      });
      // Upgrades carry no CORS; the Origin rule is the same for them.
      await scope.register(cors, {
        hook: 'onRequest',
        delegator: async (request: FastifyRequest) => ({
          origin: allowedOrigin(request, parts),
          methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
          allowedHeaders: ['Authorization', 'Content-Type', 'If-None-Match'],
          exposedHeaders: ['ETag', 'Retry-After'],
          maxAge: PREFLIGHT_SECONDS,
        }),
      });
      scope.addHook('onRequest', async (request) => {
        // A browser cannot read why an upgrade fails: the socket opens, and says it by its close code.
        if (!request.inbox && !request.ws) throw new Refusal('not_found', 'There is no such inbox.');
        const refusal = request.inbox && refusalOfAddress(request.inbox, knockOf(request));
        if (refusal) throw refusal;
      });
      // The CORS hook answers preflights; this only gives it a route to stand on.
      scope.options('/*', { schema: { hide: true } }, async () => {
        throw notFound();
      });
      widgetSettingsRoutes(scope, parts);
      visitorSessionRoutes(scope, parts);
      handoverRoutes(scope, parts);
      visitorVerificationRoutes(scope, parts);
      visitorConversationRoutes(scope, parts, sockets.budgets);
      visitorMessageRoutes(scope, parts, sockets.budgets);
      await visitorFileRoutes(scope, parts);
      visitorDataRoutes(scope, parts);
      visitorTrailRoute(scope, parts);
      visitorTranscriptRoutes(scope, parts);
      visitorSocketRoute(scope, parts, sockets);
    },
    { prefix: '/v1/widget/:inbox' },
  );
}

const inboxIdOf = ({ params }: FastifyRequest): string => (params as { readonly inbox: string }).inbox;

async function findInbox({ inboxes }: Parts, request: FastifyRequest): Promise<Inbox | null> {
  try {
    return await inboxes.get(inboxIdOf(request));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/**
 * What `Access-Control-Allow-Origin` says.
 *
 * @throws Refusal `forbidden` when the inbox does not trust the site that asks; the answer then carries no CORS at all
 */
function allowedOrigin(request: FastifyRequest, { config }: Parts): string | string[] {
  const { inbox } = request;
  if (!inbox || inbox.settings.security.trustedDomains.length === 0) return '*';
  const knock = knockOf(request);
  const refusal = refusalOfSite(inbox, knock, config.publicUrl);
  if (refusal) throw refusal;
  return knock.origin === undefined ? '*' : [knock.origin];
}

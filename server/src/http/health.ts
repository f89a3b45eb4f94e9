import { Type } from 'typebox';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { App } from './app.ts';
import { failures } from './schemas.ts';

const tags = ['Operation'];
const Ok = Type.Object({ ok: Type.Boolean() });
/** A database that needs longer than this for nothing at all does not answer, ms. */
const PING_MS = 2_000;

/** What a node stands on; each says what it means when it is gone. */
const CHECKS: Readonly<Record<'database' | 'lock' | 'nats', { holds(parts: Parts): unknown; says: string }>> = {
  database: { holds: ({ store }) => answersSoon(store.ping()), says: 'The database does not answer (database).' },
  lock: { holds: ({ lock }) => lock.isHeld, says: 'The lock on the database is lost (lock).' },
  nats: { holds: ({ bus }) => bus.isConnected, says: 'NATS cannot be reached (nats).' },
};
type CheckName = keyof typeof CHECKS;
const CHECK_NAMES = Object.keys(CHECKS) as CheckName[];

/** What a supervisor, a load balancer and Prometheus ask. */
export function healthRoutes(app: App, parts: Parts): void {
  const config = { rateLimit: false as const };

  app.get(
    '/healthz',
    { config, schema: { tags, summary: 'The process is alive', response: { 200: Ok } } },
    async () => ({ ok: true }),
  );

  app.get(
    '/readyz',
    {
      config,
      schema: {
        tags,
        summary: 'This node can do all that it is there for',
        description: '503 says in `message` what is missing: the database, the lock on it, or NATS.',
        querystring: Type.Object({
          exclude: Type.Optional(Type.Enum(CHECK_NAMES, { description: 'A check that does not count.' })),
        }),
        response: { 200: Ok, ...failures },
      },
    },
    async ({ query: { exclude } }) => {
      if (parts.isStopping()) throw new Refusal('unavailable', 'The server is going down.', { retryAfterMs: 1_000 });
      const asked = CHECK_NAMES.filter((name) => name !== exclude);
      const answers = await Promise.all(
        asked.map(async (name) => ((await CHECKS[name].holds(parts)) ? '' : CHECKS[name].says)),
      );
      const missing = answers.filter((says) => says !== '').join(' ');
      if (missing !== '') throw new Refusal('unavailable', missing, { retryAfterMs: 1_000 });
      return { ok: true };
    },
  );

  app.get(
    '/metrics',
    {
      config,
      schema: {
        tags,
        summary: 'Figures for Prometheus',
        response: { 200: Type.String({ description: 'Prometheus’ text format.' }) },
      },
    },
    async (_request, reply) => reply.type(parts.metrics.contentType).send(await parts.metrics.text()),
  );
}

/** False when it fails, or has not been kept by then. */
async function answersSoon(promise: Promise<void>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, PING_MS, false);
  const answered = promise.then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}

import { Type } from 'typebox';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { AgentSessionAnswer, AgentSessionPatch } from '../../../src/api/protocol.ts';
import { PASSWORD_LENGTH, verifyPassword } from '../identity/password.ts';
import { hashToken, mintToken } from '../identity/token.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { AgentRow } from '../store/rows.ts';
import { closeSession, toAgent } from '../tell.ts';
import { AGENT_COOKIE, checkOrigin, findAgent, requireCaller } from './access.ts';
import type { App } from './app.ts';
import { limiter, perAddress } from './rates.ts';
import { agentOf, callerOf } from './requester.ts';
import { failures, Nothing, nullable, refs } from './schemas.ts';

/** Two weeks, then one signs in again. */
const SESSION_MS = 14 * 24 * 60 * 60 * 1_000;

const tags = ['Agents'];
const Answer = Type.Object({ agent: refs.agent });
const Patch = Type.Unsafe<AgentSessionPatch>(
  Type.Object({
    presence: Type.Enum(['online', 'away'], {
      description: 'The agent’s own switch, in all sessions. It stays until it is switched again.',
    }),
  }),
);

/** An agent's signing in and out, and their switch. */
export function agentSessionRoutes(app: App, parts: Parts): void {
  const { config, store, presence, now } = parts;
  const preParsing = requireCaller(app, parts, {});
  const perEmail = limiter(app, 'signInsPerEmail', {
    limits: config.limits,
    keyOf: (request) => hashToken((request.body as { email: string }).email.toLowerCase()),
  });

  const cookieOptions = (isHttps: boolean) => ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax' as const,
    secure: isHttps || (config.publicUrl?.startsWith('https:') ?? false),
  });

  app.post(
    '/v1/agent/session',
    {
      config: { rateLimit: perAddress(config.limits, 'signInsPerAddress') },
      preParsing: async (request) => checkOrigin(request, config),
      schema: {
        tags,
        summary: 'Sign in',
        description: `Sets the cookie \`${AGENT_COOKIE}\`.`,
        body: Type.Object({
          email: Type.String({ maxLength: 254 }),
          password: Type.String({ maxLength: PASSWORD_LENGTH }),
        }),
        response: { 200: Answer, ...failures },
      },
    },
    async (request, reply) => {
      await perEmail(request);
      const { email, password } = request.body;
      const agent = await store.agents.findByEmail(email);
      // Whoever is unknown, or may not come in, is verified all the same: the time must not tell.
      const isRight = await verifyPassword(password, agent?.disabled ? undefined : agent?.passwordHash);
      if (!agent || !isRight) throw new Refusal('unauthorized', 'The e-mail or the password is wrong.');

      // A session that this browser has already ends: a new one never takes over an old token.
      const before = await findAgent(request, parts);
      const token = mintToken();
      const session = { agentId: agent.id, tokenHash: hashToken(token), expiresAt: now() + SESSION_MS };
      await store.agents.createSession(session);
      if (before) await end(before);
      reply
        .setCookie(AGENT_COOKIE, token, { ...cookieOptions(request.protocol === 'https'), maxAge: SESSION_MS / 1_000 })
        .header('Cache-Control', 'no-store');
      return { agent: toAgent(agent) };
    },
  );

  app.get(
    '/v1/agent/session',
    {
      schema: {
        tags,
        security: [{}, { agent: [] }],
        summary: 'Who is signed in; null: nobody',
        response: { 200: Type.Unsafe<AgentSessionAnswer>(Type.Object({ agent: nullable(refs.agent) })), ...failures },
      },
    },
    async (request, reply) => {
      // Nobody is no error: each console asks before anybody has signed in.
      const found = await findAgent(request, parts);
      reply.header('Cache-Control', 'no-store');
      return { agent: found && { ...toAgent(found.agent), presence: presence.of(found.agent) } };
    },
  );

  app.patch(
    '/v1/agent/session',
    {
      preParsing,
      schema: {
        tags,
        security: [{ agent: [] }],
        summary: 'Be online, or away',
        body: Patch,
        response: { 200: Answer, ...failures },
      },
    },
    async (request) => {
      const agent = await store.agents.update(agentOf(request).id, { away: request.body.presence === 'away' });
      if (!agent) throw new Refusal('unauthorized', 'Sign in first.');
      presence.changed();
      return { agent: { ...toAgent(agent), presence: presence.of(agent) } };
    },
  );

  app.delete(
    '/v1/agent/session',
    {
      preParsing,
      schema: { tags, security: [{ agent: [] }], summary: 'Sign out', response: { 204: Nothing, ...failures } },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      if (caller.kind === 'agent') await end(caller);
      return reply
        .clearCookie(AGENT_COOKIE, cookieOptions(request.protocol === 'https'))
        .status(204)
        .send(null);
    },
  );

  async function end({ sessionId, agent }: { readonly sessionId: string; readonly agent: AgentRow }): Promise<void> {
    await store.agents.revokeSession(sessionId);
    closeSession(parts, sessionId, CloseCode.signedOut, 'signed out');
    presence.signedOut(agent.id);
  }
}

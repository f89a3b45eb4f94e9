import { Type } from 'typebox';
import type { Static } from 'typebox';
import { CloseCode } from '../../../src/api/protocol.ts';
import { audit } from '../audit.ts';
import { parseEmail } from '../identity/email.ts';
import { hashPassword, PASSWORD_LENGTH } from '../identity/password.ts';
import { mintToken } from '../identity/token.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import { LastAdmin } from '../store/agents.ts';
import type { AgentPatch } from '../store/agents.ts';
import type { AgentRow } from '../store/rows.ts';
import { closeAgent } from '../tell.ts';
import { explainForm } from '../validation.ts';
import { requireCaller } from './access.ts';
import type { App } from './app.ts';
import { callerOf } from './requester.ts';
import { failures, IdParams, nullable } from './schemas.ts';

const tags = ['Agents'];
const security = [{ agent: [] }];

// Something to read, and nothing that is no text.
const NAME_PATTERN = '^(?=.*\\S)[^\\u0000-\\u001f\\u007f]+$';
explainForm(NAME_PATTERN, 'a name, in one line');

const Name = Type.String({
  maxLength: 80,
  pattern: NAME_PATTERN,
  description: 'Visitors see it beside the agent’s messages.',
});
const Role = Type.Enum(['admin', 'agent']);
const Capacity = Type.Integer({
  minimum: 1,
  maximum: 1_000,
  description: 'Most open conversations that are assigned to them by themselves. Missing: as the inbox says.',
});
export const NewPassword = Type.String({ minLength: 8, maxLength: PASSWORD_LENGTH });

const account = {
  id: Type.String({ format: 'uuid' }),
  number: Type.Integer(),
  name: Type.String(),
  email: Type.String(),
  role: Role,
  avatarUrl: Type.Optional(Type.String()),
  disabled: Type.Boolean({ description: 'Cannot sign in. What they wrote stays.' }),
  capacity: Type.Optional(Capacity),
  createdAt: Type.Integer({ description: 'ms since 1970.' }),
};
const Account = Type.Object(account);
const NewAccount = Type.Object({
  ...account,
  password: Type.Optional(Type.String({ description: 'Only when none was given. Shown this once.' })),
});

function toAnswer(agent: AgentRow): Static<typeof Account> {
  const { id, number, name, email, role, avatarUrl, disabled, capacity, createdAt } = agent;
  return {
    ...{ id, number, name, email, role, disabled, createdAt },
    ...(avatarUrl !== null && { avatarUrl }),
    ...(capacity !== null && { capacity }),
  };
}

/** Making agents, and changing what they are called and may do. Admins do; no API key can. */
export function agentAccountRoutes(app: App, parts: Parts): void {
  const { agents } = parts.store;
  const preParsing = requireCaller(app, parts, { admin: true });

  app.post(
    '/v1/agents',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Make an agent',
        body: Type.Object(
          {
            email: Type.String({ maxLength: 254, description: 'What they sign in with.' }),
            name: Name,
            role: Type.Optional(Type.Enum(['admin', 'agent'], { description: 'Default: agent.' })),
            password: Type.Optional({ ...NewPassword, description: 'Default: one is made up.' }),
          },
          { additionalProperties: false },
        ),
        response: { 201: NewAccount, ...failures },
      },
    },
    async (request, reply) => {
      const { name, role = 'agent', password = mintToken().slice(0, 20) } = request.body;
      const email = parseEmail(request.body.email);
      if (email === undefined) throw new Refusal('bad_request', 'This is no e-mail address.', { field: '/email' });
      // Looked for first: a hash costs a quarter of a second of a core.
      const taken = () => new Refusal('conflict', 'There is an agent with this e-mail already.', { field: '/email' });
      if (await agents.findByEmail(email)) throw taken();
      const passwordHash = await hashPassword(password);
      const { agent, created } = await agents.ensure({ email, name, role, passwordHash });
      if (!created) throw taken();
      await audit(parts, callerOf(request), { action: 'agent.made', details: { agentId: agent.id, role } });
      reply.status(201).header('Cache-Control', 'no-store');
      return { ...toAnswer(agent), ...(request.body.password === undefined && { password }) };
    },
  );

  app.patch(
    '/v1/agents/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Rename an agent, change role, password or limit, shut out or let in again',
        description:
          'A new password, and being disabled, signs the agent out everywhere at once. There is always one admin.',
        params: IdParams,
        body: Type.Object(
          {
            name: Type.Optional(Name),
            role: Type.Optional(Role),
            password: Type.Optional(NewPassword),
            disabled: Type.Optional(Type.Boolean()),
            capacity: Type.Optional(nullable(Capacity)),
          },
          { additionalProperties: false, minProperties: 1 },
        ),
        response: { 200: Account, ...failures },
      },
    },
    async (request) => {
      const found = await agents.find(request.params.id);
      if (!found) throw notFound();
      const { password, ...rest } = request.body;
      const caller = callerOf(request);
      if (password !== undefined && caller.kind === 'agent' && caller.agent.id === found.id) {
        const message = 'Change your own password with the one so far: PUT /v1/agent/password.';
        throw new Refusal('forbidden', message, { field: '/password' });
      }
      const patch: AgentPatch = {
        ...rest,
        ...(password !== undefined && { passwordHash: await hashPassword(password) }),
      };
      const agent = await agents.update(found.id, patch).catch(explain);
      if (!agent) throw notFound();
      if (agent.disabled || password !== undefined) {
        await agents.revokeAllSessions(agent.id);
        closeAgent(parts, agent.id, CloseCode.signedOut, 'signed out');
      } else {
        // Their open consoles say hello again, and speak by the new name.
        closeAgent(parts, agent.id, CloseCode.restart, 'come again');
      }
      parts.presence.changed();
      await parts.router.changed();
      const details = { agentId: agent.id, changed: Object.keys(request.body) };
      await audit(parts, caller, { action: 'agent.changed', details });
      return toAnswer(agent);
    },
  );
}

function explain(error: unknown): never {
  if (error instanceof LastAdmin) throw new Refusal('conflict', 'There must be an admin: make another one first.');
  throw error;
}

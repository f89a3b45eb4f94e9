import { Type } from 'typebox';
import { CloseCode } from '../../../src/api/protocol.ts';
import { audit } from '../audit.ts';
import { hashPassword, PASSWORD_LENGTH, verifyPassword } from '../identity/password.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { closeSession } from '../tell.ts';
import { requireCaller, securityOf } from './access.ts';
import { NewPassword } from './agent-accounts.ts';
import type { App } from './app.ts';
import { limiter } from './rates.ts';
import { agentOf, callerOf } from './requester.ts';
import { failures, Nothing } from './schemas.ts';

/** An agent's own new password. */
export function agentPasswordRoute(app: App, parts: Parts): void {
  const { agents } = parts.store;
  const tries = limiter(app, 'signInsPerEmail', {
    limits: parts.config.limits,
    keyOf: (request) => `own:${agentOf(request).id}`,
  });

  app.put(
    '/v1/agent/password',
    {
      preParsing: requireCaller(app, parts, {}),
      schema: {
        tags: ['Agents'],
        security: securityOf({}),
        summary: 'Change one’s own password',
        description: 'All other sessions of the agent end. Wrong ones count as tries to sign in.',
        body: Type.Object(
          {
            password: Type.String({ maxLength: PASSWORD_LENGTH, description: 'The one so far.' }),
            newPassword: NewPassword,
          },
          { additionalProperties: false },
        ),
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      await tries(request);
      const caller = callerOf(request);
      const agent = agentOf(request);
      const { password, newPassword } = request.body;
      if (!(await verifyPassword(password, agent.passwordHash))) {
        throw new Refusal('bad_request', 'This is not your password.', { field: '/password' });
      }
      await agents.update(agent.id, { passwordHash: await hashPassword(newPassword) });
      const own = caller.kind === 'agent' ? caller.sessionId : '';
      for (const id of await agents.revokeAllSessions(agent.id, own)) {
        closeSession(parts, id, CloseCode.signedOut, 'signed out');
      }
      await audit(parts, caller, { action: 'agent.changed', details: { agentId: agent.id, changed: ['password'] } });
      return reply.status(204).send(null);
    },
  );
}

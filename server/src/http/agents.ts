import { Type } from 'typebox';
import type { Parts } from '../parts.ts';
import { toAgent } from '../tell.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { failures, refs } from './schemas.ts';

const access = { permission: 'agents' } as const;

/** Those who answer. */
export function agentRoutes(app: App, parts: Parts): void {
  app.get(
    '/v1/agents',
    {
      preParsing: requireCaller(app, parts, access),
      schema: {
        tags: ['Agents'],
        security: securityOf(access),
        summary: 'All agents, and who of them is there',
        querystring: Type.Object({
          disabled: Type.Optional(Type.Boolean({ description: 'Those who were shut out instead. Default: false.' })),
        }),
        response: { 200: Type.Object({ agents: Type.Array(refs.agent) }), ...failures },
      },
    },
    async ({ query: { disabled: isDisabled = false } }) => {
      const agents = await parts.store.agents.list();
      return {
        agents: agents
          .filter(({ disabled }) => disabled === isDisabled)
          .map((agent) => ({ ...toAgent(agent), presence: parts.presence.of(agent) })),
      };
    },
  );
}

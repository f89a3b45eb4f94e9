import { Type } from 'typebox';
import type { Named } from '../../../src/api/protocol.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import { appendAndTell } from '../tell.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { findConversation, writerOf } from './conversations.ts';
import { agentIdOf, callerOf, scopeOf } from './requester.ts';
import { failures, IdParams, nullable, refs } from './schemas.ts';

const access = { permission: 'conversations' } as const;

/** Who has a conversation. */
export function assignmentRoutes(app: App, parts: Parts): void {
  const { agents, teams, conversations } = parts.store;

  async function agentNamed(id: string): Promise<Named> {
    const agent = await agents.find(id);
    if (!agent || agent.disabled) throw new Refusal('bad_request', 'There is no such agent.', { field: '/agent' });
    return { id: agent.id, name: agent.name };
  }

  async function teamNamed(id: string): Promise<Named> {
    const team = await teams.find(id);
    if (!team) throw new Refusal('bad_request', 'There is no such team.', { field: '/team' });
    return { id: team.id, name: team.name };
  }

  app.put(
    '/v1/conversations/:id/assignee',
    {
      preParsing: requireCaller(app, parts, access),
      schema: {
        tags: ['Conversations'],
        security: securityOf(access),
        summary: 'Give a conversation to an agent or a team, or to nobody',
        description:
          'Whoever is named gets it, there or not, however much they have to do. What is missing stays as it is. It is ' +
          'written down in the agents’ own log.',
        params: IdParams,
        body: Type.Object(
          {
            agent: Type.Optional(
              nullable(Type.String({ description: 'UUID or number; `me`: who is signed in. Null: no agent.' })),
            ),
            team: Type.Optional(nullable(Type.String({ description: 'Id. Null: no team.' }))),
            waits: Type.Optional(
              Type.Boolean({
                description:
                  'The agent has it no more, and somebody is looked for who is online and has room: of the team, or of ' +
                  'all agents. Not beside `agent`. Default: false.',
              }),
            ),
          },
          { additionalProperties: false, minProperties: 1 },
        ),
        response: { 200: refs.agentConversation, ...failures },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { agent, team, waits = false } = request.body;
      if (waits && agent) {
        throw new Refusal('bad_request', 'What an agent has waits for nobody.', { field: '/waits' });
      }
      const { id: conversationId } = await findConversation(parts, caller, request.params.id);
      const agentId = waits ? null : agent;
      await appendAndTell(parts, {
        by: writerOf(caller),
        ...{ conversationId, log: 'notes', type: 'assigned' },
        assignment: {
          ...(agentId !== undefined && {
            agent: agentId === null ? null : await agentNamed(agentIdOf(request, agentId)),
          }),
          ...(team !== undefined && { team: team === null ? null : await teamNamed(team) }),
          waits,
        },
      });
      const now = await conversations.findForAgents(conversationId, scopeOf(caller));
      if (!now) throw notFound();
      return now;
    },
  );
}

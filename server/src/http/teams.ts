import { Type } from 'typebox';
import type { Static } from 'typebox';
import type { Team } from '../../../src/api/protocol.ts';
import { audit } from '../audit.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import { EVERYBODY } from '../routing/attendance.ts';
import type { Availability } from '../store/routing.ts';
import { TeamRefused } from '../store/teams.ts';
import { encode } from '../tell.ts';
import { topics } from '../topics.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { callerOf, onAll } from './requester.ts';
import { failures, IdParams, Nothing, Time, Uuid } from './schemas.ts';

/** Whoever may know who is there may know who works together. */
const reading = { permission: 'agents' } as const;
const changing = { permission: 'settings', admin: true } as const;
const tags = ['Teams'];

const Name = Type.String({ maxLength: 80, pattern: '\\S', description: 'Unique, whatever the case of its letters.' });
const AgentIds = Type.Array(Uuid, { maxItems: 500, uniqueItems: true, description: 'Its members.' });
const Strategy = Type.Enum(['manual', 'roundRobin', 'leastBusy'], {
  description:
    'Who of its members gets a conversation: nobody by itself, each in turn, or who has the fewest open ones. Default: ' +
    'each in turn.',
});
const availability = {
  online: Type.Boolean({ description: 'Somebody is online.' }),
  lastOfflineAt: Type.Optional({ ...Time, description: 'When the last one went offline, ms since 1970 (UTC).' }),
};
const Available = Type.Object(availability);
const Answer = Type.Unsafe<Team & Static<typeof Available>>(
  Type.Object({ id: Uuid, name: Name, agentIds: AgentIds, strategy: Strategy, ...availability }),
);

/** Who works together, and when somebody was there. */
export function teamRoutes(app: App, parts: Parts): void {
  const { teams, routing } = parts.store;

  app.get(
    '/v1/teams',
    {
      preParsing: requireCaller(app, parts, reading),
      schema: {
        ...{ tags, security: securityOf(reading) },
        summary: 'All teams, oldest first',
        response: { 200: Type.Object({ teams: Type.Array(Answer) }), ...failures },
      },
    },
    async () => {
      const [all, known] = await Promise.all([teams.list(), routing.availability()]);
      return { teams: all.map((team) => toAnswer(team, known)) };
    },
  );

  app.get(
    '/v1/teams/:id',
    {
      preParsing: requireCaller(app, parts, reading),
      schema: {
        ...{ tags, security: securityOf(reading) },
        summary: 'One team',
        params: IdParams,
        response: { 200: Answer, ...failures },
      },
    },
    async (request) => {
      const [team, known] = await Promise.all([teams.find(request.params.id), routing.availability()]);
      if (!team) throw notFound();
      return toAnswer(team, known);
    },
  );

  app.post(
    '/v1/teams',
    {
      preParsing: requireCaller(app, parts, changing),
      schema: {
        ...{ tags, security: securityOf(changing) },
        summary: 'Make a team',
        body: Type.Object(
          { name: Name, agentIds: Type.Optional(AgentIds), strategy: Type.Optional(Strategy) },
          { additionalProperties: false },
        ),
        response: { 201: Answer, ...failures },
      },
    },
    async (request, reply) => {
      const caller = onAll(callerOf(request), 'Teams');
      const { name, agentIds = [], strategy = 'roundRobin' } = request.body;
      const team = await teams.create({ name, agentIds, strategy }).catch(explain);
      await audit(parts, caller, { action: 'team.made', details: { teamId: team.id, name } });
      await tellTeams(parts);
      reply.status(201);
      return toAnswer(team, await routing.availability());
    },
  );

  app.patch(
    '/v1/teams/:id',
    {
      preParsing: requireCaller(app, parts, changing),
      schema: {
        ...{ tags, security: securityOf(changing) },
        summary: 'Rename a team, change its members or who of them gets a conversation',
        params: IdParams,
        body: Type.Object(
          { name: Type.Optional(Name), agentIds: Type.Optional(AgentIds), strategy: Type.Optional(Strategy) },
          { additionalProperties: false, minProperties: 1 },
        ),
        response: { 200: Answer, ...failures },
      },
    },
    async (request) => {
      const caller = onAll(callerOf(request), 'Teams');
      const team = await teams.update(request.params.id, request.body).catch(explain);
      if (!team) throw notFound();
      const details = { teamId: team.id, changed: Object.keys(request.body) };
      await audit(parts, caller, { action: 'team.changed', details });
      await tellTeams(parts);
      return toAnswer(team, await routing.availability());
    },
  );

  app.delete(
    '/v1/teams/:id',
    {
      preParsing: requireCaller(app, parts, changing),
      schema: {
        ...{ tags, security: securityOf(changing) },
        summary: 'Dissolve a team',
        description: 'Rules that name it find nobody there; its conversations are their agents’ alone.',
        params: IdParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const caller = onAll(callerOf(request), 'Teams');
      const team = await teams.find(request.params.id);
      if (!team) throw notFound();
      await teams.delete(team.id);
      await audit(parts, caller, { action: 'team.deleted', details: { teamId: team.id, name: team.name } });
      await tellTeams(parts);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/v1/inboxes/:id/availability',
    {
      preParsing: requireCaller(app, parts, reading),
      schema: {
        ...{ tags, security: securityOf(reading) },
        summary: 'Whether somebody is there for an inbox, and since when nobody is',
        description: 'All agents are there for each inbox.',
        params: Type.Object({ id: Type.String({ description: 'Id of the inbox, e.g. demo.' }) }),
        response: { 200: Available, ...failures },
      },
    },
    async (request) => {
      const { row } = await parts.inboxes.get(request.params.id);
      const scope = callerOf(request);
      if (scope.kind === 'key' && (scope.key.inboxId ?? row.id) !== row.id) throw notFound();
      return toAvailability((await routing.availability()).get(EVERYBODY));
    },
  );
}

async function tellTeams(parts: Parts): Promise<void> {
  await parts.router.changed();
  parts.bus.publish(topics.agents(), encode({ type: 'teams', teams: await parts.store.teams.list() }));
}

function toAnswer(team: Team, known: ReadonlyMap<string, Availability>) {
  return { ...team, ...toAvailability(known.get(team.id)) };
}

function toAvailability({ online = false, lastOfflineAt = null }: Partial<Availability> = {}) {
  return { online, ...(lastOfflineAt !== null && { lastOfflineAt }) };
}

function explain(error: unknown): never {
  if (!(error instanceof TeamRefused)) throw error;
  if (error.reason === 'name') {
    throw new Refusal('conflict', 'There is a team with this name already.', { field: '/name' });
  }
  throw new Refusal('bad_request', 'There is no such agent.', { field: `/agentIds/${error.at}` });
}

import { Type } from 'typebox';
import { faultOf } from '../../../src/api/rules.ts';
import type { Condition } from '../../../src/api/rules.ts';
import { audit } from '../audit.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { AssignmentRule } from '../store/assignment-rules.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { callerOf, scopeOf } from './requester.ts';
import type { Caller } from './requester.ts';
import { failures, IdParams, Nothing, nullable, Uuid } from './schemas.ts';

const changing = { permission: 'settings', admin: true } as const;
const tags = ['Assignment rules'];
const security = securityOf(changing);

const fields = {
  inboxId: nullable(Type.String({ description: 'The inbox whose conversations it is for. Null: those of all.' })),
  name: Type.String({ maxLength: 120, pattern: '\\S' }),
  position: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    description: 'Rules are asked from the lowest to the highest; the first that holds counts. Default: the last.',
  }),
  enabled: Type.Boolean({ description: 'Default: true.' }),
  conditions: Type.Array(Type.Unsafe<Condition>(Type.Unknown()), {
    maxItems: 20,
    description:
      'All of them must hold: `true`, or `[parameter, matcher, value]` such as `["page_url", "contains", "/pricing"]`. ' +
      'Default: none, so that the rule holds always.',
  }),
  to: Type.Array(Uuid, {
    minItems: 1,
    maxItems: 50,
    uniqueItems: true,
    description: 'Ids of agents and teams: one of them gets the conversation.',
  }),
};
const Rule = Type.Unsafe<AssignmentRule>(Type.Object({ id: Uuid, ...fields }));
const optional = {
  inboxId: Type.Optional(fields.inboxId),
  position: Type.Optional(fields.position),
  enabled: Type.Optional(fields.enabled),
  conditions: Type.Optional(fields.conditions),
};

/** Which new conversations go to whom. */
export function assignmentRuleRoutes(app: App, parts: Parts): void {
  const { assignmentRules: rules } = parts.store;
  const preParsing = requireCaller(app, parts, changing);

  /** The rule, if the caller may change it: a key of one inbox may change those of that inbox. */
  async function findRule(caller: Caller, id: string): Promise<AssignmentRule> {
    const found = await rules.find(id);
    const scope = scopeOf(caller);
    if (!found || (scope !== undefined && found.inboxId !== scope)) throw notFound();
    return found;
  }

  app.get(
    '/v1/assignment-rules',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'The rules, in the order in which they are asked',
        querystring: Type.Object({
          inbox: Type.Optional(Type.String({ description: 'Only those that are asked in this inbox.' })),
        }),
        response: {
          200: Type.Unsafe<{ rules: readonly AssignmentRule[] }>(Type.Object({ rules: Type.Array(Rule) })),
          ...failures,
        },
      },
    },
    async (request) => ({ rules: await rules.list(scopeOf(callerOf(request)) ?? request.query.inbox) }),
  );

  app.get(
    '/v1/assignment-rules/:id',
    {
      preParsing,
      schema: { ...{ tags, security }, summary: 'One rule', params: IdParams, response: { 200: Rule, ...failures } },
    },
    async (request) => findRule(callerOf(request), request.params.id),
  );

  app.post(
    '/v1/assignment-rules',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Make a rule',
        body: Type.Object({ name: fields.name, to: fields.to, ...optional }, { additionalProperties: false }),
        response: { 201: Rule, ...failures },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { inboxId = scopeOf(caller) ?? null, enabled = true, conditions = [], ...rest } = request.body;
      await check(parts, caller, { inboxId, conditions, to: rest.to });
      const made = await rules.create({ ...rest, inboxId, enabled, conditions });
      await parts.router.changed();
      const details = { ruleId: made.id, name: made.name };
      await audit(parts, caller, { action: 'assignmentRule.made', ...(inboxId !== null && { inboxId }), details });
      reply.status(201);
      return made;
    },
  );

  app.patch(
    '/v1/assignment-rules/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Change a rule, or its place',
        params: IdParams,
        body: Type.Object(
          { name: Type.Optional(fields.name), to: Type.Optional(fields.to), ...optional },
          { additionalProperties: false, minProperties: 1 },
        ),
        response: { 200: Rule, ...failures },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id } = await findRule(caller, request.params.id);
      await check(parts, caller, request.body);
      const changed = await rules.update(id, request.body);
      if (!changed) throw notFound();
      await parts.router.changed();
      const details = { ruleId: id, changed: Object.keys(request.body) };
      await audit(parts, caller, { action: 'assignmentRule.changed', details });
      return changed;
    },
  );

  app.delete(
    '/v1/assignment-rules/:id',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'Forget a rule',
        params: IdParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { id, name } = await findRule(caller, request.params.id);
      await rules.delete(id);
      await parts.router.changed();
      await audit(parts, caller, { action: 'assignmentRule.deleted', details: { ruleId: id, name } });
      return reply.status(204).send(null);
    },
  );
}

/** @throws Refusal `bad_request` with the place, `forbidden` for a key of another inbox */
async function check(
  { store, inboxes }: Parts,
  caller: Caller,
  { inboxId, conditions = [], to = [] }: Partial<Pick<AssignmentRule, 'inboxId' | 'conditions' | 'to'>>,
): Promise<void> {
  const scope = scopeOf(caller);
  if (scope !== undefined && inboxId !== undefined && inboxId !== scope) {
    throw new Refusal('forbidden', 'This API key is bound to another inbox.', { field: '/inboxId' });
  }
  if (inboxId) {
    await inboxes.get(inboxId).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal('bad_request', 'There is no such inbox.', { field: '/inboxId' });
    });
  }
  for (const [index, condition] of conditions.entries()) {
    const fault = faultOf(condition);
    if (fault) throw new Refusal('bad_request', fault.message, { field: `/conditions/${index}${fault.place}` });
  }
  if (to.length === 0) return;
  const [agents, teams] = await Promise.all([store.agents.list(), store.teams.list()]);
  const known = new Set([...agents, ...teams].map(({ id }) => id));
  const missing = to.findIndex((id) => !known.has(id));
  if (missing >= 0) {
    throw new Refusal('bad_request', 'There is no agent and no team with this id.', { field: `/to/${missing}` });
  }
}

import { Type } from 'typebox';
import { parameterOf } from '../../../src/api/rules.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { judge } from '../trigger-rules.ts';
import type { Facts, TriggerVerdict } from '../trigger-rules.ts';
import { hoursOf } from '../widget-answer.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { callerOf } from './requester.ts';
import { failures } from './schemas.ts';
import { inboxAsked } from './triggers.ts';

const access = { permission: 'settings', admin: true } as const;

const Verdict = Type.Unsafe<TriggerVerdict>(
  Type.Object({
    ...{ id: Type.String({ format: 'uuid' }), name: Type.String(), kind: Type.Enum(['invitation', 'bot']) },
    shown: Type.Boolean(),
    reasons: Type.Array(Type.Object({ field: Type.String(), message: Type.String() }), {
      description: 'Why it is not shown, each with its place in the trigger.',
    }),
  }),
);

/** `POST /v1/triggers/test`: what a visitor would get to see. */
export function triggerTestRoute(app: App, parts: Parts): void {
  app.post(
    '/v1/triggers/test',
    {
      preParsing: requireCaller(app, parts, access),
      schema: {
        tags: ['Triggers'],
        security: securityOf(access),
        summary: 'What would be shown to a visitor, and why not',
        description: 'Changes nothing. What the visitor has seen before does not count here.',
        body: Type.Object(
          {
            inboxId: Type.Optional(Type.String({ description: 'Default: the key’s own, else the default inbox.' })),
            url: Type.String({ minLength: 1, maxLength: 2_048, description: 'Of the page: `page_url`, `utm_…`.' }),
            facts: Type.Optional(
              Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
                maxProperties: 50,
                description:
                  'What else is known, by the keys of parameters. `agents_online` and `office_hours` are as they are, ' +
                  'unless they stand here.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ triggers: Type.Array(Verdict) }), ...failures },
      },
    },
    async (request) => {
      const { inboxId, url, facts = {} } = request.body;
      const inbox = await parts.inboxes.get(inboxAsked(callerOf(request), inboxId));
      const unknown = Object.keys(facts).find((key) => !parameterOf(key));
      if (unknown !== undefined) {
        throw new Refusal('bad_request', 'There is no such parameter.', { field: `/facts/${unknown}` });
      }
      const address = URL.parse(url);
      if (!address) throw new Refusal('bad_request', 'It is not the address of a page.', { field: '/url' });
      const known: Facts = {
        page_url: url,
        ...Object.fromEntries([...address.searchParams].filter(([key]) => UTM.has(key)).reverse()),
        agents_online: parts.presence.online,
        office_hours: hoursOf(inbox, parts.now())?.open ?? true,
        ...facts,
      };
      const all = await parts.store.triggers.list({ inboxId: inbox.row.id });
      return { triggers: judge(all, known) };
    },
  );
}

/** Of several with the same name, the first counts. */
const UTM = new Set(['utm_source', 'utm_medium', 'utm_term', 'utm_campaign', 'utm_content']);

import { Type } from 'typebox';
import type { Trigger, WidgetTrigger } from '../../../src/api/protocol.ts';

const kind = Type.Enum(['invitation', 'bot'], {
  description: '`invitation`: words alone. `bot`: whoever answers talks with a chatbot first. Stays for ever.',
});
const name = Type.String({ maxLength: 80, pattern: '\\S', description: 'For the team.' });
const message = Type.String({ maxLength: 1_000, pattern: '\\S', description: 'What the card says. Light markdown.' });
const enabled = Type.Boolean({ description: 'Default true.' });
const priority = Type.Integer({
  minimum: -1_000,
  maximum: 1_000,
  description: 'Where several hold, the highest comes first; of equals, the oldest. Default 0.',
});
const conditions = Type.Array(Type.Unknown(), {
  maxItems: 20,
  description:
    'All of them have to hold; none: it comes on every page. Each is true, or `[parameter, matcher, value]`, as in ' +
    '`["page_url", "contains", "/pricing"]`. Default: none.',
});
const delaySeconds = Type.Integer({
  minimum: 0,
  maximum: 86_400,
  description: 'So long the conditions have to hold before the card comes. Default 0.',
});
const frequency = Type.Object(
  {
    times: Type.Integer({ minimum: 1, maximum: 1_000 }),
    days: Type.Integer({ minimum: 0, maximum: 3_650, description: '0: ever.' }),
  },
  {
    additionalProperties: false,
    description: 'A visitor gets the card at most `times` within `days`, on each device. Default: once, ever.',
  },
);

/** What widgets get of a trigger. */
export const WidgetTriggerSchema = Type.Unsafe<WidgetTrigger>(
  Type.Object({ id: Type.String({ format: 'uuid' }), kind, message, conditions, delaySeconds, frequency }),
);

export const TriggerSchema = Type.Unsafe<Trigger>(
  Type.Object({
    ...{ id: Type.String({ format: 'uuid' }), inboxId: Type.String(), kind, name, enabled, priority, message },
    ...{ conditions, delaySeconds, frequency },
  }),
);

const optional = {
  enabled: Type.Optional(enabled),
  priority: Type.Optional(priority),
  conditions: Type.Optional(conditions),
  delaySeconds: Type.Optional(delaySeconds),
  frequency: Type.Optional(frequency),
};

/** Of a new one. */
export const newTrigger = { kind, name, message, ...optional };

/** Of one that there is. */
export const triggerPatch = { name: Type.Optional(name), message: Type.Optional(message), ...optional };

import { Type } from 'typebox';
import { LIMITS } from '../../../src/api/protocol.ts';
import type { TrailItem, TrailReport } from '../../../src/api/protocol.ts';
import { Time, Uuid } from './schemas.ts';

const DAY_MS = 24 * 60 * 60_000;

const Address = (description: string) => Type.String({ maxLength: LIMITS.pageUrlLength, description });
const title = Type.Optional(Type.String({ maxLength: LIMITS.pageTitleLength }));
const page = {
  type: Type.Literal('page'),
  url: Address('http or https.'),
  title,
  referrer: Type.Optional(Address('Where the visitor came from.')),
};
const event = {
  type: Type.Literal('event'),
  name: Type.String({ minLength: 1, maxLength: LIMITS.eventNameLength }),
  data: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: `At most ${LIMITS.eventDataLength} characters as JSON.`,
    }),
  ),
  url: Type.Optional(Address('The page on which it was.')),
};
const own = {
  id: Type.String({ format: 'uuid', description: 'Of the sender’s making: the same is stored once.' }),
  ageMs: Type.Integer({ minimum: 0, maximum: DAY_MS, description: 'How long ago it was, ms.' }),
};
const stored = { id: Uuid, at: Time };

export const TrailReportSchema = Type.Unsafe<TrailReport>(
  Type.Union([Type.Object({ ...own, ...page }), Type.Object({ ...own, ...event })]),
);
export const TrailItemSchema = Type.Unsafe<TrailItem>(
  Type.Union([Type.Object({ ...stored, ...page }), Type.Object({ ...stored, ...event })]),
);

import { Type } from 'typebox';
import type { Static } from 'typebox';
import { LIMITS } from '../../src/api/protocol.ts';

/** So many at once (`burst`), then so many per second. */
const Rate = (burst: number, perSecond: number, description: string) =>
  Type.Object(
    { burst: Type.Integer({ minimum: 1 }), perSecond: Type.Number({ exclusiveMinimum: 0 }) },
    { additionalProperties: false, default: { burst, perSecond }, description },
  );

const count = (value: number, description: string) => Type.Integer({ minimum: 1, default: value, description });

/**
 * What the environment variable `LIMITS` may change, as one JSON object; what it does not name keeps its default.
 * Tests and benchmarks raise the rates here, openly; nothing else switches a limit off.
 */
export const LimitsSchema = Type.Object(
  {
    framesPerSocket: Rate(120, 40, 'Frames of one socket, counted before they are parsed.'),
    framesPerAddress: Rate(1_200, 400, 'Frames of all sockets of one IPv4 address or IPv6 /64.'),
    typingPerSocket: Rate(6, 2, '`typing` frames of one socket that are passed on; the rest is dropped.'),
    socketsPerAddress: count(500, 'Open sockets of one IPv4 address or IPv6 /64.'),
    requestsPerAddress: count(1_200, 'HTTP requests per minute of one IPv4 address or IPv6 /64.'),
    requestsPerSession: count(600, 'HTTP requests per minute of one session or API key.'),
    requestsPerContact: count(1_200, 'HTTP requests per minute of one contact, in all sessions together.'),
    sessionsPerAddress: count(120, 'Sessions made per minute from one IPv4 address or IPv6 /64.'),
    conversationsPerAddress: Rate(60, 1, 'New conversations from one IPv4 address or IPv6 /64.'),
    verificationsPerAddress: count(20, 'Codes asked for per hour, to prove an e-mail, from one address or IPv6 /64.'),
    verificationsPerSession: count(5, 'The same of one session.'),
    trailPerContact: count(120, 'Requests per minute in which one contact’s pages and events are reported.'),
    dataPerContact: count(30, 'Downloads of one contact’s data and transcripts per hour.'),
    transcriptMailsPerContact: count(5, 'Transcripts mailed to one contact per hour.'),
    signInsPerAddress: count(20, 'Agents’ sign-ins tried per minute from one IPv4 address or IPv6 /64.'),
    signInsPerEmail: count(10, 'Agents’ sign-ins tried per minute for one e-mail.'),
    messagesPerMinute: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Takes the place of each inbox’s own `limits.messagesPerMinute`.' }),
    ),
    conversationsPerDay: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        description: 'Takes the place of each inbox’s own `limits.conversationsPerDay`.',
      }),
    ),
    requestMs: count(20_000, 'How long an HTTP request may take to arrive, its head half of that.'),
    helloMs: count(LIMITS.helloMs, 'How long a socket may take for its `hello`.'),
    heartbeatMs: count(
      LIMITS.heartbeatMs,
      'How often `ping` is sent; who has not answered by the next one is cut off.',
    ),
    presenceMs: Type.Integer({
      minimum: 1,
      maximum: 3_600_000,
      default: 20_000,
      description:
        'How long an agent without a socket still counts as there: through a reload, a restart, the death of a node.',
    }),
    bufferedBytes: count(1_048_576, 'Bytes that may wait for a socket that reads slowly before it is cut off.'),
    drainMs: Type.Integer({
      minimum: 1,
      // The rest of the nine seconds in which a process ends (`start.ts`) is for what is still to be answered.
      maximum: 6_000,
      default: 4_000,
      description: 'At shutdown, and after NATS was away, sockets are told to come back spread over this time.',
    }),
  },
  { additionalProperties: false },
);

export type Limits = Static<typeof LimitsSchema>;
export type Rate = Limits['framesPerSocket'];

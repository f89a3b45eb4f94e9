import { Type } from 'typebox';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Validator } from 'typebox/compile';
import type { ClientFrame } from '../../../src/api/protocol.ts';
import { MessageAnswerSchema, MessageContentSchema } from '../message-content.ts';

const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
const Uuid = Type.String({ pattern: UUID, description: 'UUID in lower case.' });

const Names = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 });
const RouteSchema = Type.Object({
  to: Type.Optional(Names),
  rules: Type.Optional(Type.Boolean()),
  among: Type.Optional(Names),
  parameters: Type.Optional(
    Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 2_048 }), { maxProperties: 50 }),
  ),
});

export type FrameType = ClientFrame['type'];
export type FrameOf<T extends FrameType> = Extract<ClientFrame, { readonly type: T }>;

/**
 * What a client may send. `test/socket/frames.types.ts` proves that these are protocol.ts's types, neither more nor
 * less. Unknown fields are ignored: a newer client may send them.
 */
export const frameSchemas = {
  hello: Type.Object({
    type: Type.Literal('hello'),
    version: Type.Integer(),
    token: Type.Optional(Type.String({ maxLength: 200 })),
    since: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 0 }))),
    epoch: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  send: Type.Object({
    type: Type.Literal('send'),
    conversationId: Uuid,
    clientId: Uuid,
    text: Type.String(),
    replyTo: Type.Optional(Uuid),
    attachments: Type.Optional(Type.Array(Uuid, { maxItems: 100 })),
    content: Type.Optional(MessageContentSchema),
    answer: Type.Optional(MessageAnswerSchema),
    start: Type.Optional(Type.Boolean()),
    route: Type.Optional(RouteSchema),
    trigger: Type.Optional(Type.String({ maxLength: 64 })),
    pageUrl: Type.Optional(Type.String()),
    note: Type.Optional(Type.Boolean()),
  }),
  typing: Type.Object({ type: Type.Literal('typing'), conversationId: Uuid, typing: Type.Boolean() }),
  read: Type.Object({ type: Type.Literal('read'), conversationId: Uuid, seq: Type.Integer({ minimum: 0 }) }),
  pong: Type.Object({ type: Type.Literal('pong') }),
} as const satisfies { readonly [T in FrameType]: TSchema };

/** The types that the schemas describe. */
export type FrameStatics = { [T in FrameType]: Static<(typeof frameSchemas)[T]> };

/** Compiled, by type. A map, so that a frame named `constructor` finds nothing. */
export const frameValidators: ReadonlyMap<string, Validator> = new Map(
  Object.entries(frameSchemas).map(([type, schema]) => [type, Compile(schema)]),
);

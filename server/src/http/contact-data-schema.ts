import { Type } from 'typebox';
import type { ContactData } from '../export-contact.ts';
import { nullable, Time, Uuid } from './schemas.ts';
import { TrailItemSchema } from './trail-schema.ts';

/** Everything that hangs on a contact. */
export const ContactDataSchema = Type.Unsafe<ContactData>(
  Type.Object({
    exportedAt: Time,
    inbox: Type.Object({ id: Type.String(), name: Type.String() }),
    contact: Type.Ref('AgentContact#'),
    conversations: Type.Array(
      Type.Object({
        id: Uuid,
        number: Type.Integer(),
        state: Type.Enum(['open', 'resolved']),
        createdAt: Time,
        updatedAt: Time,
        rating: Type.Optional(Type.Integer()),
        entries: Type.Array(Type.Ref('Entry#')),
        notes: Type.Optional(Type.Array(Type.Ref('Entry#'), { description: 'The agents’ own log.' })),
      }),
    ),
    sessions: Type.Array(
      Type.Object({
        id: Uuid,
        scheme: Type.String({ description: 'How the contact was proven.' }),
        verification: Type.Enum(['verified', 'claimed', 'anonymous']),
        createdAt: Time,
        lastSeenAt: Time,
        expiresAt: Time,
        revokedAt: nullable(Time),
      }),
    ),
    verifications: Type.Array(Type.Object({ email: Type.String(), askedAt: Time, expiresAt: Time })),
    unsentFiles: Type.Array(
      Type.Object({ name: Type.String(), mediaType: Type.String(), bytes: Type.Integer(), createdAt: Time }),
    ),
    trail: Type.Array(TrailItemSchema),
  }),
);

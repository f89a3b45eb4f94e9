import type { Selectable } from 'kysely';
import type { ContactRow } from './rows.ts';
import type { ContactTable } from './schema.ts';

export type ContactRecord = Omit<Selectable<ContactTable>, 'email_key'>;

export const CONTACT_COLUMNS = [
  'number',
  'id',
  'inbox_id',
  'external_id',
  'email',
  'claimed_email',
  'name',
  'phone',
  'notes',
  'attributes',
  'unverified',
  'verified_at',
  'merged_into',
  'blocked_at',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof ContactRecord)[];

export function toContactRow(record: ContactRecord): ContactRow {
  return {
    id: record.id,
    number: record.number,
    inboxId: record.inbox_id,
    externalId: record.external_id,
    email: record.email,
    claimedEmail: record.claimed_email,
    name: record.name,
    phone: record.phone,
    notes: record.notes,
    attributes: JSON.parse(record.attributes) as ContactRow['attributes'],
    unverified: JSON.parse(record.unverified) as ContactRow['unverified'],
    verifiedAt: record.verified_at,
    mergedInto: record.merged_into,
    blockedAt: record.blocked_at,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
  };
}

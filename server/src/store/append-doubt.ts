import type { Kysely } from 'kysely';
import type { Operation } from './append-plan.ts';
import { starts, touchedIds } from './batch-reads.ts';
import type { Database } from './schema.ts';

/** A batch that was refused and may be stored: it was to be committed, and the answer of the database got lost. */
export interface Doubt {
  /** What it touches, at most one batch. */
  readonly conversationIds: readonly string[];
  /** Contacts who start something in it. */
  readonly starterIds: readonly string[];
  /** Those of the conversations in which it writes notes, which do not make them move. */
  readonly notedIds: ReadonlySet<string>;
  /** The time of all its entries, ms since 1970. */
  readonly at: number;
}

export function doubtOf(operations: readonly Operation[], at: number): Doubt {
  const notes = operations.filter(({ kind, request }) => kind === 'append' && request.log === 'notes');
  return {
    conversationIds: touchedIds(operations),
    starterIds: [...new Set(starts(operations).map(({ by }) => by.contactId))],
    notedIds: new Set(touchedIds(notes)),
    at,
  };
}

/**
 * Resolves when the batch is stored or will never be: its COMMIT may still be on its way. The locks that it took (see
 * `append-statements`) are held until then, and whoever asks for them waits. PostgreSQL only. @throws StoreUnavailable
 */
export async function settled(db: Kysely<Database>, { conversationIds, starterIds }: Doubt): Promise<void> {
  // A conversation that it makes cannot be seen before it is there; whose it will be can.
  if (starterIds.length > 0) {
    await db.selectFrom('contacts').select('id').where('id', 'in', starterIds).orderBy('id').forShare().execute();
  }
  const touched = db.selectFrom('conversations').select('id').where('id', 'in', conversationIds);
  await touched.orderBy('id').forShare().execute();
}

import type { Kysely, Selectable } from 'kysely';
import type { TrailItem, TrailPage } from '../../../src/api/protocol.ts';
import { decodeCursor, encodeCursor, pageLimit } from './keyset.ts';
import type { TrailTable } from './outreach-schema.ts';
import type { Database } from './schema.ts';
import { isForeignKeyViolation } from './store-unavailable.ts';

/** So much is kept of one contact: of whoever did more, the latest. */
export const TRAIL_LENGTH = 1_000;
/** A report may come so much sooner or later than the one before it, ms: what it tells is older or younger than it seems. */
const JITTER_MS = 15_000;

/** What visitors did on the site. */
export class Trail {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Adds to a contact's trail what is not in it yet. Ids of one device that are UUIDs of version 7 say in which order it was.
   *
   * @returns what was added, in the order in which it was given; null when the contact is no more
   */
  async add(
    { inboxId, contactId }: { readonly inboxId: string; readonly contactId: string },
    items: readonly TrailItem[],
  ): Promise<TrailItem[] | null> {
    const ordered = await this.#inOrder(contactId, items);
    const rows = ordered.map((item) => ({ inbox_id: inboxId, contact_id: contactId, ...columnsOf(item) }));
    try {
      const added = await this.#db
        .insertInto('trail')
        .values(rows)
        .onConflict((conflict) => conflict.columns(['contact_id', 'id']).doNothing())
        .returning('id')
        .execute();
      await this.#shorten(contactId);
      return ordered.filter((item) => added.some(({ id }) => id === item.id));
    } catch (error) {
      if (isForeignKeyViolation(error)) return null;
      throw error;
    }
  }

  /** Latest first. @throws BadCursor */
  async page(
    contactIds: readonly string[],
    query: { readonly type?: TrailItem['type']; readonly before?: string; readonly limit?: number } = {},
  ): Promise<TrailPage> {
    const { type, before, limit } = query;
    const size = pageLimit(limit);
    const end = before === undefined ? undefined : decodeCursor(before);
    const found = await this.#db
      .selectFrom('trail')
      .selectAll()
      .where('contact_id', 'in', contactIds)
      .$if(type !== undefined, (select) => select.where('type', '=', type!))
      .$if(end !== undefined, (select) =>
        select.where((where) => where(where.refTuple('at', 'number'), '<', where.tuple(end!.updatedAt, end!.number))),
      )
      .orderBy('at', 'desc')
      .orderBy('number', 'desc')
      .limit(size + 1)
      .execute();
    const last = found[size - 1];
    const items = found.slice(0, size).map(toItem);
    return found.length > size && last
      ? { items, cursor: encodeCursor({ updatedAt: last.at, number: last.number }) }
      : { items };
  }

  /** Latest first. */
  async all(contactIds: readonly string[]): Promise<TrailItem[]> {
    const items: TrailItem[] = [];
    for (let before: string | undefined = ''; before !== undefined;) {
      const page = await this.page(contactIds, { limit: 100, ...(before && { before }) });
      items.push(...page.items);
      before = page.cursor;
    }
    return items;
  }

  /** @param before ms since 1970 @returns how much was older, and is gone */
  async forget(inboxId: string, before: number): Promise<number> {
    const gone = await this.#db
      .deleteFrom('trail')
      .where('inbox_id', '=', inboxId)
      .where('at', '<', before)
      .executeTakeFirst();
    return Number(gone.numDeletedRows);
  }

  /** Nothing stands before what was before it only because its report was faster. */
  async #inOrder(contactId: string, items: readonly TrailItem[]): Promise<TrailItem[]> {
    const [first] = items;
    const before = await this.#db
      .selectFrom('trail')
      .select(['id', 'at'])
      .where('contact_id', '=', contactId)
      .where('id', '<', first?.id ?? '')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    let last = before;
    return items.map((item) => {
      const isLate = last && isTimed(last.id) && isTimed(item.id) && last.at > item.at && last.at - item.at < JITTER_MS;
      const placed = isLate ? { ...item, at: last!.at } : item;
      last = placed;
      return placed;
    });
  }

  async #shorten(contactId: string): Promise<void> {
    await this.#db
      .deleteFrom('trail')
      .where('contact_id', '=', contactId)
      .where('at', '<', (from) =>
        from
          .selectFrom('trail as latest')
          .select('latest.at')
          .where('latest.contact_id', '=', contactId)
          .orderBy('latest.at', 'desc')
          .limit(1)
          .offset(TRAIL_LENGTH - 1),
      )
      .execute();
  }
}

/** UUIDs of version 7 sort by when they were made. */
const isTimed = (id: string): boolean => id[14] === '7';

function columnsOf(item: TrailItem) {
  const { id, at, type } = item;
  return type === 'page'
    ? { id, at, type, url: item.url, title: item.title ?? null, referrer: item.referrer ?? null }
    : { id, at, type, url: item.url ?? null, name: item.name, data: item.data ? JSON.stringify(item.data) : null };
}

function toItem({ id, at, type, url, title, referrer, name, data }: Selectable<TrailTable>): TrailItem {
  if (type === 'page') {
    return { type, id, at, url: url ?? '', ...(title !== null && { title }), ...(referrer !== null && { referrer }) };
  }
  const more = data === null ? {} : { data: JSON.parse(data) as Readonly<Record<string, unknown>> };
  return { type, id, at, name: name ?? '', ...more, ...(url !== null && { url }) };
}

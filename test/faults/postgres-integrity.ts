/** Whether a PostgreSQL database is sound, after all that was done to its server. */

import type { Ask } from './postgres-service.ts';

/** Rows and their pages (https://www.postgresql.org/docs/current/amcheck.html). */
const BAD_ROWS = `
  select format('%s, page %s, row %s: %s', relation.oid::regclass, bad.blkno, bad.offnum, bad.msg) as damage
  from pg_class relation cross join lateral verify_heapam(relation.oid) bad
  where relation.relkind = 'r' and relation.relnamespace = 'public'::regnamespace`;

/** Every index holds every row, in order, and twice what it holds once only in none. It raises an error at the first. */
const CHECK_INDEXES = `
  select bt_index_check(index.oid, true, true)
  from pg_class index join pg_am method on method.oid = index.relam
  where index.relkind = 'i' and method.amname = 'btree' and index.relnamespace = 'public'::regnamespace`;

/** For each foreign key a query that counts the rows whose other end is missing. */
const FOREIGN_KEYS = `
  select fk.conname as name, format('select count(*)::int as count from %s child where %s and not exists (select from %s parent where %s)',
      fk.conrelid::regclass, string_agg(format('child.%I is not null', child.attname), ' and '),
      fk.confrelid::regclass, string_agg(format('parent.%I = child.%I', parent.attname, child.attname), ' and ')) as query
  from pg_constraint fk
    cross join lateral unnest(fk.conkey, fk.confkey) as pair(child, parent)
    join pg_attribute child on child.attrelid = fk.conrelid and child.attnum = pair.child
    join pg_attribute parent on parent.attrelid = fk.confrelid and parent.attnum = pair.parent
  where fk.contype = 'f' and fk.connamespace = 'public'::regnamespace
  group by fk.oid, fk.conname, fk.conrelid, fk.confrelid`;

/** What is wrong with tables, indexes and foreign keys, in words; nothing when all is well. */
export async function postgresDamage(ask: Ask): Promise<string[]> {
  await ask('create extension if not exists amcheck');
  const damage = (await ask(BAD_ROWS)).map((row) => String(row['damage']));
  await ask(CHECK_INDEXES).catch((error: Error) => damage.push(error.message));
  for (const { name, query } of await ask(FOREIGN_KEYS)) {
    const [{ count }] = await ask(String(query));
    if (count !== 0) damage.push(`${String(name)}: ${String(count)} rows belong to nothing`);
  }
  return damage;
}

import { STARTER_COLUMNS } from './batch-reads.ts';
import { CONVERSATION_CHANGES, CONVERSATION_COLUMNS, ENTRY_COLUMNS } from './schema.ts';

/*
 * What the hot path says to PostgreSQL.
 *
 * The order of locks, which keeps nodes from deadlocking each other: first the contacts who start something, in id order,
 * so that each one's new conversations are counted by one node at a time, and a merge of that contact is held back until
 * its new conversation is visible; then the new rows, in id order (a conflicting id waits here for the other node's
 * commit); then all rows that exist, in id order; then files, in id order. Who is in one step waits only for others in the
 * same or a later one.
 */
export const STARTERS = `
  select ${STARTER_COLUMNS.join(', ')} from contacts where id = any($1::text[]) order by id for no key update`;

/** Of one contact's new conversations as many as there is room for, in turn. What exists already takes no room. */
export const START = `
  insert into conversations (id, inbox_id, contact_id, state, verification, created_at, updated_at, last_seq,
    last_note_seq, last_message_seq, contact_read_seq, agent_read_seq, contact_unread, agent_unread, agents)
  select w.id, k.inbox_id, k.id, 'open', w.verification, $6, $6, 0, 0, 0, 0, 0, 0, 0, '[]'
  from (
    select n.*, row_number() over (partition by n.contact_id order by n.turn) as place
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $8::int[], $9::boolean[])
      as n (id, verification, contact_id, inbox_id, most, turn, is_only)
    where not exists (select from conversations c where c.id = n.id)
  ) w
  join contacts k on k.id = w.contact_id and k.inbox_id = w.inbox_id and k.merged_into is null
  where w.place <= w.most - (
    select count(*) from (
      select from conversations c where c.contact_id = w.contact_id and c.created_at > $7 limit w.most
    ) today
  ) and (not w.is_only or (w.place = 1 and not exists (
    select from conversations c where c.contact_id = w.contact_id and c.state = 'open'
  )))
  order by w.id
  on conflict (id) do nothing
  returning id`;

/** When the conversation was started that must leave the day before the contact may start another. */
export const FULL = `
  select w.contact_id, d.created_at
  from unnest($1::text[], $2::int[]) as w (contact_id, most)
  cross join lateral (
    select created_at from conversations where contact_id = w.contact_id and created_at > $3
    order by created_at desc offset w.most - 1 limit 1
  ) d`;

/** Sent behind \`START\`: what keeps a contact from starting another one. */
export const OPEN = `
  select w.contact_id, d.id
  from unnest($1::text[]) as w (contact_id)
  cross join lateral (
    select id from conversations where contact_id = w.contact_id and state = 'open' order by number limit 1
  ) d`;

/** The name comes by a subquery: a join would lose a row that another transaction gave to another contact meanwhile. */
export const LOCK = `
  select ${CONVERSATION_COLUMNS.map((column) => `c.${column}`).join(', ')},
    (select k.name from contacts k where k.id = c.contact_id) as contact_name
  from conversations c where c.id = any($1::text[])
  order by c.id
  for update of c`;

/**
 * One look into the index on clientIds per request, whatever the planner believes: `lateral … limit` keeps it from
 * joining whole tables, and `+ 0` from reading a whole conversation by its other index.
 */
export const ENTRIES = `
  select e.*
  from unnest($1::text[], $2::text[]) as w (conversation_id, client_id)
  join conversations c on c.id = w.conversation_id
  cross join lateral (
    select ${ENTRY_COLUMNS.join(', ')} from entries
    where client_id = w.client_id and conversation_number + 0 = c.number
    limit 1
  ) e`;

/** One look into the index on ids per request, as above. */
export const MESSAGES = `
  select e.*
  from unnest($1::text[], $2::text[]) as w (conversation_id, message_id)
  join conversations c on c.id = w.conversation_id
  cross join lateral (
    select ${ENTRY_COLUMNS.join(', ')} from entries
    where id = w.message_id and conversation_number + 0 = c.number and type = 'message'
    limit 1
  ) e`;

/** Locked last, so that nobody discards one meanwhile. */
export const FILES = 'select * from attachments where id = any($1::text[]) order by id for update';

export const UNREAD = `
  select count(*) as count from entries
  where conversation_number = $1 and log = 'main' and seq > $2 and type = 'message' and text is not null
    and (author_kind = 'contact') = $3`;

const ENTRY_TYPES: Readonly<Record<(typeof ENTRY_COLUMNS)[number], 'text' | 'bigint'>> = {
  conversation_number: 'bigint',
  log: 'text',
  seq: 'bigint',
  type: 'text',
  id: 'text',
  client_id: 'text',
  author_kind: 'text',
  author_id: 'text',
  author_name: 'text',
  author_avatar_url: 'text',
  text: 'text',
  page_url: 'text',
  at: 'bigint',
  extras: 'text',
};

/** Parameters are columns, so that one compiled statement serves batches of any size. */
export const INSERT = `
  insert into entries (${ENTRY_COLUMNS.join(', ')})
  select * from unnest(${ENTRY_COLUMNS.map((column, index) => `$${index + 1}::${ENTRY_TYPES[column]}[]`).join(', ')})`;

const CHANGE_TYPES: Readonly<Record<(typeof CONVERSATION_CHANGES)[number], 'text' | 'bigint' | 'integer'>> = {
  state: 'text',
  verification: 'text',
  updated_at: 'bigint',
  last_seq: 'bigint',
  last_note_seq: 'bigint',
  last_message_seq: 'bigint',
  contact_read_seq: 'bigint',
  agent_read_seq: 'bigint',
  contact_unread: 'integer',
  agent_unread: 'integer',
  agents: 'text',
  rating: 'integer',
  can_rate: 'integer',
  bot: 'integer',
  assigned_agent_id: 'text',
  assigned_team_id: 'text',
  routing: 'text',
  waiting: 'integer',
};

export const UPDATE = `
  update conversations c set ${CONVERSATION_CHANGES.map((column) => `${column} = w.${column}`).join(', ')}
  from unnest($1::bigint[], ${CONVERSATION_CHANGES.map((column, index) => `$${index + 2}::${CHANGE_TYPES[column]}[]`).join(', ')})
    as w (number, ${CONVERSATION_CHANGES.join(', ')})
  where c.number = w.number`;

export const REWRITE = `
  update entries e set text = w.text, page_url = w.page_url, extras = w.extras
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[]) as w (number, seq, text, page_url, extras)
  where e.conversation_number = w.number and e.log = 'main' and e.seq = w.seq`;

export const ATTACH = `
  update attachments a set message_id = w.message_id
  from unnest($1::text[], $2::text[]) as w (id, message_id) where a.id = w.id`;

export const DISCARD = `
  update attachments a set discarded_at = $3
  from unnest($1::text[], $2::text[]) as w (conversation_id, message_id)
  where a.conversation_id = w.conversation_id and a.message_id = w.message_id`;

export const UNSTART = 'delete from conversations where number = any($1::bigint[])';

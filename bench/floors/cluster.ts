/**
 * Floor of S10: as durable.ts, with group commit on PostgreSQL and the fan-out over NATS.
 *
 *     DATABASE_URL=… NATS_URL=… node floors/cluster.ts
 */
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { acknowledge, framed, serveRoom, tellReader } from './room.ts';
import type { Message } from './room.ts';

/** Batches under way at once, and how large one may be. */
const BATCHES = 2;
const LARGEST = 1_000;
const INSERT = `insert into messages (conversation, seq, id, sender, at, body)
  select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::int[], $5::bigint[], $6::text[])`;

const database = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
await database.connect();
await database.query(`
  create table if not exists messages (
    pos bigint generated always as identity primary key, conversation bigint not null, seq bigint not null,
    id text not null, sender int not null, at bigint not null, body text not null);
  create unique index if not exists messages_seq on messages (conversation, seq);
  create unique index if not exists messages_id on messages (id);
`);
const nats = await connect({ servers: process.env['NATS_URL'] ?? '' });

const waiting: Message[] = [];
let underWay = 0;
nats.subscribe('conversation.*', { callback: (_error, { data }) => tellReader(data) });

async function commit(): Promise<void> {
  if (underWay >= BATCHES || waiting.length === 0) return;
  underWay += 1;
  const batch = waiting.splice(0, LARGEST);
  const columns = [
    batch.map(({ conversation }) => conversation),
    batch.map(({ seq }) => seq),
    batch.map(({ id }) => id),
    batch.map(() => 1),
    batch.map(({ at }) => at),
    batch.map(({ text }) => text),
  ];
  await database.query({ name: 'insert', text: INSERT, values: columns });
  for (const message of batch) {
    nats.publish(`conversation.${message.conversation}`, framed(message));
    acknowledge(message);
  }
  underWay -= 1;
  await commit();
}

serveRoom((message) => {
  waiting.push(message);
  setImmediate(() => void commit());
});

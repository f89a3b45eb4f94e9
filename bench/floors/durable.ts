/**
 * Floor of the durable sends (S2 to S5, S11): parse, check, store, tell the room's reader, acknowledge. No rights, no
 * limits, no contacts; the seq is kept in memory.
 *
 *     node floors/durable.ts none|single|group FILE
 *
 * `none` stores nothing; `single` commits each message; `group` commits together what one turn of the event loop brought.
 */
import { DatabaseSync } from 'node:sqlite';
import { acknowledge, framed, serveRoom, tellReader } from './room.ts';
import type { Message } from './room.ts';

const [, , mode = 'group', file = ':memory:'] = process.argv;
const database = new DatabaseSync(file);
database.exec(`
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma cache_size = -65536;
  pragma wal_autocheckpoint = 4000;
  create table if not exists messages (
    pos integer primary key, conversation integer not null, seq integer not null, id text not null, sender integer not null,
    at integer not null, body text not null);
  create unique index if not exists messages_seq on messages (conversation, seq);
  create unique index if not exists messages_id on messages (id);
`);
const insert = database.prepare(
  'insert into messages (conversation, seq, id, sender, at, body) values (?, ?, ?, ?, ?, ?)',
);
const [begin, commit] = [database.prepare('begin immediate'), database.prepare('commit')];

let waiting: Message[] = [];

function store(messages: readonly Message[]): void {
  begin.run();
  for (const { conversation, seq, id, at, text } of messages) insert.run(conversation, seq, id, 1, at, text);
  commit.run();
  messages.forEach(tell);
}

function tell(message: Message): void {
  tellReader(framed(message));
  acknowledge(message);
}

/** By mode. */
const take: Readonly<Record<string, (message: Message) => void>> = {
  none: tell,
  single: (message) => store([message]),
  group: (message) => {
    if (waiting.push(message) > 1) return;
    setImmediate(() => {
      const batch = waiting;
      waiting = [];
      store(batch);
    });
  },
};

serveRoom((message) => take[mode]?.(message));

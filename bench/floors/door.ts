/**
 * Floor of the doors (S7, S8, S9, S13): `ws`, a token checked by one HMAC, a welcome with the rows that were missed, a
 * ping every 25 s.
 *
 *     node floors/door.ts CONVERSATIONS MESSAGES
 *
 * There are so many conversations, 0, 1, …, with so many messages each.
 */
import { createHmac } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { frame, serveSockets } from './listen.ts';

const PING_MS = 25_000;
const PARTS = 20;
const ping = frame('{"type":"ping"}');
const conversations = Number(process.argv[2] ?? 0);
const messages = Number(process.argv[3] ?? 0);
const database = new DatabaseSync(':memory:');
database.exec(`
  create table messages (
    pos integer primary key, conversation integer not null, seq integer not null, id text not null, sender integer not null,
    at integer not null, body text not null);
  create unique index messages_seq on messages (conversation, seq);
`);
const insert = database.prepare(
  'insert into messages (conversation, seq, id, sender, at, body) values (?, ?, ?, ?, ?, ?)',
);
database.exec('begin');
for (let conversation = 0; conversation < conversations; conversation += 1) {
  for (let seq = 1; seq <= messages; seq += 1) {
    insert.run(conversation, seq, crypto.randomUUID(), 1, Date.now(), 'The quick brown fox. '.repeat(10));
  }
}
database.exec('commit');
const select = database.prepare(
  'select seq, id, sender, at, body from messages where conversation = ? and seq > ? order by seq limit 200',
);

/** When each is pinged next. */
const pings = new Map<{ write(bytes: Buffer): unknown }, number>();
setInterval(() => {
  const now = Date.now();
  for (const [wire, at] of pings) {
    if (now - at < PING_MS) continue;
    wire.write(ping);
    pings.set(wire, now);
  }
}, PING_MS / PARTS);

serveSockets((socket, wire) => {
  socket.on('close', () => pings.delete(wire));
  socket.on('message', (data: Buffer) => {
    const hello = JSON.parse(data.toString()) as { type: string; token?: string; since?: Record<string, number> };
    if (hello.type !== 'hello') return;
    const proof = createHmac('sha256', 'a secret of the bench')
      .update(hello.token ?? '')
      .digest('base64url');
    const since = Object.entries(hello.since ?? {});
    const rows = since.flatMap(([conversation, seq]) => select.all(Number(conversation), seq));
    socket.send(JSON.stringify({ type: 'welcome', proof, missed: rows }));
    pings.set(wire, Date.now());
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CONVERSATION_COLUMNS, ENTRY_COLUMNS } from '../../server/src/store/schema.ts';
import type { ConversationRecord, EntryRecord } from '../../server/src/store/schema.ts';
import { openStore } from '../../server/src/store/store.ts';
import type { GoalGroup, Room } from '../context.ts';
import { finding } from '../findings.ts';
import type { Finding } from '../findings.ts';
import { compare, interleave } from '../rounds.ts';
import { median } from '../statistics.ts';

const PER_CONVERSATION = 100;
const AUTHOR = '0192f3a1-7c00-7abc-8def-0123456789ab';
const TEXT = 'The quick brown fox jumps over the lazy dog. '.repeat(4).slice(0, 160);
/** How many queries one turn is. */
const QUERIES = 300;

/** A log of our server's, and the leanest that would do, with the same messages. */
class Archive {
  readonly conversations: number;
  readonly store;
  readonly #floor;
  readonly #page;
  readonly #resume;

  private constructor(store: Awaited<ReturnType<typeof openStore>>, floor: DatabaseSync, conversations: number) {
    this.store = store;
    this.#floor = floor;
    this.conversations = conversations;
    const select = 'select seq, id, sender, at, body from messages where conversation = ? and';
    this.#page = floor.prepare(`${select} seq < ? order by seq desc limit 50`);
    this.#resume = floor.prepare(`${select} seq > ? order by seq limit 200`);
  }

  static async make(room: Room, messages: number): Promise<Archive> {
    const folder = mkdtempSync(path.join(tmpdir(), 'chat-bench-history-'));
    await room.keep({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
    const conversations = messages / PER_CONVERSATION;
    const file = path.join(folder, 'chat.db');
    await (await openStore({ file })).close();
    fillOurs(file, conversations);
    const floor = fillFloor(path.join(folder, 'floor.db'), conversations);
    const archive = new Archive(await openStore({ file }), floor, conversations);
    await room.keep({ stop: () => archive.close() });
    return archive;
  }

  /** Fifty messages out of the middle of some conversation. */
  async page(): Promise<void> {
    const { entries } = await this.store.entries.page(this.#any(), { before: 80, limit: 50 });
    if (entries.length !== 50) throw new Error('A page is not whole.');
  }

  /** The last ten of some conversation. */
  async resume(): Promise<void> {
    const { entries } = await this.store.entries.page(this.#any(), { after: PER_CONVERSATION - 10, limit: 100 });
    if (entries.length !== 10) throw new Error('Not all that was missed came.');
  }

  floorPage(): void {
    this.#page.all(this.#any().number, 80);
  }

  floorResume(): void {
    this.#resume.all(this.#any().number, PER_CONVERSATION - 10);
  }

  async close(): Promise<void> {
    this.#floor.close();
    await this.store.close();
  }

  #any(): { id: string; number: number } {
    const number = 1 + Math.floor(Math.random() * this.conversations);
    return { id: conversationId(number), number };
  }
}

const conversationId = (number: number): string => `0192f3a1-7c00-7abc-8def-${number.toString(16).padStart(12, '0')}`;

/** Written past the store, which would take minutes: rows as it writes them, in the order in which they are said. */
function fillOurs(file: string, conversations: number): void {
  using database = new DatabaseSync(file);
  const now = Date.now();
  database.exec('pragma synchronous = off; pragma foreign_keys = off; begin');
  const conversation = database.prepare(insertInto('conversations', CONVERSATION_COLUMNS));
  for (let number = 1; number <= conversations; number += 1) {
    const row: ConversationRecord = {
      ...{ number, id: conversationId(number), inbox_id: 'demo', contact_id: AUTHOR, state: 'open' },
      ...{ verification: 'anonymous', created_at: now, updated_at: now, last_seq: PER_CONVERSATION, last_note_seq: 0 },
      ...{ last_message_seq: PER_CONVERSATION, contact_read_seq: 0, agent_read_seq: 0, contact_unread: 0 },
      ...{ agent_unread: PER_CONVERSATION, agents: '[]', rating: null, can_rate: 0, bot: 0 },
      ...{ assigned_agent_id: null, assigned_team_id: null, routing: null, waiting: 0 },
    };
    conversation.run(...CONVERSATION_COLUMNS.map((column) => row[column]));
  }
  const entry = database.prepare(insertInto('entries', ENTRY_COLUMNS));
  for (let seq = 1; seq <= PER_CONVERSATION; seq += 1) {
    for (let number = 1; number <= conversations; number += 1) {
      const row: EntryRecord = {
        ...{ conversation_number: number, log: 'main', seq, type: 'message', id: messageId(number, seq) },
        ...{ client_id: messageId(number, seq), author_kind: 'contact', author_id: AUTHOR, author_name: null },
        ...{ author_avatar_url: null, text: TEXT, page_url: null, at: now, extras: null },
      };
      entry.run(...ENTRY_COLUMNS.map((column) => row[column]));
    }
  }
  database.exec('commit; pragma wal_checkpoint(truncate)');
}

function fillFloor(file: string, conversations: number): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = off;
    pragma cache_size = -65536;
    create table messages (
      pos integer primary key, conversation integer not null, seq integer not null, id text not null,
      sender integer not null, at integer not null, body text not null);
    create unique index messages_seq on messages (conversation, seq);
    begin;
  `);
  const insert = database.prepare(insertInto('messages', ['conversation', 'seq', 'id', 'sender', 'at', 'body']));
  for (let seq = 1; seq <= PER_CONVERSATION; seq += 1) {
    for (let number = 1; number <= conversations; number += 1) {
      insert.run(number, seq, messageId(number, seq), 1, Date.now(), TEXT);
    }
  }
  database.exec('commit; pragma wal_checkpoint(truncate)');
  return database;
}

/** In the order of time, like UUIDv7. */
function messageId(conversation: number, seq: number): string {
  return `0192f3a1-${seq.toString(16).padStart(4, '0')}-7abc-8def-${conversation.toString(16).padStart(12, '0')}`;
}

function insertInto(table: string, columns: readonly string[]): string {
  return `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`;
}

/** One turn. Nothing is waited for here, so the time is the processor's own, whoever else wants it. */
const timed = (query: () => Promise<void> | void) => async () => {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  for (let times = 0; times < QUERIES; times += 1) await query();
  const { user, system } = process.cpuUsage(before);
  return { count: QUERIES, seconds: (performance.now() - startedAt) / 1_000, cpuMicros: (user + system) / QUERIES };
};

/** S12: a page of history and what one has missed, however long the log is. */
export const history: GoalGroup = {
  goals: ['S12'],
  async run({ rounds, quick }, room) {
    const messages = quick ? 100_000 : 1_000_000;
    const large = await Archive.make(room, messages);
    const small = await Archive.make(room, messages / 10);
    const series = await interleave(rounds, {
      page: timed(() => large.page()),
      floorPage: timed(() => large.floorPage()),
      smallPage: timed(() => small.page()),
      smallFloorPage: timed(() => small.floorPage()),
      resume: timed(() => large.resume()),
      floorResume: timed(() => large.floorResume()),
      smallResume: timed(() => small.resume()),
      smallFloorResume: timed(() => small.floorResume()),
    });
    const micros = (name: keyof typeof series): readonly number[] => series[name].cpuMicros;
    const many = messages.toLocaleString('en-US');
    const goal = (id: 'page' | 'resume', what: string): Finding[] => {
      const name = id === 'page' ? 'Page' : 'Resume';
      const floor = micros(`floor${name}`);
      const smaller = compare(micros(id), micros(`small${name}`));
      const growth = median(floor) / median(micros(`smallFloor${name}`));
      return [
        finding({
          id: id === 'page' ? 'S12' : `S12/${id}`,
          title: `${what}, of ${many}`,
          unit: 'µs',
          against: 'node:sqlite',
          ...compare(micros(id), floor),
          limit: { most: 2 },
          notes: ['asked of the store, in its own process'],
        }),
        finding({
          id: `S12/${id}/growth`,
          title: `${what}, of ${many}`,
          unit: 'µs',
          against: 'a tenth of the log',
          ...smaller,
          notes: [`not judged: the goal is 1.2 for ten million against one; the floor grows by ${growth.toFixed(2)}`],
        }),
      ];
    };
    return [...goal('page', 'a page of 50 messages'), ...goal('resume', 'the 10 messages that were missed')];
  },
};

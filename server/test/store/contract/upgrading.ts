import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../../../src/store/migrations.ts';
import { openPool, PostgresPoolDialect } from '../../../src/store/postgres.ts';
import { SqliteFile, SqliteFileDialect } from '../../../src/store/sqlite.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, message, stored, texts, wholeLog } from './scene.ts';

const ADA = '01990000-0000-7000-8000-00000000000a';
const GUEST = '01990000-0000-7000-8000-00000000000b';
const BO = '01990000-0000-7000-8000-00000000000c';
const TALK = '01990000-0000-7000-8000-00000000000d';
const CLIENT_IDS = ['01990000-0000-7000-8000-000000000011', '01990000-0000-7000-8000-000000000012'] as const;
const FIRST = '0001-first-tables';
const at = 1_760_000_000_000;
const FAR = 4_000_000_000_000;

/** What a later step says in another way. */
const REPLACED: Readonly<Record<string, readonly string[]>> = { attachments: ['conversation_number', 'entry_pos'] };

/** Which step made a table anew: rows of before do not fit into it. */
const MADE_ANEW: Readonly<Record<string, string>> = { attachments: '0009-attachments' };

type Row = Readonly<Record<string, string | number | null>>;
type Tables = Readonly<Record<string, readonly Row[]>>;

/** Rows of a server that was in use, by the step since which there is a place for them. Later columns keep their default. */
const IN_USE: Readonly<Record<string, Tables>> = {
  [FIRST]: {
    inboxes: [
      {
        ...{ id: 'demo', name: 'Demo', settings: '{"appearance":{"teamName":"Night shift"}}', settings_version: 7 },
        ...{ secrets: '{"email":{"id":"s1","value":"kept","createdAt":1}}', created_at: at, updated_at: at },
      },
    ],
    contacts: [
      {
        ...{ id: ADA, inbox_id: 'demo', external_id: '42', email: 'Ada@x.test', email_key: 'ada@x.test' },
        ...{ claimed_email: null, name: 'Ada', phone: '+45', attributes: '{"plan":"pro"}', verified_at: at },
        ...{ merged_into: null, created_at: at, updated_at: at },
      },
      {
        ...{ id: GUEST, inbox_id: 'demo', external_id: null, email: null, email_key: null, claimed_email: 'g@x.test' },
        ...{ name: null, phone: null, attributes: '{}', verified_at: null, merged_into: ADA },
        ...{ created_at: at, updated_at: at },
      },
    ],
    sessions: [
      {
        ...{ id: 'session', token_hash: 'visitor-hash', inbox_id: 'demo', contact_id: ADA, scheme: 'email' },
        ...{ secret_id: 's1', fingerprint: 'f', verification: 'verified', created_at: at, expires_at: FAR },
        ...{ last_seen_at: at, revoked_at: null },
      },
    ],
    agents: [
      {
        ...{ id: BO, email: 'bo@x.test', name: 'Bo', role: 'admin', avatar_url: null, password_hash: 'scrypt$1' },
        ...{ disabled: 0, created_at: at },
      },
    ],
    agent_sessions: [
      { id: 'console', token_hash: 'agent-hash', agent_id: BO, created_at: at, expires_at: FAR, revoked_at: null },
    ],
    api_keys: [
      {
        ...{ id: 'key', key_hash: 'key-hash', name: 'Back end', permissions: '["contacts"]', inbox_id: 'demo' },
        ...{ created_at: at, last_used_at: null, revoked_at: null },
      },
    ],
    conversations: [
      {
        ...{ id: TALK, inbox_id: 'demo', contact_id: ADA, state: 'open', verification: 'verified' },
        ...{ created_at: at, updated_at: at, last_seq: 3, last_note_seq: 1, last_message_seq: 3 },
        ...{ contact_read_seq: 1, agent_read_seq: 1, contact_unread: 1, agent_unread: 0 },
        agents: JSON.stringify([{ kind: 'agent', id: BO, name: 'Bo' }]),
      },
    ],
    entries: [
      entry(1, 'message', { kind: 'contact', id: ADA, name: 'Ada' }, 'Are you there?', CLIENT_IDS[0]),
      entry(2, 'joined', { kind: 'agent', id: BO, name: 'Bo' }),
      entry(3, 'message', { kind: 'agent', id: BO, name: 'Bo' }, 'Yes! 🙂', CLIENT_IDS[1]),
      { ...entry(1, 'note', { kind: 'agent', id: BO, name: 'Bo' }, 'a regular', 'n1'), log: 'notes' },
    ],
    attachments: [
      {
        ...{ id: 'file', conversation_number: 1, entry_pos: null, uploader_kind: 'contact', uploader_id: ADA },
        ...{ name: 'bag.jpg', media_type: 'image/jpeg', bytes: 5_000_000_000, width: 4, height: 3 },
        ...{ storage_key: 'k', created_at: at },
      },
    ],
  },
  '0002-identity': {
    visitor_ids: [{ inbox_id: 'demo', visitor_id: 'v-1', contact_id: ADA }],
    used_proofs: [{ inbox_id: 'demo', id_hash: 'h', until: FAR }],
    audit_log: [
      {
        ...{ at, actor_kind: 'agent', actor_id: BO, actor_name: 'Bo', inbox_id: 'demo', action: 'secret.read' },
        details: '{"scheme":"email"}',
      },
    ],
  },
  '0003-door': {
    verifications: [
      { session_id: 'session', email: 'a@x.test', code_hash: 'c', tries_left: 5, asked_at: at, expires_at: FAR },
    ],
    code_mails: [{ mailbox_hash: 'm', mailed_at: at }],
  },
  '0009-attachments': {
    attachments: [
      {
        ...{ id: 'file', inbox_id: 'demo', conversation_id: TALK, message_id: null, uploader_kind: 'contact' },
        ...{ uploader_id: ADA, name: 'bag.jpg', media_type: 'image/jpeg', bytes: 5_000_000_000, width: 4, height: 3 },
        ...{ storage_key: 'k', created_at: at, discarded_at: null },
      },
    ],
  },
  '0010-attributes': {
    attributes: [
      {
        ...{ id: 'attribute', owner: 'contact', key: 'plan', label: 'Plan', type: 'list', created_at: at },
        ...{ options: '["free","pro"]', writers: '["agent"]' },
      },
    ],
  },
  '0011-triggers': {
    triggers: [
      {
        ...{ id: 'trigger', inbox_id: 'demo', kind: 'invitation', name: 'Sale', enabled: 1, priority: 5 },
        ...{ message: 'Hello?', conditions: '[["page_url","contains","/sale"]]', delay_seconds: 3, created_at: at },
        frequency: '{"times":1,"days":0}',
      },
    ],
  },
  '0012-trail': {
    trail: [
      {
        ...{ id: 'view', inbox_id: 'demo', contact_id: ADA, type: 'page', at, url: 'https://shop.test/' },
        ...{ title: 'Shop', referrer: null, name: null, data: null },
      },
    ],
  },
  '0013-bots': {
    bot_flows: [{ trigger_id: 'trigger', flow: '{"name":"Robo","steps":[]}', secret: 'whsec_kept' }],
    bot_runs: [
      {
        ...{ conversation_id: TALK, inbox_id: 'demo', trigger_id: 'trigger', flow: '{}', facts: '{}', answers: '{}' },
        ...{ step: 'end', phase: 'act', turn: 3, tries: 0, heard_seq: 1, due_at: at, claimed_until: 0 },
        ...{ started_at: at, ended_at: at, end_reason: 'done' },
      },
    ],
  },
  '0014-routing': {
    teams: [{ id: 'team', name: 'Sales', name_key: 'sales', strategy: 'leastBusy', created_at: at }],
    team_members: [{ team_id: 'team', agent_id: BO }],
    assignment_rules: [
      {
        ...{ id: 'rule', inbox_id: 'demo', name: 'All', position: 1, enabled: 1, conditions: '[true]' },
        ...{ targets: '["team"]', created_at: at },
      },
    ],
    turns: [{ pool: '', agent_id: BO, turn: 7 }],
    leases: [{ name: 'routing', holder: 'a node', until: at }],
    availability: [{ scope: 'team', online: 0, last_offline_at: at }],
  },
};

function entry(
  seq: number,
  type: string,
  author: { kind: string; id: string; name: string },
  text: string | null = null,
  clientId: string | null = null,
): Row {
  return {
    ...{ conversation_number: 1, log: 'main', seq, type, id: clientId && `e-${clientId}`, client_id: clientId },
    ...{ author_kind: author.kind, author_id: author.id, author_name: author.name, author_avatar_url: null },
    ...{ text, page_url: null, at: at + seq },
  };
}

/** A database that an earlier version has made, and used. */
class Earlier {
  readonly #db: Kysely<Record<string, Row>>;
  readonly #migrator: Migrator;
  readonly #tables: string[] = [];

  constructor({ place }: TestDatabase) {
    const dialect =
      'file' in place
        ? new SqliteFileDialect(new SqliteFile(place.file))
        : new PostgresPoolDialect(openPool(place.databaseUrl, { max: 2, onBroken() {} }));
    this.#db = new Kysely({ dialect });
    const steps = migrations('file' in place ? 'sqlite' : 'postgres');
    this.#migrator = new Migrator({ db: this.#db, provider: { getMigrations: async () => steps } });
  }

  /** Up to a step, and not beyond; then somebody uses it. */
  async climbTo(step: string): Promise<void> {
    const { error } = await this.#migrator.migrateTo(step);
    assert.equal(error, undefined);
    for (const [since, tables] of Object.entries(IN_USE)) {
      if (since > step) continue;
      for (const [table, rows] of Object.entries(tables)) {
        const anew = MADE_ANEW[table];
        if (anew !== undefined && since < anew && anew <= step) continue;
        this.#tables.push(table);
        await this.#db
          .insertInto(table)
          .values([...rows])
          .execute();
      }
    }
  }

  /** All rows that were put in, as far as the columns of then go. */
  async rows(columns?: Readonly<Record<string, readonly string[]>>): Promise<Tables> {
    const found: Record<string, Row[]> = {};
    for (const table of this.#tables) {
      const names = columns?.[table];
      const all = this.#db.selectFrom(table);
      // By name: a statement that was prepared for the columns of then would give today's wrong names.
      const rows = (await (names ? all.select([...names]) : all.selectAll()).execute()) as Row[];
      found[table] = rows
        .map((row) => ({ ...row }))
        .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    }
    return found;
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }
}

/** A new version starts on the data of an old one. */
export function upgradeContract(kind: DatabaseKind): void {
  describe('upgrading', () => {
    const steps = Object.keys(migrations('sqlite'));

    for (const step of steps.slice(0, -1)) {
      it(`from ${step} loses nothing, and everybody goes on where they were`, async () => {
        const database = await kind.create();
        const earlier = new Earlier(database);
        await earlier.climbTo(step);
        const columns = Object.fromEntries(
          Object.entries(await earlier.rows()).map(([table, rows]) => [
            table,
            Object.keys(rows[0] ?? {}).filter((name) => !REPLACED[table]?.includes(name)),
          ]),
        );
        const before = await earlier.rows(columns);
        assert.ok(Object.values(before).every((rows) => rows.length > 0));

        const store = await database.open();
        assert.deepEqual(await earlier.rows(columns), before);
        const { attachments } = await earlier.rows({ attachments: ['inbox_id', 'conversation_id', 'message_id'] });
        assert.deepEqual(attachments, [{ inbox_id: 'demo', conversation_id: TALK, message_id: null }]);

        const visitor = await store.sessions.findByHash('visitor-hash');
        assert.equal(visitor?.contact.email, 'Ada@x.test');
        assert.equal((await store.agents.findBySession('agent-hash'))?.agent.name, 'Bo');
        assert.deepEqual((await store.apiKeys.findByHash('key-hash'))?.permissions, ['contacts']);
        assert.equal((await store.inboxes.find('demo'))?.secrets['email']?.value, 'kept');
        const ada = await store.contacts.find(ADA);
        assert.ok(ada);
        const { conversations } = await store.conversations.pageForContact(ADA);
        assert.deepEqual(
          conversations.map(({ id, lastSeq, unread, lastMessage }) => [id, lastSeq, unread, lastMessage?.text]),
          [[TALK, 3, 1, 'Yes! 🙂']],
        );

        const again = stored(
          await store.append(message(asContact(ada), TALK, 'Are you there?', { clientId: CLIENT_IDS[0] })),
        );
        assert.deepEqual([again.duplicate, again.entries[0]?.seq], [true, 1]);
        stored(await store.append(message(asContact(ada), TALK, 'Good.')));
        assert.deepEqual(texts(await wholeLog(store, TALK)), ['Are you there?', 'joined', 'Yes! 🙂', 'Good.']);
        const newcomer = await store.contacts.createAnonymous({ inboxId: 'demo' });
        assert.ok(newcomer.number > ada.number, 'numbers go on');

        await earlier.close();
        await database.drop();
      });
    }
  });
}

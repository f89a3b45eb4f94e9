import { sql } from 'kysely';
import { FileSigner } from '../files/sign.ts';
import { Agents } from './agents.ts';
import { ApiKeys } from './api-keys.ts';
import { AssignmentRules } from './assignment-rules.ts';
import { Attachments } from './attachments.ts';
import { Attributes } from './attributes.ts';
import { AuditLog } from './audit-log.ts';
import { refuseMalformed } from './append-checks.ts';
import { settled } from './append-doubt.ts';
import type { Doubt } from './append-doubt.ts';
import { PostgresBatches } from './append-postgres.ts';
import type { AppendRequest, AppendResult, ReadRequest, ReadResult } from './append-request.ts';
import { SqliteBatches } from './append-sqlite.ts';
import { BotFlows } from './bot-flows.ts';
import { BotRuns } from './bot-runs.ts';
import { ContactData } from './contact-data.ts';
import { Contacts } from './contacts.ts';
import { Conversations } from './conversations.ts';
import { openPostgres, openSqlite } from './database.ts';
import type { OpenPostgres, OpenSqlite, StoreLog } from './database.ts';
import type { DialectName } from './schema.ts';
import { Entries } from './entries.ts';
import { GroupCommit } from './group-commit.ts';
import type { CommitCounters } from './group-commit.ts';
import { Identities } from './identities.ts';
import { Inboxes } from './inboxes.ts';
import { Routing } from './routing.ts';
import { Sessions } from './sessions.ts';
import { Triggers } from './triggers.ts';
import { Trail } from './trail.ts';
import { Teams } from './teams.ts';
import { UsedProofs } from './used-proofs.ts';
import { Verifications } from './verifications.ts';

export interface StoreOptions {
  /** `postgres://…`; without it the store is a file. */
  readonly databaseUrl?: string;
  /** Path of the SQLite file, made when missing; default `:memory:`. */
  readonly file?: string;
  /** PostgreSQL: ms that one statement may take before it is given up as StoreUnavailable; default 15 000. */
  readonly timeoutMs?: number;
  /** Migrations and lost connections; default: silence. */
  readonly log?: StoreLog;
}

/** Since this process started. */
export interface StoreCounters extends CommitCounters {
  /** Entries written. */
  readonly entries: number;
  /** Appends that were there already. */
  readonly duplicates: number;
  /** Appends answered with `ok: false`. */
  readonly refused: number;
}

/**
 * Everything that must survive: one schema and one query set on SQLite or PostgreSQL. A promise that has resolved is
 * on disk. Methods reject with StoreUnavailable while the database is away, and work again when it is back.
 */
export class Store {
  readonly dialect: DialectName;
  readonly inboxes: Inboxes;
  readonly contacts: Contacts;
  readonly contactData: ContactData;
  readonly sessions: Sessions;
  readonly agents: Agents;
  readonly apiKeys: ApiKeys;
  readonly conversations: Conversations;
  readonly entries: Entries;
  readonly attachments: Attachments;
  /** Makes the addresses of the files in messages. */
  readonly fileSigner: FileSigner;
  readonly identities: Identities;
  readonly usedProofs: UsedProofs;
  readonly verifications: Verifications;
  readonly auditLog: AuditLog;
  readonly attributes: Attributes;
  readonly triggers: Triggers;
  readonly trail: Trail;
  readonly botFlows: BotFlows;
  readonly botRuns: BotRuns;
  readonly teams: Teams;
  readonly assignmentRules: AssignmentRules;
  readonly routing: Routing;
  readonly #database: OpenPostgres | OpenSqlite;
  readonly #commits: GroupCommit;
  readonly #counters = { entries: 0, duplicates: 0, refused: 0 };
  #onDoubt: (doubt: Doubt) => void = () => {};

  /** Use `openStore`. */
  constructor(database: OpenPostgres | OpenSqlite, signer: FileSigner) {
    const { db, dialect } = database;
    this.dialect = dialect;
    this.inboxes = new Inboxes(db);
    this.contacts = new Contacts(db);
    this.sessions = new Sessions(db);
    this.agents = new Agents(db);
    this.apiKeys = new ApiKeys(db);
    this.conversations = new Conversations(db, signer);
    this.entries = new Entries(db, signer);
    this.attachments = new Attachments(db);
    this.trail = new Trail(db);
    this.contactData = new ContactData(db, this.attachments, this.trail);
    this.fileSigner = signer;
    this.identities = new Identities(db);
    this.usedProofs = new UsedProofs(db);
    this.verifications = new Verifications(db);
    this.auditLog = new AuditLog(db);
    this.attributes = new Attributes(db);
    this.triggers = new Triggers(db);
    this.botFlows = new BotFlows(db);
    this.botRuns = new BotRuns(db);
    this.teams = new Teams(db);
    this.assignmentRules = new AssignmentRules(db);
    this.routing = new Routing(db);
    this.#database = database;
    this.#commits = new GroupCommit(
      database.dialect === 'sqlite'
        ? new SqliteBatches(db, database.file, signer)
        : new PostgresBatches(database.committer, signer, (doubt) => this.#onDoubt(doubt)),
    );
  }

  /**
   * Writes one entry, and those that come with it (`joined`, `reopened`), with the next seqs. What is asked for in one
   * turn of the event loop shares one durable commit; results come in the order of the requests.
   */
  async append(request: AppendRequest): Promise<AppendResult> {
    const result = refuseMalformed(request) ?? ((await this.#commits.run({ kind: 'append', request })) as AppendResult);
    if (!result.ok) this.#counters.refused += 1;
    else if (result.duplicate) this.#counters.duplicates += 1;
    else this.#counters.entries += result.entries.length;
    return result;
  }

  /** Moves a read cursor up, in the same commits as `append`. Null when the conversation is foreign or missing. */
  async setRead(request: ReadRequest): Promise<ReadResult | null> {
    if (!Number.isSafeInteger(request.seq) || request.conversationId.includes('\0')) return null;
    return (await this.#commits.run({ kind: 'read', request })) as ReadResult | null;
  }

  /**
   * Tells of each batch that was rejected with StoreUnavailable and may be stored all the same: nobody was told what is in
   * it. PostgreSQL only; in one process nothing gets lost between SQLite and us.
   *
   * @param listener the only one; must not throw
   */
  onDoubt(listener: (doubt: Doubt) => void): void {
    this.#onDoubt = listener;
  }

  /** Resolves when what is stored of it can be read, and nothing more will be. @throws StoreUnavailable */
  settled(doubt: Doubt): Promise<void> {
    return settled(this.#database.db, doubt);
  }

  /**
   * What tells this database from others, and from itself. `id`: it and all nodes on it have it for ever. `epoch`: until
   * the data are put back to what they once were. @throws StoreUnavailable
   */
  async installation(): Promise<{ readonly id: string; readonly epoch: string }> {
    return this.#database.db.selectFrom('installation').select(['id', 'epoch']).executeTakeFirstOrThrow();
  }

  get counters(): StoreCounters {
    return { ...this.#counters, ...this.#commits.counters };
  }

  /** Resolves when the database answers. @throws StoreUnavailable */
  async ping(): Promise<void> {
    await sql`select 1`.execute(this.#database.db);
  }

  /** Commits what waits, then closes. Appends that come later are rejected with StoreUnavailable. */
  async close(): Promise<void> {
    await this.#commits.close();
    await this.#database.db.destroy();
  }
}

const SILENCE: StoreLog = { info() {}, warn() {}, error() {} };

/**
 * Opens the database and brings it to the newest schema.
 *
 * @throws StoreUnavailable when it cannot be reached; the database's own error when a migration fails
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, file = ':memory:', log = SILENCE, timeoutMs } = options;
  const database =
    databaseUrl === undefined ? await openSqlite(file, log) : await openPostgres(databaseUrl, log, timeoutMs);
  const { file_key: key } = await database.db.selectFrom('installation').select('file_key').executeTakeFirstOrThrow();
  return new Store(database, new FileSigner(key));
}

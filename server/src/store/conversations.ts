import type { Kysely } from 'kysely';
import type {
  AgentConversation,
  Conversation,
  ConversationPage,
  ConversationState,
  MessageEntry,
} from '../../../src/api/protocol.ts';
import { toConversationRow } from './conversation-record.ts';
import { toMessage } from './entry-record.ts';
import type { Signer } from './entry-record.ts';
import { decodeCursor, encodeCursor, pageLimit } from './keyset.ts';
import { PreparedQueries } from './prepared-queries.ts';
import { parseRecordId } from './record-id.ts';
import { toContact } from './rows.ts';
import type { ConversationRow } from './rows.ts';
import { CONVERSATION_COLUMNS } from './schema.ts';
import type { Database } from './schema.ts';

export interface PageQuery {
  /** The `cursor` of the page before. */
  readonly before?: string;
  /** 1 to 100, default 50. */
  readonly limit?: number;
}

export interface AgentPageQuery extends PageQuery {
  readonly state?: ConversationState;
  readonly inboxId?: string;
  readonly contactId?: string;
  /** Only those of this agent; null: those that no agent has. */
  readonly agentId?: string | null;
  /** Only those of this team. */
  readonly teamId?: string;
}

/** Whose a conversation must be; a foreign one answers like a missing one. */
export interface Scope {
  readonly contactId?: string;
  readonly inboxId?: string;
}

/** Conversations as rows and as the lists show them. They are written by `Store.append` and `Store.setRead` alone. */
export class Conversations {
  readonly #db: Kysely<Database>;
  readonly #signer: Signer;
  readonly #prepared: PreparedQueries;

  constructor(db: Kysely<Database>, signer: Signer) {
    this.#db = db;
    this.#signer = signer;
    this.#prepared = new PreparedQueries(db);
  }

  /** By UUID or number. */
  async find(idOrNumber: string, scope: Scope = {}): Promise<ConversationRow | null> {
    const id = parseRecordId(idOrNumber);
    if (!id) return null;
    const { contactId, inboxId } = scope;
    const found = await this.#prepared.first(
      `find ${id.column} ${contactId !== undefined} ${inboxId !== undefined}`,
      (value, contact, inbox) =>
        this.#db
          .selectFrom('conversations')
          .select(CONVERSATION_COLUMNS)
          .where(id.column, '=', value)
          .$if(contactId !== undefined, (query) => query.where('contact_id', '=', contact))
          .$if(inboxId !== undefined, (query) => query.where('inbox_id', '=', inbox)),
      [id.value, contactId ?? '', inboxId ?? ''],
    );
    return found ? toConversationRow(found) : null;
  }

  /** By UUID or number, as its contact sees it. */
  async findForContact(idOrNumber: string, contactId: string): Promise<Conversation | null> {
    const id = parseRecordId(idOrNumber);
    if (!id) return null;
    const found = await listed(this.#db)
      .where(`c.${id.column}`, '=', id.value)
      .where('c.contact_id', '=', contactId)
      .executeTakeFirst();
    return found ? forContact(found, this.#signer) : null;
  }

  /** By UUID or number, as agents see it. */
  async findForAgents(idOrNumber: string, inboxId?: string): Promise<AgentConversation | null> {
    const id = parseRecordId(idOrNumber);
    if (!id) return null;
    const found = await listed(this.#db)
      .where(`c.${id.column}`, '=', id.value)
      .$if(inboxId !== undefined, (query) => query.where('c.inbox_id', '=', inboxId!))
      .executeTakeFirst();
    return found ? forAgents(found, this.#signer) : null;
  }

  /** Newest activity first. @throws BadCursor */
  async pageForContact(contactId: string, query: PageQuery = {}): Promise<ConversationPage> {
    return this.#page({ ...query, contactId }, forContact);
  }

  /** Newest activity first. @throws BadCursor */
  async pageForAgents(query: AgentPageQuery = {}): Promise<ConversationPage<AgentConversation>> {
    const { inboxId, contactId, agentId, teamId } = query;
    if ([inboxId, contactId, agentId, teamId].some((id) => id?.includes('\0'))) return { conversations: [] };
    return this.#page(query, forAgents);
  }

  async #page<C extends Conversation>(
    { before, limit, state, inboxId, contactId, agentId, teamId }: AgentPageQuery,
    toWire: (record: Listed, signer: Signer) => C,
  ): Promise<ConversationPage<C>> {
    const size = pageLimit(limit);
    const end = before === undefined ? undefined : decodeCursor(before);
    const [isContacts, isInboxs] = [contactId !== undefined, contactId === undefined && inboxId !== undefined];
    const whose = agentId === undefined ? 'anybody’s' : agentId === null ? 'nobody’s' : 'an agent’s';
    const found = await this.#prepared.all(
      `page ${state ?? 'any'} ${isContacts} ${isInboxs} ${end !== undefined} ${whose} ${teamId !== undefined}`,
      (contact, inbox, agent, team, updatedAt, number, most) => {
        /** The newest of one state, straight from the index that has this filter in front and the keyset at its end. */
        const newest = (wanted: ConversationState) =>
          this.#db
            .selectFrom((from) =>
              from
                .selectFrom('conversations')
                .select('number')
                .where('state', '=', wanted)
                .$if(isContacts, (query) => query.where('contact_id', '=', contact))
                .$if(isInboxs, (query) => query.where('inbox_id', '=', inbox))
                .$if(whose === 'an agent’s', (query) => query.where('assigned_agent_id', '=', agent))
                .$if(whose === 'nobody’s', (query) => query.where('assigned_agent_id', 'is', null))
                .$if(teamId !== undefined, (query) => query.where('assigned_team_id', '=', team))
                .$if(end !== undefined, (query) =>
                  query.where((where) =>
                    where(where.refTuple('updated_at', 'number'), '<', where.tuple(updatedAt, number)),
                  ),
                )
                .orderBy('updated_at', 'desc')
                .orderBy('number', 'desc')
                .limit(most)
                .as(wanted),
            )
            .select('number');
        return listed(this.#db)
          .where('c.number', 'in', state ? newest(state) : newest('open').unionAll(newest('resolved')))
          .orderBy('c.updated_at', 'desc')
          .orderBy('c.number', 'desc')
          .limit(most);
      },
      [contactId ?? '', inboxId ?? '', agentId ?? '', teamId ?? '', end?.updatedAt ?? 0, end?.number ?? 0, size + 1],
    );
    // A contact is in one inbox, so it is all or nothing; asked of the database, it misleads SQLite's planner.
    if (inboxId !== undefined && found.some(({ inbox_id }) => inbox_id !== inboxId)) return { conversations: [] };
    const conversations = found.slice(0, size).map((record) => toWire(record, this.#signer));
    const last = conversations.at(-1);
    return last && found.length > size ? { conversations, cursor: encodeCursor(last) } : { conversations };
  }
}

const CONVERSATION = CONVERSATION_COLUMNS.map((column) => `c.${column}` as const);

/** Conversations with their contact and last message: one query, however long the page. */
function listed(db: Kysely<Database>) {
  return db
    .selectFrom('conversations as c')
    .innerJoin('contacts as k', 'k.id', 'c.contact_id')
    .leftJoin('entries as m', (join) =>
      join
        .onRef('m.conversation_number', '=', 'c.number')
        .on('m.log', '=', 'main')
        .onRef('m.seq', '=', 'c.last_message_seq'),
    )
    .select(CONVERSATION)
    .select([
      'k.number as contact_number',
      'k.name as contact_name',
      'k.email as contact_email',
      'k.claimed_email as contact_claimed_email',
      'k.verified_at as contact_verified_at',
      'm.seq as m_seq',
      'm.id as m_id',
      'm.client_id as m_client_id',
      'm.author_kind as m_author_kind',
      'm.author_id as m_author_id',
      'm.author_name as m_author_name',
      'm.author_avatar_url as m_author_avatar_url',
      'm.text as m_text',
      'm.page_url as m_page_url',
      'm.at as m_at',
      'm.extras as m_extras',
    ]);
}

type Listed = Awaited<ReturnType<ReturnType<typeof listed>['executeTakeFirstOrThrow']>>;

function forContact(record: Listed, signer: Signer): Conversation {
  return toConversation(toConversationRow(record), lastMessage(record, signer), 'contact');
}

function forAgents(record: Listed, signer: Signer): AgentConversation {
  const row = toConversationRow(record);
  return {
    ...toConversation(row, lastMessage(record, signer), 'agent'),
    contact: toContact({
      id: row.contactId,
      number: record.contact_number,
      name: record.contact_name,
      email: record.contact_email,
      claimedEmail: record.contact_claimed_email,
      verifiedAt: record.contact_verified_at,
    }),
    verification: row.verification,
    lastNoteSeq: row.lastNoteSeq,
    ...(row.bot && { bot: true }),
    ...assigneeOf(row),
  };
}

function assigneeOf({
  assignedAgentId: agentId,
  assignedTeamId: teamId,
}: ConversationRow): Pick<AgentConversation, 'assignee'> {
  if (agentId === null && teamId === null) return {};
  return { assignee: { ...(agentId !== null && { agentId }), ...(teamId !== null && { teamId }) } };
}

/**
 * A row as the wire shows it to one side.
 * @param receiver whose unread count it carries
 */
export function toConversation(
  row: ConversationRow,
  message: MessageEntry | null,
  receiver: 'contact' | 'agent',
): Conversation {
  return {
    id: row.id,
    number: row.number,
    inboxId: row.inboxId,
    state: row.state,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    lastSeq: row.lastSeq,
    lastMessage: message,
    contactReadSeq: row.contactReadSeq,
    agentReadSeq: row.agentReadSeq,
    unread: receiver === 'contact' ? row.contactUnread : row.agentUnread,
    agents: row.agents,
    ...(row.rating !== null && { rating: row.rating }),
  };
}

function lastMessage(record: Listed, signer: Signer): MessageEntry | null {
  const { m_seq: seq, m_author_kind: kind, m_author_id: author, m_at: at } = record;
  if (seq === null || kind === null || author === null || at === null) return null;
  return toMessage(
    {
      conversation_number: record.number,
      log: 'main',
      seq,
      type: 'message',
      id: record.m_id,
      client_id: record.m_client_id,
      author_kind: kind,
      author_id: author,
      author_name: record.m_author_name,
      author_avatar_url: record.m_author_avatar_url,
      text: record.m_text,
      page_url: record.m_page_url,
      at,
      extras: record.m_extras,
    },
    record.id,
    signer,
  );
}

import type { Kysely } from 'kysely';
import type { EntryPage, Log } from '../../../src/api/protocol.ts';
import { readExtras, toEntry } from './entry-record.ts';
import type { Signer } from './entry-record.ts';
import { pageLimit } from './keyset.ts';
import { PreparedQueries } from './prepared-queries.ts';
import type { ConversationRow } from './rows.ts';
import { ENTRY_COLUMNS } from './schema.ts';
import type { Database, EntryRecord } from './schema.ts';

/** Give `after` or `before` (seqs, both excluded), or neither for the newest page. With both, `after` leads. */
export interface EntryQuery {
  /** Default `main`. */
  readonly log?: Log;
  readonly after?: number;
  readonly before?: number;
  readonly limit?: number;
  /** Leave out all that is not a message. */
  readonly messagesOnly?: boolean;
}

/** What was said, page by page. */
export class Entries {
  readonly #db: Kysely<Database>;
  readonly #signer: Signer;
  readonly #prepared: PreparedQueries;

  constructor(db: Kysely<Database>, signer: Signer) {
    this.#db = db;
    this.#signer = signer;
    this.#prepared = new PreparedQueries(db);
  }

  /** Ascending by seq, at most 100. Whoever calls has checked the rights to this conversation. */
  async page(
    conversation: Pick<ConversationRow, 'id' | 'number'>,
    { log = 'main', after, before, limit, messagesOnly = false }: EntryQuery = {},
  ): Promise<EntryPage> {
    const size = pageLimit(limit);
    const forwards = after !== undefined;
    const found = await this.#prepared.all(
      `page ${forwards} ${before !== undefined} ${messagesOnly}`,
      (number, which, first, last, most) =>
        this.#db
          .selectFrom('entries')
          .select(ENTRY_COLUMNS)
          .where('conversation_number', '=', number)
          .where('log', '=', which)
          .$if(forwards, (query) => query.where('seq', '>', first))
          .$if(before !== undefined, (query) => query.where('seq', '<', last))
          .$if(messagesOnly, (query) => query.where('type', '=', 'message'))
          .orderBy('seq', forwards ? 'asc' : 'desc')
          .limit(most),
      [conversation.number, log, after ?? 0, before ?? 0, size + 1],
    );
    const page = found.slice(0, size);
    if (!forwards) page.reverse();
    const told = page.some(({ type }) => type === 'edited') ? await this.#withTexts(page) : page;
    const entries = told.map((record) => toEntry(record, conversation.id, this.#signer));
    return { entries, more: found.length > size };
  }

  /** The page of the main log that has a message in its middle; `more`: there are older ones. Null: there is no such message. */
  async around(
    conversation: Pick<ConversationRow, 'id' | 'number'>,
    messageId: string,
    limit?: number,
  ): Promise<EntryPage | null> {
    const message = await this.#db
      .selectFrom('entries')
      .select('seq')
      .where('id', '=', messageId)
      .where('conversation_number', '=', conversation.number)
      .where('type', '=', 'message')
      .executeTakeFirst();
    if (!message) return null;
    return this.page(conversation, { before: message.seq + 1 + Math.floor(pageLimit(limit) / 2), limit });
  }

  /** An `edited` entry says how its message reads by now: what it was before is kept by nobody. */
  async #withTexts(page: readonly EntryRecord[]): Promise<readonly EntryRecord[]> {
    const idOf = (record: EntryRecord): string => readExtras(record).messageId ?? '';
    const edited = page.filter(({ type }) => type === 'edited');
    const messages = await this.#db
      .selectFrom('entries')
      .select(['id', 'text'])
      .where('id', 'in', [...new Set(edited.map(idOf))])
      .where('type', '=', 'message')
      .execute();
    const texts = new Map(messages.map(({ id, text }) => [id, text]));
    return page.map((record) =>
      record.type === 'edited' ? { ...record, text: texts.get(idOf(record)) ?? null } : record,
    );
  }
}

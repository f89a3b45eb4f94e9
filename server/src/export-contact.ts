import type { AgentContact, Conversation, Entry } from '../../src/api/protocol.ts';
import type { Parts } from './parts.ts';
import type { ContactTraces } from './store/contact-data.ts';
import type { EntryQuery } from './store/entries.ts';
import type { ContactRow } from './store/rows.ts';

/** A conversation with everything that was said in it. */
export interface ConversationData extends Pick<Conversation, 'id' | 'number' | 'state' | 'createdAt' | 'updatedAt'> {
  readonly rating?: number;
  readonly entries: readonly Entry[];
  /** The agents' own log. */
  readonly notes?: readonly Entry[];
}

/** All that hangs on a contact. */
export interface ContactData extends ContactTraces {
  /** ms since 1970. */
  readonly exportedAt: number;
  readonly inbox: { readonly id: string; readonly name: string };
  readonly contact: AgentContact;
  readonly conversations: readonly ConversationData[];
}

export interface ExportOptions {
  readonly inbox: ContactData['inbox'];
  readonly contact: ContactRow;
  /** As agents see them, or, to themselves, without what agents have noted. */
  readonly shown: AgentContact;
  /**
   * For the operator of the inbox: agents' notes too, and what the contact wrote anonymously, which nobody is shown who
   * uses the same device later.
   */
  readonly isWhole: boolean;
}

/** Gathers everything that hangs on a contact. */
export async function exportContact(
  { store, now }: Parts,
  { inbox, contact, shown, isWhole }: ExportOptions,
): Promise<ContactData> {
  const { contactData, conversations, entries } = store;
  const contactIds = isWhole ? await contactData.idsOf(contact.id) : [contact.id];
  const found: ConversationData[] = [];
  for (const contactId of contactIds) {
    for (let before: string | undefined = ''; before !== undefined;) {
      const page = await conversations.pageForContact(contactId, { limit: 100, ...(before && { before }) });
      for (const conversation of page.conversations) found.push(await withEntries(conversation));
      before = page.cursor;
    }
  }
  const traces = await contactData.traces(contactIds);
  return { exportedAt: now(), inbox, contact: shown, conversations: found, ...traces };

  async function withEntries(conversation: Conversation): Promise<ConversationData> {
    const { id, number, state, createdAt, updatedAt, rating } = conversation;
    return {
      ...{ id, number, state, createdAt, updatedAt, ...(rating !== undefined && { rating }) },
      entries: await all(conversation, 'main'),
      ...(isWhole && { notes: await all(conversation, 'notes') }),
    };
  }

  async function all(conversation: Conversation, log: EntryQuery['log']): Promise<Entry[]> {
    const read: Entry[] = [];
    for (let after = 0; ;) {
      const page = await entries.page(conversation, { log, after, limit: 100 });
      read.push(...page.entries);
      if (!page.more) return read;
      after = page.entries.at(-1)?.seq ?? after;
    }
  }
}

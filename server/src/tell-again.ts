import { setTimeout as wait } from 'node:timers/promises';
import type { Parts } from './parts.ts';
import type { Doubt } from './store/append-doubt.ts';
import { StoreUnavailable } from './store/store-unavailable.ts';
import { tellConversation, tellEntry } from './tell.ts';

/** How far a node that starts looks back, ms: longer than it takes to replace one. */
const BEFORE_START_MS = 10 * 60_000;
/** Most conversations that it tells again: those that moved last. */
const MOST_AT_START = 500;
/** How far the clocks of two nodes may be apart, ms. */
const CLOCKS_MS = 10_000;
/** Most conversations that are told again after a death. What moved in some seconds is fewer. */
const MOST_AFTER_DEATH = 5_000;
/** How soon the database is asked again, ms. */
const AGAIN_MS = 500;

/**
 * A node that dies between the commit and the telling has stored what nobody heard, and its sender may never come back to
 * send it again. So it is told how the conversations stand that moved lately: whoever is behind asks for the rest, to all
 * others it is no news.
 *
 * @param since ms since 1970
 * @param most those that moved last
 */
async function tellAgain(parts: Parts, since: number, most: number): Promise<void> {
  let told = 0;
  for (let before: string | undefined = ''; before !== undefined;) {
    const page = await parts.store.conversations.pageForAgents({ limit: 100, ...(before && { before }) });
    for (const { id, inboxId, contact, updatedAt } of page.conversations) {
      if (updatedAt < since || told === most || parts.isStopping()) return;
      told += 1;
      await tellConversation(parts, { id, inboxId, contactId: contact.id });
    }
    before = page.cursor;
  }
}

/** Each node that starts beside others does it: nobody may have been there to notice a death. Never rejects. */
export function tellAtStart(parts: Parts): Promise<void> {
  return tellAgain(parts, parts.now() - BEFORE_START_MS, MOST_AT_START).catch(failed(parts));
}

/** Never rejects. @param heardAt when the dead node was heard last, ms since 1970 */
export function tellAfterDeath(parts: Parts, heardAt: number): Promise<void> {
  parts.log.warn('another node has fallen silent; what it may have left untold is told');
  return tellAgain(parts, heardAt - CLOCKS_MS, MOST_AFTER_DEATH).catch(failed(parts));
}

/**
 * What was refused because the database did not answer may be stored: as soon as it answers, those who are there are told
 * how the conversations stand. Whoever sent it may be gone, and much of what is sent again writes nothing, so tells nothing.
 * Never rejects.
 */
export async function tellDoubted(parts: Parts, doubt: Doubt): Promise<void> {
  parts.log.warn(
    { conversations: doubt.conversationIds.length },
    'the answer to a commit got lost; what it left is told',
  );
  while (!parts.isStopping()) {
    try {
      await parts.store.settled(doubt);
      return await tellStanding(parts, doubt);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) return failed(parts)(error);
    }
    await wait(AGAIN_MS, undefined, { ref: false });
  }
}

async function tellStanding(parts: Parts, { conversationIds, notedIds, at }: Doubt): Promise<void> {
  const { store, bus } = parts;
  for (const id of conversationIds) {
    const row = await store.conversations.find(id);
    if (!row) continue;
    const { entries: notes } = notedIds.has(id) ? await store.entries.page(row, { log: 'notes' }) : { entries: [] };
    for (const note of notes.filter((entry) => entry.at >= at)) tellEntry(bus, note, row);
    await tellConversation(parts, row);
  }
}

const failed = (parts: Parts) => (error: unknown) => {
  if (!parts.isStopping()) parts.log.error({ err: error }, 'what a node may have left untold was not told');
};

/** Compares what senders were told and readers have seen with what is stored. */
import type { StoredEntry, StoredLog } from './stored-log.ts';
import type { Told } from './talker.ts';
import type { Verdict } from './verdict.ts';
import { digestOf, type View } from './view.ts';

/** `mona#12 …`: the writer, and the how-manieth of theirs it is. */
const NUMBERED = /^(.+?)#(\d+) /;

export function byConversation({ entries }: StoredLog): Map<string, StoredEntry[]> {
  const logs = new Map<string, StoredEntry[]>();
  for (const entry of entries) {
    const log = logs.get(entry.conversationId);
    if (log) log.push(entry);
    else logs.set(entry.conversationId, [entry]);
  }
  return logs;
}

/** The database finds nothing wrong with itself. */
export function checkSound({ damage }: StoredLog, verdict: Verdict): void {
  for (const each of damage) verdict.other(`The database is damaged: ${each}`);
}

/** Each log is 1, 2, 3 … without holes; nothing is in it twice; nobody's messages have overtaken each other. */
export function checkStore(stored: StoredLog, verdict: Verdict): void {
  checkSound(stored, verdict);
  const logs = byConversation(stored);
  for (const [id, log] of logs) {
    const said = new Map<string, number>();
    const clientIds = new Set<string>();
    log.forEach(({ seq, clientId, text }, index) => {
      if (seq !== index + 1) verdict.outOfOrder(`The log of ${id} has seq ${seq} at place ${index + 1}.`);
      if (clientId === null || text === null) return;
      if (clientIds.has(clientId)) verdict.duplicated(`clientId ${clientId} is stored twice.`);
      clientIds.add(clientId);
      const [, writer, number] = NUMBERED.exec(text) ?? [];
      if (writer === undefined) return;
      const before = said.get(writer) ?? 0;
      if (Number(number) === before) verdict.duplicated(`${writer}'s message ${before} is stored twice.`);
      else if (Number(number) < before) {
        verdict.outOfOrder(`${writer}'s message ${number} is stored behind ${before} (${id}, seq ${seq}).`);
      }
      said.set(writer, Math.max(before, Number(number)));
    });
  }
  for (const { id, lastSeq, contactReadSeq, agentReadSeq } of stored.conversations) {
    const length = logs.get(id)?.length ?? 0;
    if (lastSeq !== length) verdict.mismatch(`${id} says that it ends at ${lastSeq}, and holds ${length} entries.`);
    if (Math.max(contactReadSeq, agentReadSeq) > lastSeq) verdict.mismatch(`${id} was read beyond its end.`);
  }
}

/** Whatever a sender was told is there, as it was told. */
export function checkTold(told: Iterable<Told>, stored: StoredLog, verdict: Verdict): void {
  const entries = new Map(stored.entries.map((entry) => [entry.clientId, entry]));
  for (const { clientId, conversationId, id, seq, text } of told) {
    const entry = entries.get(clientId);
    if (!entry) verdict.lost(`"${text}" was acknowledged as seq ${seq} of ${conversationId}, and is not stored.`);
    else if (entry.seq !== seq || entry.id !== id || entry.text !== text || entry.conversationId !== conversationId) {
      verdict.mismatch(`"${text}" was acknowledged as seq ${seq}, and is stored as ${JSON.stringify(entry)}.`);
    }
  }
}

/** A reader has seen the whole log, once, as it is stored. */
export function checkView(view: View, conversationId: string, log: readonly StoredEntry[], verdict: Verdict): void {
  const seen = view.seen(conversationId);
  for (const entry of log) {
    const digest = seen.get(entry.seq);
    if (digest === undefined) verdict.lost(`${view.name} never saw seq ${entry.seq} of ${conversationId}.`);
    else if (digest !== digestOf(entry)) {
      verdict.mismatch(`${view.name} saw something else than what is stored as seq ${entry.seq} of ${conversationId}.`);
    }
  }
  for (const seq of seen.keys()) {
    if (seq > log.length) verdict.lost(`${view.name} saw seq ${seq} of ${conversationId}, which is not stored.`);
  }
}

/** Between two looks at the store, what was there is still there, and cursors have only gone up. */
export class StoreWatch {
  readonly #verdict: Verdict;
  #before: StoredLog = { entries: [], conversations: [], damage: [] };

  constructor(verdict: Verdict) {
    this.#verdict = verdict;
  }

  look(now: StoredLog): void {
    const after = new Map(now.conversations.map((conversation) => [conversation.id, conversation]));
    for (const before of this.#before.conversations) {
      const conversation = after.get(before.id);
      if (!conversation || conversation.lastSeq < before.lastSeq) {
        this.#verdict.lost(`${before.id} was stored up to ${before.lastSeq}, and then was not.`);
      } else if (
        conversation.contactReadSeq < before.contactReadSeq ||
        conversation.agentReadSeq < before.agentReadSeq
      ) {
        this.#verdict.mismatch(`A read cursor of ${before.id} went back in the store.`);
      }
    }
    this.#before = now;
  }
}

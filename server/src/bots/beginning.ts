import type { SendFrame, Trigger } from '../../../src/api/protocol.ts';
import type { Condition } from '../../../src/api/rules.ts';
import { holds } from '../../../src/api/rules.ts';
import type { Inbox } from '../inbox-directory.ts';
import type { Parts } from '../parts.ts';
import { isOnThePage } from './flow-faults.ts';
import { factsOf, readerOf } from './parameters.ts';
import type { Reader } from './parameters.ts';

/** Whoever made a run comes back to begin it; should they have died, somebody does after so long, ms. */
const PREPARED_MS = 60_000;

/** A visitor who starts a conversation. */
export interface Newcomer {
  readonly inbox: Inbox;
  readonly contactId: string;
  readonly verification: Parameters<typeof readerOf>[2];
  readonly frame: Pick<SendFrame, 'conversationId' | 'text' | 'trigger' | 'route'>;
  /** As it is kept. */
  readonly pageUrl?: string | undefined;
  readonly country?: string | undefined;
}

const botsOf = ({ triggers }: Inbox): readonly Trigger[] => triggers.filter(({ kind }) => kind === 'bot');

export const hasBots = (inbox: Inbox): boolean => botsOf(inbox).length > 0;

/**
 * Prepares the chatbot that answers a new conversation: that of the trigger which the visitor answers, or else the first
 * whose conditions hold, as far as the server knows them.
 *
 * @returns whether there is one
 */
export async function prepareBot(parts: Parts, newcomer: Newcomer): Promise<boolean> {
  const { inbox, contactId, frame } = newcomer;
  const { store, now } = parts;
  const { pageUrl, country } = newcomer;
  const facts = factsOf({ text: frame.text, pageUrl, country, said: frame.route?.parameters });
  const run = { inboxId: inbox.row.id, facts, answers: {} };
  const contact = await store.contacts.find(contactId, run.inboxId);
  const trigger = chooseTrigger(
    botsOf(inbox),
    frame.trigger,
    await readerOf(parts, run, newcomer.verification, contact),
  );
  const stored = trigger && (await store.botFlows.find(trigger.id));
  const first = stored?.flow.steps[0];
  if (!trigger || !stored || !first) return false;
  const { conversationId } = frame;
  const begun = { ...run, conversationId, triggerId: trigger.id, flow: stored.flow, step: first.id };
  await store.botRuns.prepare(begun, now(), now() + PREPARED_MS);
  return true;
}

/** Who answers an invitation wants to talk with people. What only the page knows holds where the page says so. */
function chooseTrigger(bots: readonly Trigger[], named: string | undefined, read: Reader): Trigger | undefined {
  if (named !== undefined) return bots.find(({ id }) => id === named);
  return bots.find(({ conditions }) =>
    conditions.every((each) => each === true || (!isOnThePage(each[0]) && holds(each as Condition, read))),
  );
}

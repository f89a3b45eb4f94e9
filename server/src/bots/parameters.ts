import { holds, parameterOf } from '../../../src/api/rules.ts';
import type { Condition } from '../../../src/api/rules.ts';
import type { Parts } from '../parts.ts';
import type { BotRun, Facts } from '../store/bot-runs.ts';
import type { ContactRow, ConversationRow } from '../store/rows.ts';
import { hoursOf } from '../widget-answer.ts';
import { ANSWER_PREFIX } from './flow.ts';
import type { StepOf } from './flow.ts';

const UTM = ['utm_source', 'utm_medium', 'utm_term', 'utm_campaign', 'utm_content'] as const;
const ATTRIBUTE = 'custom.';

/** A visitor's first message, and where it comes from. */
export interface FirstMessage {
  readonly text: string;
  readonly pageUrl?: string | undefined;
  readonly country?: string | undefined;
  /** What only the page knows (`Route.parameters`). */
  readonly said?: Readonly<Record<string, string>> | undefined;
}

/** What is known of a visit that begins. What the page says counts where the server does not know better. */
export function factsOf({ text, pageUrl = '', country, said = {} }: FirstMessage): Facts {
  const query = URL.parse(pageUrl)?.searchParams;
  const campaign = UTM.map((key) => [key, query?.get(key) ?? ''] as const);
  const isAsked = (key: string): boolean => parameterOf(key)?.triggersOnly !== true && parameterOf(key) !== undefined;
  return {
    ...Object.fromEntries(campaign.filter(([, value]) => value !== '')),
    ...Object.fromEntries(Object.entries(said).filter(([key]) => isAsked(key))),
    ...{ message_text: text, page_url: pageUrl },
    ...(country !== undefined && { country }),
  };
}

/** What can be asked of a visit, by parameter. */
export type Reader = (parameter: string) => unknown;

/** What the server knows of a visit just now. @param contact null: nothing is known of them */
export async function readerOf(
  { inboxes, presence, now }: Parts,
  { inboxId, facts, answers }: Pick<BotRun, 'inboxId' | 'facts' | 'answers'>,
  verification: ConversationRow['verification'],
  contact: ContactRow | null,
): Promise<Reader> {
  const inbox = await inboxes.get(inboxId);
  const current: Facts = {
    verified: verification === 'verified',
    agents_online: presence.online,
    office_hours: hoursOf(inbox, now())?.open ?? true,
  };
  const own = (record: Readonly<Record<string, unknown>> | undefined, key: string): unknown =>
    record && Object.hasOwn(record, key) ? record[key] : undefined;
  return (key) => {
    if (key.startsWith(ANSWER_PREFIX)) return own(answers, key.slice(ANSWER_PREFIX.length));
    if (key.startsWith(ATTRIBUTE)) return own(contact?.attributes, key.slice(ATTRIBUTE.length));
    return own(current, key) ?? own(facts, key);
  };
}

/** Where a branch leads. */
export function chooseCase({ cases, otherwise }: StepOf<'branch'>, read: Reader): string {
  return cases.find(({ conditions }) => conditions.every((each) => holds(each as Condition, read)))?.next ?? otherwise;
}

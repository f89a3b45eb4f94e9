import { createHash } from 'node:crypto';
import type { MessageContent, MessageEntry } from '../../../src/api/protocol.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { ClaimedRun, EndReason } from '../store/bot-runs.ts';
import type { AppendRequest, Writer } from '../store/append-request.ts';
import type { ConversationRow } from '../store/rows.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { appendAndTell } from '../tell.ts';
import { isQuestion } from './flow.ts';
import type { FlowStep, StepOf } from './flow.ts';
import { chooseCase, readerOf } from './parameters.ts';
import { callWebhook } from './webhook.ts';

/** What comes of a step. */
export type Outcome =
  /** On to another step; `inMs` after now. */
  | { readonly kind: 'go'; readonly to: string; readonly inMs?: number }
  /** The visitor is asked; the main log was read up to `seq`. */
  | { readonly kind: 'listen'; readonly seq: number }
  | { readonly kind: 'end'; readonly reason: EndReason };

/**
 * Does a step, once: whatever is said is said with an id that it has again when it is tried again.
 *
 * @param signal aborted when the server goes down: then what is under way is left to be tried again
 */
export async function perform(
  parts: Parts,
  run: ClaimedRun,
  step: FlowStep,
  conversation: ConversationRow,
  signal: AbortSignal,
): Promise<Outcome> {
  if (isQuestion(step)) return { kind: 'listen', seq: (await ask(parts, run, step, step.text)).seq };
  switch (step.type) {
    case 'message':
      await say(parts, run, { text: step.text, ...(step.content && { content: step.content }) });
      return { kind: 'go', to: step.next };
    case 'wait':
      return { kind: 'go', to: step.next, inMs: step.seconds * 1_000 };
    case 'branch': {
      const contact = await parts.store.contacts.find(conversation.contactId, conversation.inboxId);
      return { kind: 'go', to: chooseCase(step, await readerOf(parts, run, conversation.verification, contact)) };
    }
    case 'webhook':
      return { kind: 'go', to: await call(parts, run, step, { conversation, signal }) };
    case 'handover':
      if (step.text !== undefined) await say(parts, run, { text: step.text });
      return { kind: 'end', reason: 'handed_over' };
    case 'end':
      if (step.text !== undefined) await say(parts, run, { text: step.text });
      if (step.resolve) await append(parts, run, { type: 'resolved' });
      return { kind: 'end', reason: 'done' };
  }
}

/** Asks a question, again when `text` says so. */
export function ask(
  parts: Parts,
  run: ClaimedRun,
  step: StepOf<'replies' | 'ask'>,
  text: string,
): Promise<MessageEntry> {
  return say(parts, run, { text, content: contentOf(step) });
}

function contentOf(step: StepOf<'replies' | 'ask'>): MessageContent {
  if (step.type === 'ask') return { type: 'form', fields: [{ ...step.field, required: true }] };
  return { type: 'replies', replies: step.replies.map(({ text }, index) => ({ id: `reply-${index + 1}`, text })) };
}

async function say(
  parts: Parts,
  run: ClaimedRun,
  { text, content, place = 0 }: { readonly text: string; readonly content?: MessageContent; readonly place?: number },
): Promise<MessageEntry> {
  const clientId = turnId(run, place);
  const { entries } = await append(parts, run, { type: 'message', clientId, text, ...(content && { content }) });
  const said = entries.find((entry) => entry.type === 'message');
  if (!said) throw new Error('A bot has spoken without an entry.');
  return said;
}

function append(parts: Parts, run: ClaimedRun, said: Pick<AppendRequest, 'type' | 'clientId' | 'text' | 'content'>) {
  return appendAndTell(parts, { by: writerOf(run), conversationId: run.conversationId, log: 'main', ...said });
}

function writerOf({ triggerId: botId, flow: { name, avatarUrl } }: ClaimedRun): Writer {
  return { kind: 'bot', botId, name, ...(avatarUrl !== undefined && { avatarUrl }) };
}

/** A UUID of version 8 (RFC 9562): the same whenever the same turn is tried. */
function turnId({ conversationId, turn }: ClaimedRun, place: number): string {
  const hash = createHash('sha256').update(`${conversationId} ${turn} ${place}`).digest();
  hash[6] = 0x80 | (hash[6]! & 0x0f);
  hash[8] = 0x80 | (hash[8]! & 0x3f);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** Returns where to go on. */
async function call(
  parts: Parts,
  run: ClaimedRun,
  { url, next, failed }: StepOf<'webhook'>,
  { conversation, signal }: { readonly conversation: ConversationRow; readonly signal: AbortSignal },
): Promise<string> {
  const { id, number, contactId } = conversation;
  const { store, log, now } = parts;
  const { inboxId, triggerId, step, facts, answers } = run;
  try {
    const stored = await store.botFlows.find(triggerId);
    if (!stored) throw new Error('Its trigger is not there any more.');
    const about = { inboxId, triggerId, step, conversation: { id, number }, contact: { id: contactId } };
    const body = { type: 'bot.webhook', ...about, facts, answers };
    const said = await callWebhook({ url, secret: stored.secret, id: turnId(run, 0), now: now(), body, signal });
    for (const [index, { text, content }] of said.entries()) {
      await say(parts, run, { text, place: index + 1, ...(content && { content }) });
    }
    return next;
  } catch (error) {
    if (signal.aborted || error instanceof StoreUnavailable || error instanceof Refusal) throw error;
    log.warn({ err: error, conversation: id, step }, 'a bot got no answer from its webhook');
    return failed;
  }
}

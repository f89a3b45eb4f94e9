import type { Inbox } from './inbox-directory.ts';
import type { Limits, Rate } from './limits.ts';
import type { Parts } from './parts.ts';
import { Refusal, tooMany } from './refusal.ts';
import type { InboxSettings } from './settings.ts';
import type { Budgets } from './socket/session.ts';
import type { TokenBucket } from './socket/token-bucket.ts';

/** How old a visitor's message may be to be edited or taken back, ms. @throws Refusal `forbidden` */
export function editMs({ settings }: Inbox): number {
  const { editSeconds } = settings.behaviour;
  if (editSeconds === 0) throw forbidden('This inbox lets nobody change a message.');
  return editSeconds * 1_000;
}

/** @throws Refusal `forbidden` */
export function allowReactions({ settings }: Inbox): void {
  if (!settings.behaviour.reactions) throw forbidden('This inbox has no reactions.');
}

/** @throws Refusal `forbidden` */
export function allowState({ settings }: Inbox, state: 'open' | 'resolved'): void {
  const { end, reopen } = settings.behaviour;
  if (state === 'resolved' && !end) throw forbidden('Visitors of this inbox close no conversation.');
  if (state === 'open' && !reopen) throw forbidden('What is closed stays closed in this inbox.');
}

/** @throws Refusal `forbidden` */
export function allowRating({ settings }: Inbox): void {
  if (!settings.forms.rating) throw forbidden('This inbox asks for no rating.');
}

/**
 * Counts one message, or whatever becomes of one, of a contact.
 *
 * @throws Refusal `rate_limited`
 */
export function spendMessage(parts: Parts, { messages }: Budgets, contactId: string, settings: InboxSettings): void {
  const rate = messageRate(parts.config.limits, settings);
  spend(messages.get(contactId, rate, parts.now()), 'messagesPerMinute', parts);
}

/** @throws Refusal `rate_limited` when there is nothing left */
export function spend(bucket: TokenBucket, rule: string, { now }: Parts): void {
  const retryAfterMs = bucket.take(now());
  if (retryAfterMs > 0) throw tooMany(rule, retryAfterMs);
}

function messageRate({ messagesPerMinute }: Limits, { limits }: InboxSettings): Rate {
  const perMinute = messagesPerMinute ?? limits.messagesPerMinute;
  return { burst: Math.ceil(perMinute / 3), perSecond: perMinute / 60 };
}

function forbidden(message: string): Refusal {
  return new Refusal('forbidden', message);
}

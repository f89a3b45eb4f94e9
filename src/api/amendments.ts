/** What later entries make of a message: its text edited, taken back, with an emoji more or less. */
import type { DeletedEntry, EditedEntry, Entry, MessageEntry, ReactedEntry, Reaction } from './protocol.ts';

/** An entry that is about a message that was there before. */
export type Amendment = EditedEntry | DeletedEntry | ReactedEntry;

/** Whether an entry changes a message instead of being something to show. */
export const isAmendment = (entry: Entry): entry is Amendment => 'messageId' in entry;

/** The message after `change`; the same object when it is about another one, or is known to it. Applied twice is applied once. */
export function amended<E extends Entry>(message: E, change: Amendment): E;
export function amended(message: Entry, change: Amendment): Entry {
  if (message.type !== 'message' || message.id !== change.messageId || message.deletedAt) return message;
  const { at } = change;
  if (change.type === 'deleted') {
    const { conversationId, seq, author, id, clientId, type } = message;
    return { type, conversationId, seq, at: message.at, author, id, clientId, text: '', deletedAt: at };
  }
  if (change.type === 'reacted') return react(message, change);
  return (message.editedAt ?? 0) < at ? { ...message, text: change.text, editedAt: at } : message;
}

function react(message: MessageEntry, { author, emoji, on }: ReactedEntry): MessageEntry {
  const { reactions = [] } = message;
  const who = author.kind === 'agent' ? author.id : author.kind;
  const { by = [] } = reactions.find((each) => each.emoji === emoji) ?? {};
  if (by.includes(who) === on) return message;
  const reaction: Reaction = { emoji, by: on ? [...by, who] : by.filter((each) => each !== who) };
  const changed = by.length
    ? reactions.map((each) => (each.emoji === emoji ? reaction : each))
    : [...reactions, reaction];
  return { ...message, reactions: changed.filter((each) => each.by.length) };
}

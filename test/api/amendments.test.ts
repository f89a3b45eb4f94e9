import { expect } from '@open-wc/testing';
import { amended, type Amendment } from '../../src/api/amendments.ts';
import { initialState, type ChatState } from '../../src/api/chat-state.ts';
import { applyConversation, applyEntry, applyPage, applyRead } from '../../src/api/log-state.ts';
import type { Author, Entry, MessageEntry } from '../../src/api/protocol.ts';
import { ada, conversationAfter, grace, message, messages } from './sample-log.ts';

const head = (seq: number, author: Author = grace) => ({ conversationId: 'c1', seq, at: 1000 + seq, author });
const edited = (seq: number, of: number, text: string): Amendment => ({
  ...head(seq),
  type: 'edited',
  messageId: `c1-${of}`,
  text,
});
const deleted = (seq: number, of: number): Amendment => ({ ...head(seq), type: 'deleted', messageId: `c1-${of}` });
const reacted = (seq: number, of: number, emoji: string, on: boolean, author = grace): Amendment => ({
  ...head(seq, author),
  ...{ type: 'reacted', messageId: `c1-${of}`, emoji, on },
});

/** The conversation is known and its thread holds these entries. */
function holding(entries: Entry[]): ChatState {
  const known = applyConversation(initialState, 'contact', conversationAfter(entries));
  const thread = { entries: [], pending: [], hasOlder: false, hasNewer: false, loading: false, typing: [] };
  return applyPage({ ...known, threads: { c1: thread } }, 'contact', 'c1', 'newest', { entries, more: false });
}

const live = (state: ChatState, ...entries: Entry[]) =>
  entries.reduce((before, entry) => applyEntry(before, 'contact', entry), state);
const at = (state: ChatState, seq: number) =>
  state.threads['c1'].entries.find((entry) => entry.seq === seq) as MessageEntry;

describe('chat state: what becomes of messages', () => {
  it('shows an edited message with its new text and when it got it', () => {
    const state = live(holding(messages(1, 2)), edited(3, 1, 'Better'));
    expect(at(state, 1)).to.include({ text: 'Better', editedAt: 1003 });
    expect(state.conversations[0].lastMessage).to.include({ text: 'No. 2' });
  });

  it('keeps nothing of a deleted message but its place', () => {
    const [said] = messages(1, 1);
    const state = live(
      holding([{ ...said, replyTo: 'x', reactions: [{ emoji: '👍', by: ['contact'] }] }]),
      deleted(2, 1),
    );
    const { type, conversationId, seq, at: time, author, id, clientId } = said;
    expect(at(state, 1)).to.deep.equal({
      ...{ type, conversationId, seq, at: time, author, id, clientId },
      ...{ text: '', deletedAt: 1002 },
    });
  });

  it('takes what was edited or deleted for the last words of its conversation, too', () => {
    const state = live(holding(messages(1, 2)), edited(3, 2, 'Better'));
    expect(state.conversations[0].lastMessage?.text).to.equal('Better');
    expect(live(state, deleted(4, 2)).conversations[0].lastMessage).to.include({ text: '', deletedAt: 1004 });
  });

  it('counts no deleted message as unread', () => {
    const state = holding(messages(1, 3));
    expect(state.unreadMessages).to.equal(3);
    expect(live(state, deleted(4, 2)).unreadMessages).to.equal(2);
    expect(live(state, deleted(4, 2), message(5)).unreadMessages).to.equal(3);
  });

  it('counts no deleted message as unread where only the last words are known', () => {
    const state = applyConversation(initialState, 'contact', conversationAfter(messages(1, 3)));
    expect(live(state, message(4, ada)).unreadMessages).to.equal(3);
    expect(live(state, message(4, ada), deleted(5, 4)).unreadMessages).to.equal(3);
    expect(live(state, deleted(4, 3), deleted(5, 3)).unreadMessages).to.equal(2);
    expect(live(state, deleted(4, 3)).unreadMessages).to.equal(2);
    expect(live(state, edited(4, 3, 'Better')).unreadMessages).to.equal(3);
    const read = applyRead(state, 'contact', { conversationId: 'c1', by: 'contact', seq: 3 });
    expect(live(read, deleted(4, 3)).unreadMessages).to.equal(0);
  });

  it('puts emoji on a message in the order in which they came, each person once', () => {
    const state = live(
      holding(messages(1, 1)),
      reacted(2, 1, '👍', true),
      reacted(3, 1, '🎉', true, ada),
      reacted(4, 1, '👍', true, ada),
      reacted(5, 1, '👍', true, ada),
    );
    expect(at(state, 1).reactions).to.deep.equal([
      { emoji: '👍', by: ['agent-grace', 'contact'] },
      { emoji: '🎉', by: ['contact'] },
    ]);
    const fewer = live(state, reacted(6, 1, '🎉', false, ada), reacted(7, 1, '👍', false));
    expect(at(fewer, 1).reactions).to.deep.equal([{ emoji: '👍', by: ['contact'] }]);
  });

  it('is the same object after a change that it knows, or that is about another one', () => {
    const changes = [edited(2, 1, 'Better'), reacted(3, 1, '👍', true), deleted(4, 1)];
    let said: Entry = message(1);
    for (const change of changes) {
      said = amended(said, change);
      expect(amended(said, change)).to.equal(said);
    }
    for (const change of changes) expect(amended(said, change), 'what is deleted stays so').to.equal(said);
    expect(amended(message(9), changes[0])).to.deep.equal(message(9));
  });

  it('changes older messages, too, that come later than what became of them', () => {
    const log: Entry[] = [...messages(1, 60), edited(61, 3, 'Better'), deleted(62, 4)];
    const known = applyConversation(initialState, 'contact', conversationAfter(log));
    const thread = {
      entries: log.slice(-50),
      pending: [],
      hasOlder: true,
      hasNewer: false,
      loading: false,
      typing: [],
    };
    // The page was made before the change, and arrives after it.
    const page = { entries: log.slice(0, 12), more: false };
    const state = applyPage({ ...known, threads: { c1: thread } }, 'contact', 'c1', 'older', page);
    expect(at(state, 3).text).to.equal('Better');
    expect(at(state, 4).deletedAt).to.equal(1062);
  });

  it('remembers how the conversation was rated', () => {
    const rated: Entry = { ...head(2, ada), type: 'rated', score: 4 };
    expect(live(holding(messages(1, 1)), rated).conversations[0].rating).to.equal(4);
  });
});

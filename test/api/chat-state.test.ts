import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  applyLoading,
  applyPending,
  initialState,
  type ChatState,
  type PendingMessage,
} from '../../src/api/chat-state.ts';
import { applyConversation, applyEntry, applyPage, applyRead, applyTyping, isBehind } from '../../src/api/log-state.ts';
import { moveWindow } from '../../src/api/page-around.ts';
import type { Entry, MessageEntry, ServerFrame } from '../../src/api/protocol.ts';
import { ada, conversationAfter, grace, message, messages, pageAfter } from './sample-log.ts';

const pending: PendingMessage = {
  conversationId: 'c1',
  clientId: 'client-c1-1',
  text: 'No. 1',
  at: 1,
  status: 'pending',
  start: true,
};

/** The conversation is known and its thread is open, empty and live. */
function opened(): ChatState {
  return applyLoading(applyConversation(initialState, 'contact', conversationAfter([])), 'c1', false);
}

/** The thread holds these entries, and the list says the same. */
function holding(entries: Entry[], readSeq = 0): ChatState {
  const known = applyConversation(opened(), 'contact', conversationAfter(entries, readSeq));
  return applyPage(known, 'contact', 'c1', 'newest', { entries: entries.slice(-50), more: entries.length > 50 });
}

const seqs = (state: ChatState) => state.threads['c1'].entries.map(({ seq }) => seq);

describe('chat state: entries', () => {
  it('shows an entry at its seq, and counts what the agent says as unread', () => {
    const state = applyEntry(opened(), 'contact', message(1));
    expect(seqs(state)).to.deep.equal([1]);
    expect(state.unreadMessages).to.equal(1);
    expect(state.unreadConversations).to.equal(1);
    expect(state.conversations[0].lastMessage?.text).to.equal('No. 1');
  });

  it('counts nothing that the visitor said', () => {
    expect(applyEntry(opened(), 'contact', message(1, ada)).unreadMessages).to.equal(0);
  });

  it('gives an entry that only a newer server knows its place, and changes nothing else', () => {
    const { seq, at, author } = message(1, ada);
    const edit = { type: 'edit', conversationId: 'c1', seq, at, author } as unknown as Entry;
    const state = applyEntry(opened(), 'contact', edit);
    expect(seqs(state)).to.deep.equal([1]);
    expect(state.conversations[0].lastSeq).to.equal(1);
    expect(state.conversations[0].agents).to.deep.equal([]);
    expect(state.unreadMessages).to.equal(0);
  });

  it('counts what the visitor says as unread for agents', () => {
    expect(applyEntry(opened(), 'agent', message(1, ada)).unreadMessages).to.equal(1);
  });

  it('is the same object after an entry that is already there', () => {
    const state = applyEntry(opened(), 'contact', message(1));
    expect(applyEntry(state, 'contact', message(1))).to.equal(state);
  });

  it('is the same object after an entry behind a gap, and knows that it is behind', () => {
    const state = applyEntry(opened(), 'contact', message(1));
    expect(applyEntry(state, 'contact', message(3))).to.equal(state);
    expect(isBehind(state, 'c1', 3)).to.equal(true);
    expect(isBehind(state, 'c1', 1)).to.equal(false);
  });

  it('turns a pending message into the stored one', () => {
    const before = applyPending(opened(), pending);
    expect(before.threads['c1'].pending).to.deep.equal([pending]);
    const after = applyEntry(before, 'contact', message(1, ada));
    expect(after.threads['c1'].pending).to.deep.equal([]);
    expect(seqs(after)).to.deep.equal([1]);
  });

  it('does not take for pending what is stored already', () => {
    const stored = applyEntry(opened(), 'contact', message(1, ada));
    expect(applyPending(stored, pending)).to.equal(stored);
    expect(applyPending(stored, { ...pending, status: 'failed' })).to.equal(stored);
  });

  it('keeps a pending message in sight while its entry waits behind a gap', () => {
    const waiting: PendingMessage = { ...pending, clientId: 'client-c1-3' };
    const before = applyPending(applyEntry(opened(), 'contact', message(1)), waiting);
    const behind = applyEntry(before, 'contact', message(3, ada));
    expect(behind.threads['c1'].pending).to.deep.equal([waiting]);
    const filled = applyPage(behind, 'contact', 'c1', 'newer', { entries: [message(2), message(3, ada)], more: false });
    expect(filled.threads['c1'].pending).to.deep.equal([]);
    expect(seqs(filled)).to.deep.equal([1, 2, 3]);
  });

  it('resolves, reopens and lists who joined and has not left', () => {
    const head = { conversationId: 'c1', at: 5000, author: grace };
    let state = applyEntry(opened(), 'contact', { ...head, type: 'joined', seq: 1 });
    expect(state.conversations[0].agents).to.deep.equal([grace]);
    state = applyEntry(state, 'contact', { ...head, type: 'resolved', seq: 2 });
    expect(state.conversations[0].state).to.equal('resolved');
    state = applyEntry(state, 'contact', { ...head, type: 'reopened', seq: 3 });
    expect(state.conversations[0].state).to.equal('open');
    expect(state.unreadMessages).to.equal(0);
    state = applyEntry(state, 'contact', { ...head, type: 'left', seq: 4 });
    expect(state.conversations[0].agents).to.deep.equal([]);
  });

  it('puts the conversation with the newest activity first', () => {
    let state = applyConversation(initialState, 'contact', conversationAfter(messages(1, 9), 9));
    state = applyConversation(state, 'contact', conversationAfter([], 0, 0, 'c2'));
    expect(state.conversations.map(({ id }) => id)).to.deep.equal(['c1', 'c2']);
    state = applyEntry(state, 'contact', { ...message(1, grace, 'c2'), at: 9999 });
    expect(state.conversations.map(({ id }) => id)).to.deep.equal(['c2', 'c1']);
  });
});

describe('chat state: the window of a thread', () => {
  it('grows upwards, and drops its newest end beyond 200', () => {
    let state = holding(messages(1, 500));
    expect(seqs(state)[0]).to.equal(451);
    for (const first of [401, 351, 301, 251]) {
      const page = { entries: messages(first, first + 49), more: true };
      state = applyPage(state, 'contact', 'c1', 'older', page);
    }
    const { entries, hasOlder, hasNewer } = state.threads['c1'];
    expect([entries[0].seq, entries.at(-1)!.seq, hasOlder, hasNewer]).to.deep.equal([251, 400, true, true]);
  });

  it('does not take live entries while its newest end is away, and reaches the end again', () => {
    let state = holding(messages(1, 300));
    state = applyPage(state, 'contact', 'c1', 'older', { entries: messages(51, 250), more: true });
    expect(state.threads['c1'].hasNewer).to.equal(true);
    state = applyEntry(state, 'contact', message(301));
    expect(seqs(state).at(-1)).to.equal(200);
    expect(isBehind(state, 'c1', 301)).to.equal(false);
    state = applyPage(state, 'contact', 'c1', 'newer', { entries: messages(201, 301), more: false });
    expect(seqs(state).at(-1)).to.equal(301);
    expect(state.threads['c1'].hasNewer).to.equal(false);
    expect(state.threads['c1'].hasOlder).to.equal(true);
    expect(seqs(state).length).to.be.at.most(200);
  });

  it('that was moved away from the end shows what becomes of its messages, and nothing else that comes', () => {
    const log = messages(1, 400);
    const page = { entries: log.slice(0, 50), more: false };
    const before = moveWindow(holding(log), 'c1', page);
    expect(before.threads['c1'].hasNewer).to.equal(true);
    expect(applyEntry(before, 'contact', message(401)).threads).to.equal(before.threads);
    const { conversationId, id } = log[9];
    const about = { conversationId, messageId: id, author: ada, at: 9000 };
    const reacted = applyEntry(before, 'contact', { ...about, type: 'reacted', seq: 401, emoji: '👍', on: true });
    expect((reacted.threads['c1'].entries[9] as MessageEntry).reactions).to.deep.equal([
      { emoji: '👍', by: ['contact'] },
    ]);
    expect(seqs(reacted)).to.deep.equal(seqs(before));
    const gone = applyEntry(reacted, 'contact', { ...about, type: 'deleted', seq: 402 });
    expect((gone.threads['c1'].entries[9] as MessageEntry).deletedAt).to.equal(9000);
  });

  it('is the same object after a page that does not join', () => {
    const state = holding(messages(1, 100));
    const page = { entries: messages(1, 20), more: false };
    expect(applyPage(state, 'contact', 'c1', 'older', page)).to.equal(state);
  });

  it('is the same object after an older view of its newest page', () => {
    const state = applyEntry(holding(messages(1, 60)), 'contact', message(61));
    const stale = { entries: messages(11, 60), more: true };
    expect(applyPage(state, 'contact', 'c1', 'newest', stale)).to.equal(state);
  });
});

describe('chat state: read cursors', () => {
  it('move up only', () => {
    const state = applyRead(holding(messages(1, 5)), 'contact', { conversationId: 'c1', by: 'contact', seq: 4 });
    expect(state.unreadMessages).to.equal(1);
    expect(applyRead(state, 'contact', { conversationId: 'c1', by: 'contact', seq: 2 })).to.equal(state);
  });

  it('of the agents change nothing about what the visitor has not read', () => {
    const state = applyRead(holding(messages(1, 5)), 'contact', { conversationId: 'c1', by: 'agent', seq: 5 });
    expect(state.unreadMessages).to.equal(5);
    expect(state.conversations[0].agentReadSeq).to.equal(5);
  });

  it('may come before the entries that they speak of', () => {
    let state = applyRead(opened(), 'contact', { conversationId: 'c1', by: 'contact', seq: 2 });
    for (const entry of messages(1, 3)) state = applyEntry(state, 'contact', entry);
    expect(state.unreadMessages).to.equal(1);
  });

  it('survive an older view of the conversation', () => {
    const state = applyRead(holding(messages(1, 5)), 'contact', { conversationId: 'c1', by: 'contact', seq: 5 });
    const later = applyConversation(state, 'contact', conversationAfter(messages(1, 5), 1));
    expect(later).to.equal(state);
  });
});

describe('chat state: typing', () => {
  const notice = { conversationId: 'c1', author: grace, typing: true };

  it('shows who writes, once, until the message is there', () => {
    const state = applyTyping(opened(), notice);
    expect(state.threads['c1'].typing).to.deep.equal([grace]);
    expect(applyTyping(state, notice)).to.equal(state);
    expect(applyEntry(state, 'contact', message(1)).threads['c1'].typing).to.deep.equal([]);
  });

  it('never shows the visitor to himself', () => {
    const contact = { id: ada.id, number: 1, name: 'Ada', email: null, verification: 'anonymous' } as const;
    const state: ChatState = { ...opened(), contact };
    expect(applyTyping(state, { ...notice, author: ada })).to.equal(state);
  });
});

describe('chat state: any order and duplication of frames', () => {
  /** A log of a random length, and read cursors that moved somewhere within. */
  const story = fc.record({
    kinds: fc.array(fc.constantFrom('ada', 'grace', 'grace', 'joined', 'resolved', 'reopened'), {
      minLength: 1,
      maxLength: 260,
    }),
    reads: fc.array(fc.record({ by: fc.constantFrom('contact', 'agent'), at: fc.nat() }), { maxLength: 5 }),
  });

  /** Plays the frames in a random order, with repeats and losses, asking for what is missing now and then and at last. */
  function play(log: readonly Entry[], frames: readonly ServerFrame[], order: readonly number[]): ChatState {
    let state = opened();
    const catchUp = () => {
      for (let last = -1; isBehind(state, 'c1', log.length) || last < 0;) {
        const next = state.threads['c1'].entries.at(-1)?.seq ?? 0;
        if (next === last) break;
        last = next;
        state = applyPage(state, 'contact', 'c1', 'newer', { ...pageAfter(log, next), more: false });
      }
    };
    for (const pick of order) {
      const frame = frames[pick % frames.length];
      if (frame.type === 'entry') state = applyEntry(state, 'contact', frame.entry);
      if (frame.type === 'read') state = applyRead(state, 'contact', frame);
      if (frame.type === 'conversation') state = applyConversation(state, 'contact', frame.conversation);
      if (pick % 17 === 0) catchUp();
    }
    catchUp();
    // Cursors have no seq of their own: a client that reconnects is told them.
    for (const frame of frames) if (frame.type === 'read') state = applyRead(state, 'contact', frame);
    return state;
  }

  it('ends in the same state', () => {
    fc.assert(
      fc.property(story, fc.array(fc.nat(), { maxLength: 600 }), ({ kinds, reads }, order) => {
        const log = kinds.map((kind, i): Entry => {
          const said = message(i + 1, kind === 'ada' ? ada : grace);
          const { conversationId, seq, at, author } = said;
          if (kind === 'ada' || kind === 'grace') return said;
          return { type: kind as 'joined', conversationId, seq, at, author };
        });
        const cursors = reads.map(({ by, at }) => ({ by: by, seq: 1 + (at % log.length) }));
        const frames: ServerFrame[] = [
          ...log.map((entry): ServerFrame => ({ type: 'entry', log: 'main', entry })),
          ...cursors.map((cursor): ServerFrame => ({ type: 'read', conversationId: 'c1', ...cursor })),
          ...[0.3, 0.7, 1].map((part): ServerFrame => {
            const conversation = conversationAfter(log.slice(0, Math.ceil(log.length * part)));
            return { type: 'conversation', conversation };
          }),
        ];
        const inOrder = play(
          log,
          frames,
          frames.map((_, i) => i),
        );
        const anyhow = play(log, frames, order);
        expect(anyhow).to.deep.equal(inOrder);
        const highest = (by: string) => Math.max(0, ...cursors.filter((each) => each.by === by).map(({ seq }) => seq));
        const truth = conversationAfter(log, highest('contact'), highest('agent'));
        expect(anyhow.unreadMessages).to.equal(truth.unread);
        expect(anyhow.conversations[0].state).to.equal(truth.state);
        expect(anyhow.conversations[0].lastMessage).to.deep.equal(truth.lastMessage);
      }),
      { numRuns: 200 },
    );
  });
});

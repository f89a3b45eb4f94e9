import { expect } from '@open-wc/testing';
import { applyLoading, initialState } from '../../src/api/chat-state.ts';
import { applyConversation, applyEntry, applyPage } from '../../src/api/log-state.ts';
import { Observable } from '../../src/api/observable.ts';
import { ReadMarks } from '../../src/api/read-marks.ts';
import type { Entry } from '../../src/api/protocol.ts';
import { ada, conversationAfter, message, messages } from './sample-log.ts';

function setup(entries: Entry[]) {
  let held = applyConversation(initialState, 'contact', conversationAfter(entries));
  held = applyPage(applyLoading(held, 'c1', false), 'contact', 'c1', 'newest', { entries, more: false });
  const state = new Observable(held);
  const sent: number[] = [];
  const marks = new ReadMarks({ side: 'contact', state, transmit: ({ seq }) => sent.push(seq) > 0 });
  return { state, sent, marks };
}

describe('marking as read', () => {
  it('is said once per new seq, however often the thread is seen', () => {
    const { state, sent, marks } = setup(messages(1, 3));
    for (let seen = 0; seen < 10; seen++) marks.mark('c1');
    expect(sent).to.deep.equal([3]);
    expect(state.value.unreadMessages).to.equal(0);
    state.update((value) => applyEntry(value, 'contact', message(4)));
    for (let seen = 0; seen < 10; seen++) marks.mark('c1');
    expect(sent).to.deep.equal([3, 4]);
  });

  it('is not said about one’s own words', () => {
    const { sent, marks } = setup(messages(1, 3, ada));
    marks.mark('c1');
    expect(sent).to.deep.equal([]);
  });

  it('is said again after a reconnect until the server has confirmed it', () => {
    const { sent, marks } = setup(messages(1, 3));
    marks.mark('c1');
    marks.resend();
    expect(sent).to.deep.equal([3, 3]);
    marks.receive({ type: 'read', conversationId: 'c1', by: 'contact', seq: 3 });
    marks.resend();
    expect(sent).to.deep.equal([3, 3]);
  });

  it('by another device of a part that is not held here asks the server to count', () => {
    const known = applyConversation(initialState, 'contact', conversationAfter(messages(1, 9)));
    const marks = new ReadMarks({ side: 'contact', state: new Observable(known), transmit: () => true });
    expect(marks.receive({ type: 'read', conversationId: 'c1', by: 'contact', seq: 4 })).to.equal(false);
    expect(marks.receive({ type: 'read', conversationId: 'c1', by: 'contact', seq: 9 })).to.equal(true);
  });
});

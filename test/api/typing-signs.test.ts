import { expect } from '@open-wc/testing';
import { applyLoading, initialState } from '../../src/api/chat-state.ts';
import { applyConversation } from '../../src/api/log-state.ts';
import { Observable } from '../../src/api/observable.ts';
import { LIMITS, type TypingFrame } from '../../src/api/protocol.ts';
import { TypingSigns } from '../../src/api/typing-signs.ts';
import { MovedClock } from './moved-clock.ts';
import { conversationAfter, grace, messages } from './sample-log.ts';

function setup() {
  const known = applyConversation(initialState, 'contact', conversationAfter(messages(1, 1)));
  const state = new Observable(applyLoading(known, 'c1', false));
  const clock = new MovedClock();
  const sent: boolean[] = [];
  const line = { isUp: true };
  const transmit = ({ typing }: TypingFrame) => line.isUp && sent.push(typing) > 0;
  return { state, clock, sent, line, signs: new TypingSigns({ state, clock, transmit }) };
}

describe('saying that we type', () => {
  it('takes one frame for many keystrokes, and another before it is forgotten', async () => {
    const { signs, sent, clock } = setup();
    for (let key = 0; key < 20; key++) signs.send('c1', true);
    expect(sent).to.deep.equal([true]);
    await clock.move(LIMITS.typingMs / 2);
    signs.send('c1', true);
    expect(sent).to.deep.equal([true, true]);
  });

  it('ends when the field is emptied, once', () => {
    const { signs, sent } = setup();
    signs.send('c1', false);
    signs.send('c1', true);
    signs.send('c1', false);
    signs.send('c1', false);
    expect(sent).to.deep.equal([true, false]);
  });

  it('begins anew after a message', () => {
    const { signs, sent } = setup();
    signs.send('c1', true);
    signs.stopped('c1');
    signs.send('c1', true);
    expect(sent).to.deep.equal([true, true]);
  });

  it('is not for a conversation that nobody else knows', () => {
    const { signs, sent } = setup();
    signs.send('c2', true);
    expect(sent).to.deep.equal([]);
  });

  it('is tried again with the next keystroke when there was no connection', () => {
    const { signs, sent, line } = setup();
    line.isUp = false;
    signs.send('c1', true);
    line.isUp = true;
    signs.send('c1', true);
    expect(sent).to.deep.equal([true]);
  });
});

describe('seeing that somebody types', () => {
  const notice = { conversationId: 'c1', author: grace, typing: true };

  it('ends by itself when nothing follows', async () => {
    const { signs, state, clock } = setup();
    signs.receive(notice);
    await clock.move(LIMITS.typingMs - 1);
    signs.receive(notice);
    await clock.move(LIMITS.typingMs - 1);
    expect(state.value.threads['c1'].typing).to.deep.equal([grace]);
    await clock.move(1);
    expect(state.value.threads['c1'].typing).to.deep.equal([]);
  });

  it('leaves no timer behind', () => {
    const { signs, clock } = setup();
    signs.receive(notice);
    signs.clear();
    expect(clock.waits).to.deep.equal([]);
  });
});

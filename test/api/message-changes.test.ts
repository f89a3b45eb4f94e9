import { expect } from '@open-wc/testing';
import type { ChatClient } from '../../src/api/chat-client.ts';
import type { ChatError } from '../../src/api/chat-error.ts';
import type { ChatState } from '../../src/api/chat-state.ts';
import type { MessageContent, MessageEntry } from '../../src/api/protocol.ts';
import { stateOf, World } from './world.ts';

const world = new World();

/** A visitor's two tabs in one conversation. */
async function twoTabs(): Promise<{ id: string; first: ChatClient; second: ChatClient; said: MessageEntry }> {
  const first = await world.booted();
  const id = first.startConversation();
  const said = await first.send(id, 'Helo');
  const second = await world.booted();
  await second.open(id);
  return { id, first, second, said };
}

const lastOf = (state: ChatState, id: string): MessageEntry | undefined =>
  state.threads[id]?.entries.findLast((entry) => entry.type === 'message');

/** What a back end says in this conversation. */
async function hear(id: string, client: ChatClient, content?: MessageContent): Promise<MessageEntry> {
  await world.server.request('POST', `/v1/conversations/${id}/messages`, { text: 'What is it?', content });
  const isHeard = (state: ChatState) => lastOf(state, id)?.author.kind === 'system';
  return lastOf(await stateOf(client, isHeard), id)!;
}

describe('a message', () => {
  it('that is edited reads so in every tab, now and later', async () => {
    const { id, first, second, said } = await twoTabs();
    await first.edit(id, said.id, 'Hello');
    const isEdited = (state: ChatState) => lastOf(state, id)?.text === 'Hello';
    for (const tab of [first, second]) {
      const state = await stateOf(tab, isEdited);
      expect(lastOf(state, id)?.editedAt).to.be.a('number');
      expect(state.conversations[0].lastMessage?.text).to.equal('Hello');
    }
    const later = await world.booted();
    await later.open(id);
    expect(lastOf(later.state, id)).to.deep.equal(lastOf(first.state, id));
  });

  it('that is deleted leaves nothing, in every tab', async () => {
    const { id, first, second, said } = await twoTabs();
    await first.remove(id, said.id);
    await stateOf(second, (state) => lastOf(state, id)?.deletedAt !== undefined);
    expect(lastOf(second.state, id)?.text).to.equal('');
    expect(await world.stored(id)).to.deep.equal(['']);
    await first.remove(id, said.id);
  });

  it('has the emoji that was put on it, once, until it is taken away', async () => {
    const { id, first, second, said } = await twoTabs();
    await first.react(id, said.id, '🎉', true);
    await second.react(id, said.id, '🎉', true);
    const state = await stateOf(second, (each) => lastOf(each, id)?.reactions !== undefined);
    expect(lastOf(state, id)?.reactions).to.deep.equal([{ emoji: '🎉', by: ['contact'] }]);
    await second.react(id, said.id, '🎉', false);
    await stateOf(first, (each) => !lastOf(each, id)?.reactions?.length);
  });

  it('of somebody else cannot be edited, and the refusal says so', async () => {
    const { id, first } = await twoTabs();
    const theirs = await hear(id, first);
    const refusal = (await first.edit(id, theirs.id, 'mine').catch((error: unknown) => error)) as ChatError;
    expect(refusal.code).to.equal('forbidden');
    expect(lastOf(first.state, id)?.text).to.equal('What is it?');
  });

  it('answers another one, also when the server was away meanwhile', async () => {
    const { id, first, said } = await twoTabs();
    const answer = await first.send(id, 'I mean hello', { replyTo: said.id });
    expect(answer.replyTo).to.equal(said.id);
    await world.server.kill();
    void first.send(id, 'Are you there?', { replyTo: said.id }).catch(() => undefined);
    await stateOf(first, ({ threads }) => threads[id].pending.length === 1);
    // Kept on the disk before it may be sent.
    await stateOf(first, ({ connection }) => connection === 'waiting');
    await world.server.restart();
    const later = await world.booted();
    await later.open(id);
    const state = await stateOf(later, (each) => lastOf(each, id)?.text === 'Are you there?');
    expect(lastOf(state, id)?.replyTo).to.equal(said.id);
  });

  it('answers what another one offers; the server says in words what was answered', async () => {
    const { id, first } = await twoTabs();
    const offer = await hear(id, first, {
      type: 'form',
      fields: [{ key: 'order', label: 'Order number', type: 'number', required: true }],
    });
    const wrong = (await first
      .send(id, 'x', { answer: { to: offer.id, values: { order: 'twelve' } } })
      .catch((error: unknown) => error)) as ChatError;
    expect([wrong.code, wrong.field]).to.deep.equal(['bad_request', '/answer/values/order']);
    const answer = await first.send(id, 'on its way', { answer: { to: offer.id, values: { order: 12 } } });
    expect(answer.text).to.equal('Order number: 12');
    expect(answer.answer?.to).to.equal(offer.id);
  });
});

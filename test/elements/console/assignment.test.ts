import { expect, fixtureCleanup } from '@open-wc/testing';
import type { AgentConversation, Team, Trigger } from '../../../src/api/protocol.ts';
import type { ChatConsole } from '../../../src/console.ts';
import { find, sees, seesNoMore, textOf, until } from './screen.ts';
import { openFromList, World } from './world.ts';

describe('Who has a conversation, in <chat-console>,', () => {
  const world = new World();

  /** An agent beside the admin, who is signed in. */
  async function hire(name: string): Promise<{ id: string }> {
    const body = JSON.stringify({ name, email: `${name.toLowerCase()}@shop.example`, role: 'agent' });
    const made = await fetch('/v1/agents', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(made.status).to.equal(201);
    return (await made.json()) as { id: string };
  }

  const assigneeOf = async (id: string) =>
    (await world.server.request<AgentConversation>('GET', `/v1/conversations/${id}`)).body.assignee;

  async function list(console: ChatConsole, label: string): Promise<HTMLSelectElement> {
    if (label === 'Whose conversations') return find(console, 'select', label);
    return (await find<HTMLLabelElement>(console, 'label', label)).control as HTMLSelectElement;
  }

  async function choose(console: ChatConsole, label: string, option: string): Promise<void> {
    const select = await list(console, label);
    await until(
      () => [...select.options].some(({ text }) => text === option),
      () => `no "${option}" among ${[...select.options].map(({ text }) => text).join(', ')}`,
    );
    select.value = [...select.options].find(({ text }) => text === option)!.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** What can be read of who has it. */
  const shown = async (console: ChatConsole) => (await list(console, 'Assigned to')).selectedOptions[0]?.text;

  it('is seen and said in the details: oneself, a colleague, a team, nobody', async () => {
    await world.signedIn();
    const bo = await hire('Bo');
    fixtureCleanup();
    const console = await world.signedIn();
    const { body: team } = await world.server.request<Team>('POST', '/v1/teams', { name: 'Sales', agentIds: [bo.id] });
    const { id } = await world.visitor('Where is my bag?');
    await openFromList(console, 'Where is my bag');
    expect(await shown(console)).to.equal('Nobody');
    await expect(console).to.be.accessible();

    (await find(console, 'button', 'Assign to me')).click();
    await until(async () => (await shown(console)) === 'Admin', 'it is not mine');
    await seesNoMore(console, 'Assign to me');

    await choose(console, 'Assigned to', 'Bo (Offline)');
    await until(async () => (await assigneeOf(id))?.agentId === bo.id, 'Bo has not got it');
    await find(console, 'nav a', /Where is my bag\? , Bo$/);
    await find(console, 'button', 'Assign to me');

    // Nobody of them is there.
    await choose(console, 'Assigned to', 'Sales');
    await until(async () => (await assigneeOf(id))?.teamId === team.id, 'Sales have not got it');
    expect(await assigneeOf(id)).to.deep.equal({ teamId: team.id });
    await until(async () => (await shown(console)) === 'Sales', 'it is not said');

    await choose(console, 'Assigned to', 'Nobody');
    await until(async () => (await assigneeOf(id)) === undefined, 'somebody has it');
  });

  it('decides which are listed: everybody’s, one’s own, nobody’s; the next visit begins with the same', async () => {
    const console = await world.signedIn();
    const mine = await world.visitor('This one is mine');
    await world.visitor('This one is free');
    await sees(console, 'This one is free');
    const self = await world.server.request('PUT', `/v1/conversations/${mine.id}/assignee`, {
      agent: (await agents()).find(({ name }) => name === 'Admin')!.id,
    });
    expect(self.status).to.equal(200);

    await choose(console, 'Whose conversations', 'Mine');
    await seesNoMore(console, 'This one is free');
    await sees(console, 'This one is mine');
    await choose(console, 'Whose conversations', 'Nobody’s');
    await sees(console, 'This one is free');
    await seesNoMore(console, 'This one is mine');
    await choose(console, 'Whose conversations', 'My teams’');
    await sees(console, 'None of these.');

    fixtureCleanup();
    const again = await world.open();
    await sees(again, 'None of these.');
    (await find(again, 'button', 'Show everybody’s')).click();
    await sees(again, 'This one is free');
    await sees(again, 'This one is mine');
  });

  it('says that a chatbot answers, and stops it', async () => {
    const console = await world.signedIn();
    const { body: trigger } = await world.server.request<Trigger>('POST', '/v1/triggers', {
      kind: 'bot',
      name: 'Helper',
      message: 'May I help?',
    });
    const steps = [
      {
        id: 'ask',
        type: 'ask',
        text: 'Which order?',
        field: { key: 'order', label: 'Order', type: 'number' },
        next: 'end',
      },
      { id: 'end', type: 'end' },
    ];
    const flow = { name: 'Robo', steps };
    expect((await world.server.request('PUT', `/v1/triggers/${trigger.id}/flow`, { flow })).status).to.equal(200);
    const { hears, id } = await world.visitor('Is a bot there?');
    await hears('Which order?');
    await openFromList(console, 'Which order');
    await sees(console, 'A chatbot answers here, until one of you does.');
    (await find(console, 'button', 'Stop it')).click();
    await seesNoMore(console, 'A chatbot answers here');
    const run = await world.server.request<{ endReason: string }>('GET', `/v1/conversations/${id}/bot`);
    expect(run.body.endReason).to.equal('taken_over');
    expect((await world.server.request('DELETE', `/v1/triggers/${trigger.id}`)).status).to.equal(204);
    expect(textOf(console)).to.include('Which order?');
  });

  async function agents(): Promise<readonly { id: string; name: string }[]> {
    const answer = await fetch('/v1/agents');
    return ((await answer.json()) as { agents: readonly { id: string; name: string }[] }).agents;
  }
});

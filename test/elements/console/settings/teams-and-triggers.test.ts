import { expect } from '@open-wc/testing';
import type { AssignmentRule, Team, Trigger } from '../../../../src/api/protocol.ts';
import type { ChatConsole } from '../../../../src/elements/console/chat-console.ts';
import { find, sees, until } from '../screen.ts';
import { World } from '../world.ts';

const press = async (console: ChatConsole, name: string | RegExp): Promise<void> =>
  (await find(console, 'button', name)).click();

async function field<E extends HTMLElement = HTMLInputElement>(console: ChatConsole, label: string): Promise<E> {
  let control: HTMLElement | null = null;
  // The form that it stood in may just be replaced by another one.
  await until(
    async () => (control = (await find<HTMLLabelElement>(console, 'label', label)).control),
    `the label "${label}" names nothing`,
  );
  return control! as E;
}

async function write(console: ChatConsole, label: string, value: string): Promise<void> {
  const input = await field(console, label);
  input.value = value;
  input.dispatchEvent(new Event(input.localName === 'select' ? 'change' : 'input'));
}

describe('The settings’ pages of who is reached, and who answers:', () => {
  const world = new World();

  async function open(address: string): Promise<ChatConsole> {
    const console = await world.signedIn();
    location.hash = address;
    await find(console, 'h1');
    return console;
  }

  const teams = async () => (await world.server.request<{ teams: readonly Team[] }>('GET', '/v1/teams')).body.teams;
  const triggers = async () =>
    (await world.server.request<{ triggers: readonly Trigger[] }>('GET', '/v1/triggers?inbox=demo')).body.triggers;

  it('Teams: makes one of agents, says whose name is taken, changes it, and lets it go', async () => {
    const console = await open('#/settings/teams');
    await find(console, 'h1', 'Teams');
    await sees(console, 'None yet.');
    await write(console, 'Name', 'Sales');
    (await field(console, 'Admin')).click();
    (await field(console, 'The least busy')).click();
    await expect(console).to.be.accessible();
    await press(console, 'Add');
    await sees(console, 'Sales can be given conversations now.');
    await find(console, 'li', /^Sales Admin · The least busy/);
    const [{ name, strategy, agentIds }] = await teams();
    expect([name, strategy, agentIds.length]).to.deep.equal(['Sales', 'leastBusy', 1]);

    await write(console, 'Name', 'SALES');
    await press(console, 'Add');
    const taken = await field(console, 'Name');
    await until(() => taken.getAttribute('aria-invalid') === 'true', 'nothing is marked');
    await press(console, 'Change Sales');
    await write(console, 'Name', 'Shop');
    await press(console, 'Save');
    await sees(console, 'Shop is changed.');
    await press(console, 'Delete Shop…');
    await press(console, 'Delete');
    await sees(console, 'Shop is deleted.');
    expect(await teams()).to.deep.equal([]);
  });

  it('Triggers: makes one with a condition, says where a condition is wrong, switches it off, and lets it go', async () => {
    const console = await open('#/settings/demo/triggers');
    await find(console, 'h1', 'Triggers');
    await sees(console, 'None yet.');
    await write(console, 'Name', 'Late');
    await write(console, 'Message', 'Can we **help**?');
    await press(console, 'Add condition');
    await write(console, 'What', 'time_on_page');
    await write(console, 'How', '>=');
    await write(console, 'Value', 'soon');
    await write(console, 'At most so many times', '3');
    await expect(console).to.be.accessible();
    await press(console, 'Add');
    const value = await field(console, 'Value');
    await until(() => value.getAttribute('aria-invalid') === 'true', 'nothing is marked');
    await until(() => value.matches(':focus'), 'the focus is somewhere else');
    await write(console, 'Value', '20');
    await press(console, 'Add');
    await sees(console, 'Late is live.');
    await find(console, 'li', /^Late The team · Time on page is at least 20 /);
    const [made] = await triggers();
    expect(made).to.deep.include({ kind: 'invitation', message: 'Can we **help**?', enabled: true });
    expect([made.conditions, made.frequency]).to.deep.equal([[['time_on_page', '>=', 20]], { times: 3, days: 0 }]);

    await press(console, 'Change Late');
    (await field(console, 'It is on')).click();
    await press(console, 'Save');
    await sees(console, 'Late is changed.');
    await find(console, 'li', /^Late Off · The team/);
    const [{ enabled, conditions }] = await triggers();
    expect([enabled, conditions]).to.deep.equal([false, [['time_on_page', '>=', 20]]]);
    await press(console, 'Delete Late…');
    await press(console, 'Delete');
    await sees(console, 'Late is deleted.');
    expect(await triggers()).to.deep.equal([]);
  });

  it('Assignment rules: makes one for who comes from a page, and says where a condition is wrong', async () => {
    const console = await open('#/settings/demo/assignment-rules');
    await find(console, 'h1', 'Assignment rules');
    await sees(console, 'None yet.');
    await write(console, 'Name', 'Buyers');
    (await field(console, 'Admin')).click();
    await press(console, 'Add condition');
    await write(console, 'What', 'country');
    await write(console, 'How', '=');
    await write(console, 'Value', 'Sweden');
    await expect(console).to.be.accessible();
    await press(console, 'Add');
    const value = await field(console, 'Value');
    await until(() => value.getAttribute('aria-invalid') === 'true', 'nothing is marked');
    await write(console, 'Value', 'SE');
    await press(console, 'Add');
    await sees(console, 'Buyers is asked from now on.');
    await find(console, 'li', /^Buyers Country is SE · → Admin /);
    const { body } = await world.server.request<{ rules: readonly AssignmentRule[] }>('GET', '/v1/assignment-rules');
    const [{ conditions, inboxId, to, enabled }] = body.rules;
    expect([conditions, inboxId, to.length, enabled]).to.deep.equal([[['country', '=', 'SE']], 'demo', 1, true]);
    await press(console, 'Change Buyers');
    (await field(console, 'In all inboxes')).click();
    await press(console, 'Save');
    await find(console, 'li', /^Buyers Country is SE · → Admin · In all inboxes/);
    await press(console, 'Delete Buyers…');
    await press(console, 'Delete');
    await sees(console, 'Buyers is deleted.');
  });
});

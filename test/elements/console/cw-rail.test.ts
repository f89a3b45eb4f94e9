import { expect } from '@open-wc/testing';
import { press } from '../../support/browser.ts';
import { all, find, sees, textOf, until } from './screen.ts';
import { World } from './world.ts';

describe("An agent's own switch", () => {
  const world = new World();
  const presences = async (): Promise<string[]> => {
    const { body } = await world.server.request<{ agents: { presence: string }[] }>('GET', '/v1/agents');
    return body.agents.map(({ presence }) => presence);
  };

  it('says where it stands and what it does, and holds for everybody until it is switched again', async () => {
    const console = await world.signedIn();
    (await find(console, 'button', 'Online Switch to away')).click();
    await find(console, 'button', 'Away Switch to online');
    expect(await presences()).to.deep.equal(['away']);
    await expect(console).to.be.accessible();
    console.remove();

    const again = await world.open();
    (await find(again, 'button', 'Away Switch to online')).click();
    await find(again, 'button', 'Online Switch to away');
    expect(await presences()).to.deep.equal(['online']);
  });

  it('stands beside a way to change the own password', async () => {
    const console = await world.signedIn();
    const opener = await find(console, 'button', 'Change your password');
    opener.focus();
    await press('Enter');
    const dialog = await find<HTMLDialogElement>(console, 'dialog', /Change your password/);
    await until(() => dialog.matches(':modal'), 'it is not open');
    await press('Escape');
    await until(() => opener.matches(':focus'), 'the focus did not come back');
  });

  it('stays where it was, and says so, when the server cannot be told', async () => {
    const console = await world.signedIn();
    const button = await find(console, 'button', 'Online Switch to away');
    const { fetch } = window;
    // The switch alone: what else is being loaded just now has alerts of its own.
    window.fetch = (input, init) =>
      init?.method === 'PATCH' ? Promise.reject(new TypeError('no network')) : fetch(input, init);
    button.click();
    await sees(console, 'You could not be switched');
    window.fetch = fetch;
    expect(all(console.shadowRoot!, '[role="alert"]').map(textOf)).to.have.length(1);
    expect(textOf(button)).to.equal('Online Switch to away');
    button.click();
    (await find(console, 'button', 'Away Switch to online')).click();
    await find(console, 'button', 'Online Switch to away');
    await until(() => all(console.shadowRoot!, '[role="alert"]').length === 0);
  });

  it('takes back that it could not be switched as soon as it is known where it stands', async () => {
    const console = await world.signedIn();
    const { fetch } = window;
    window.fetch = (input, init) =>
      init?.method === 'PATCH' ? Promise.reject(new TypeError('no network')) : fetch(input, init);
    (await find(console, 'button', 'Online Switch to away')).click();
    await sees(console, 'You could not be switched');
    window.fetch = fetch;
    await world.server.kill();
    await find(console, 'button', /Not connected$/);
    expect(textOf(console)).to.include('You could not be switched');
    await world.server.restart();
    await find(console, 'button', 'Online Switch to away');
    expect(textOf(console)).to.not.include('You could not be switched');
  });
});

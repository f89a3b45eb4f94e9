/** Each task of an agent, with nothing but a keyboard. */
import { expect } from '@open-wc/testing';
import type { ChatConsole } from '../../src/console.ts';
import { World } from '../elements/console/world.ts';
import { all, find, sees, textOf } from '../elements/console/screen.ts';
import { focused } from '../elements/widgets.ts';
import { press, type } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { arrowTo, here, isAt, tabTo } from './keys.ts';

describe('At the console, with the keyboard alone,', () => {
  const world = new World();

  /** A conversation, opened from the list. */
  async function open(text: string) {
    const visitor = await world.visitor(text);
    const console = await world.signedIn();
    await find(console, 'nav a', new RegExp(text));
    await tabTo(/^Unknown visitor/);
    await arrowTo(new RegExp(text));
    await press('Enter');
    await isAt('Reply');
    return { ...visitor, console };
  }

  it('one signs in', async () => {
    const console = await world.signedOut();
    const { email, password } = world.server.admin;
    await isAt('E-mail');
    await type(email);
    await press('Tab');
    expect(here()).to.equal('Password');
    await type(password);
    await press('Enter');
    await find(console, 'button', 'Sign out');
  });

  it('one opens a conversation and answers', async () => {
    const { hears } = await open('Is the keyboard enough?');
    await type('It is');
    await press('Enter');
    await hears('It is');
    expect(here()).to.equal('Reply');
  });

  it('one resolves a conversation, by its button or with Alt+E, and reopens it', async () => {
    const { console } = await open('Solve this by hand');
    await tabTo('Resolve', 'Shift+Tab');
    await press('Enter');
    await find(console, 'button', 'Reopen');
    const settled = () => all(console.shadowRoot!, '.resolve').every((each) => each.ariaDisabled === 'false');
    await until(settled, 'it is still being resolved');
    await press('Alt+e');
    await find(console, 'button', 'Resolve');
  });

  it('one hides the details and shows them again', async () => {
    const { console } = await open('Who is this?');
    await sees(console, 'Other conversations');
    const shown = () => all(console.shadowRoot!, 'cw-details').some((each) => each.checkVisibility());
    await until(shown, 'there are no details');
    await tabTo('Details', 'Shift+Tab');
    await press('Enter');
    await until(() => !shown(), 'they stay');
    await press('Alt+i');
    await until(shown, 'they stay away');
  });

  it('one offers choices, and comes back to the reply', async () => {
    const { console } = await open('What do you have?');
    await type('This or that?');
    await tabTo('Offer choices or a form', 'Shift+Tab');
    await press('Enter');
    await find(console, 'dialog', /Offer choices/);
    await tabTo('Reply 1');
    await type('This');
    await tabTo('Send');
    await press('Enter');
    await until(() => !all(console.shadowRoot!, 'dialog[open]').length, 'the dialog stays');
    await sees(console, 'This or that?');
    await until(() => focused() !== document.body, 'the focus is lost');
  });

  it('one changes a setting and saves it', async () => {
    const console: ChatConsole = await world.signedIn();
    await tabTo('Settings');
    await press('Enter');
    await find(console, 'h1', 'Appearance');
    await tabTo('Team name');
    await press('Control+a');
    await type('The makers');
    await tabTo('Save');
    await press('Enter');
    await until(
      () => /Saved/.test(textOf(console)),
      () => textOf(console).slice(0, 400),
    );
    const { body } = await world.server.request<{ settings: { appearance: { teamName: string } } }>(
      'GET',
      '/v1/inboxes/demo',
    );
    expect(body.settings.appearance.teamName).to.equal('The makers');
  });
});

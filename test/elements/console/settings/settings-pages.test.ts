import { expect } from '@open-wc/testing';
import type { ChatConsole } from '../../../../src/elements/console/chat-console.ts';
import { press as pressKeys } from '../../../support/browser.ts';
import { all, find, nameOf, sees, textOf, until } from '../screen.ts';
import { World } from '../world.ts';

const press = async (console: ChatConsole, name: string | RegExp): Promise<void> =>
  (await find(console, 'button', name)).click();

async function field<E extends HTMLElement = HTMLInputElement>(console: ChatConsole, label: string): Promise<E> {
  return (await find<HTMLLabelElement>(console, 'label', label)).control as E;
}

async function write(console: ChatConsole, label: string, value: string): Promise<void> {
  const input = await field(console, label);
  input.value = value;
  input.dispatchEvent(new Event('input'));
}

describe("The settings' pages that no schema makes", () => {
  const world = new World();

  async function open(address: string): Promise<ChatConsole> {
    const console = await world.signedIn();
    location.hash = address;
    await find(console, 'h1');
    return console;
  }

  describe('Installation', () => {
    it('has the tag and the snippets of five other chats, with server and inbox filled in', async () => {
      const console = await open('#/settings/demo/installation');
      await find(console, 'h1', 'Installation');
      for (const details of all<HTMLDetailsElement>(console.shadowRoot!, 'details')) details.open = true;
      const codes = all(console.shadowRoot!, 'pre').map(textOf);
      expect(codes[0]).to.include(`src="${location.origin}/chat/demo.js"></script> <chat-widget></chat-widget>`);
      expect(codes[1]).to.include(`<chat-widget server="${location.origin}" inbox="demo"></chat-widget>`);
      for (const path of [
        '/livechat.js?wid=demo',
        '/v1/chat.bundle.js',
        '/widget.js',
        '/demo.js',
        '/javascripts/insert.js',
      ]) {
        expect(codes.filter((code) => code.includes(`${location.origin}${path}`))).to.have.length(1);
      }
      expect(textOf(console).match(/Comes with the drop-in APIs/g)).to.have.length(5);
      await expect(console).to.be.accessible();
    });

    it('renames the inbox', async () => {
      const console = await open('#/settings/demo/installation');
      await write(console, 'Name', 'Corner shop');
      await press(console, 'Save');
      await find(console, 'nav p', 'Corner shop');
      const { body } = await world.server.request<{ name: string }>('GET', '/v1/inboxes/demo');
      expect(body.name).to.equal('Corner shop');
    });
  });

  describe('New inbox', () => {
    it('makes one, and shows how to install it', async () => {
      const console = await open('#/settings/new');
      await find(console, 'h1', 'New inbox');
      await expect(console).to.be.accessible();
      await write(console, 'Name', 'Bike shop');
      await write(console, 'Team name', 'The bike people');
      await write(console, 'Address of the site', 'https://bikes.example');
      await write(console, 'Id', 'bikes');
      (await find(console, 'button', 'Make the inbox')).focus();
      await press(console, 'Make the inbox');
      await find(console, 'h1', 'Installation');
      await find(console, 'pre', /inbox="bikes"/);
      const title = await find(console, 'h1', 'Installation');
      await until(() => title.matches(':focus'), 'the focus is nowhere');
      const choice = await find<HTMLSelectElement>(console, 'select', 'Inbox to set up');
      expect(choice.selectedOptions[0]?.textContent).to.equal('Bike shop');
      (await find(console, 'nav a', 'Appearance')).click();
      expect((await field(console, 'Team name')).value).to.equal('The bike people');

      choice.value = 'demo';
      choice.dispatchEvent(new Event('change'));
      await until(() => location.hash.startsWith('#/settings/demo/'), 'the other inbox was not opened');
      await until(async () => (await field(console, 'Team name')).value !== 'The bike people');
    });

    it('says at its field what cannot be taken', async () => {
      const console = await open('#/settings/new');
      await press(console, 'Make the inbox');
      const name = await field(console, 'Name');
      await until(() => name.getAttribute('aria-invalid') === 'true', 'nothing is marked');
      expect(name.matches(':focus')).to.equal(true);
      await write(console, 'Name', 'Another');
      await write(console, 'Id', 'demo');
      await press(console, 'Make the inbox');
      const id = await field(console, 'Id');
      await until(() => id.getAttribute('aria-invalid') === 'true', 'nothing is marked');
    });
  });

  describe('Security', () => {
    it('shows a secret when asked to, and replaces it after a question', async () => {
      const console = await open('#/settings/demo/security');
      await press(console, 'Show the secrets');
      await find(console, 'h3', 'E-mail');
      const { secret } = await read();
      expect(textOf(console)).not.to.include(secret);
      await press(console, 'Show: E-mail');
      await sees(console, secret);
      (await find(console, 'button', 'Replace…')).focus();
      await press(console, 'Replace…');
      const dialog = await find<HTMLDialogElement>(console, 'dialog', /Replace the secret “E-mail”\?/);
      await Promise.all(dialog.getAnimations().map(({ finished }) => finished));
      await expect(console).to.be.accessible();
      (await field(console, 'Hours for which the old one is still taken')).value = '2';
      all(dialog, 'button[type="submit"]')[0]!.click();
      await sees(console, 'The new secret is in use.');
      await sees(console, /The one before is taken until/);
      const opener = await find(console, 'button', 'Replace…');
      await until(() => opener.matches(':focus'), 'the focus did not come back');
      expect((await read()).secret).not.to.equal(secret);
    });

    it('takes a secret of one’s own, and says what is wrong with a bad one', async () => {
      const console = await open('#/settings/demo/security');
      await press(console, 'Show the secrets');
      const row = () => all(console.shadowRoot!, 'li').find((each) => textOf(each).startsWith('JWT'))!;
      await find(console, 'h3', 'JWT');
      const set = all(row(), 'button').find((each) => nameOf(each) === 'Set my own…')!;
      set.click();
      const value = await field(console, 'Your secret');
      const submit = all(value.closest('dialog')!, 'button[type="submit"]')[0]!;
      value.value = (await read()).secret;
      submit.click();
      await find(console, 'dialog [role="alert"]', /already/);
      value.value = 'a-secret-of-my-own-that-is-long-enough';
      submit.click();
      await sees(console, 'The new secret is in use.');
      all(row(), 'button')
        .find((each) => nameOf(each) === 'Show: JWT')!
        .click();
      await sees(console, 'a-secret-of-my-own-that-is-long-enough');
    });

    it('ends the sessions that came in with a secret that somebody knows', async () => {
      await world.visitor('Hello', 'ada@shop.example');
      const console = await open('#/settings/demo/security');
      await press(console, 'Show the secrets');
      await press(console, 'Somebody knows it…');
      const dialog = await find(console, 'dialog', /Does somebody know/);
      all(dialog, 'button[type="submit"]')[0]!.click();
      await sees(console, 'one session was ended');
    });

    /** The secret for e-mails, as it is now. */
    async function read(): Promise<{ secret: string }> {
      const answer = await fetch('/v1/inboxes/demo/secrets');
      const { secrets } = (await answer.json()) as { secrets: { scheme: string; value: string }[] };
      return { secret: secrets.find(({ scheme }) => scheme === 'email')!.value };
    }
  });

  describe('Attributes', () => {
    const choose = async (console: ChatConsole, label: string, value: string): Promise<void> => {
      const select = await field<HTMLSelectElement>(console, label);
      select.value = value;
      select.dispatchEvent(new Event('change'));
    };

    it('defines one by its name, offers it to forms at once, changes it, and lets it go', async () => {
      const console = await open('#/settings/attributes');
      await find(console, 'h1', 'Attributes');
      await sees(console, 'None yet.');
      await write(console, 'Name', 'Shoe size');
      await choose(console, 'Type', 'number');
      await expect(console).to.be.accessible();
      (await field(console, 'Name')).focus();
      await pressKeys('Enter');
      await sees(console, 'Shoe size can be used now.');
      await find(console, 'li', /^Shoe size shoe-size · Contact · Number · Agents, Visitors, Back ends/);

      (await find(console, 'nav a', 'Forms')).click();
      await find(console, 'h1', 'Forms');
      (await find(console, 'button', 'Add field')).click();
      const key = await field(console, 'Key');
      const offered = () => [...key.list!.options].map(({ value }) => value);
      await until(
        () => offered().includes('shoe-size'),
        () => `it offers only ${offered().join()}`,
      );
      await press(console, 'Undo changes');

      (await find(console, 'nav a', 'Attributes')).click();
      await press(console, 'Change Shoe size');
      const name = await field(console, 'Name');
      await until(() => name.matches(':focus'), 'the focus is somewhere else');
      await write(console, 'Name', 'Size of shoes');
      await press(console, 'Save');
      await sees(console, 'Size of shoes is changed.');
      await press(console, 'Delete Size of shoes…');
      await press(console, 'Delete');
      await sees(console, 'Size of shoes is deleted.');
      await sees(console, 'None yet.');
    });

    it('says at its field what cannot be taken', async () => {
      const console = await open('#/settings/attributes');
      await write(console, 'Name', 'Plan');
      await write(console, 'Key', 'email');
      await press(console, 'Add');
      const key = await field(console, 'Key');
      await until(() => key.getAttribute('aria-invalid') === 'true', 'nothing is marked');
      await until(() => key.matches(':focus'), 'the focus is somewhere else');
      await write(console, 'Key', 'plan');
      await choose(console, 'Type', 'list');
      await press(console, 'Add');
      await sees(console, 'A list needs at least one choice.');
    });
  });

  describe('Agents', () => {
    it('adds one with a password that is shown once, changes the role, shuts out and lets in again', async () => {
      const console = await open('#/settings/agents');
      await sees(console, /\( you \)/);
      await write(console, 'Name', 'Linus');
      await write(console, 'E-mail', 'linus@shop.example');
      (await field(console, 'E-mail')).focus();
      await pressKeys('Enter');
      await sees(console, /The password of Linus is shown this once: \S{12,}/);
      await expect(console).to.be.accessible();
      const role = await find<HTMLSelectElement>(console, 'select', 'Role of Linus');
      role.value = 'admin';
      role.dispatchEvent(new Event('change'));
      await sees(console, 'Linus is changed.');
      (await find(console, 'button', 'Change… Linus')).focus();
      await press(console, 'Change… Linus');
      const dialog = await find<HTMLDialogElement>(console, 'dialog', /Change Linus/);
      const [name, password] = all<HTMLInputElement>(dialog, 'input');
      name!.value = ' ';
      password!.value = 'short';
      all(dialog, 'button[type="submit"]')[0]!.click();
      await sees(console, 'Must be a name, in one line.');
      await until(() => name!.matches(':focus'), 'the focus is somewhere else');
      name!.value = 'Linus T.';
      all(dialog, 'button[type="submit"]')[0]!.click();
      await sees(console, 'Needs at least 8 characters.');
      password!.value = 'long enough for once';
      all(dialog, 'button[type="submit"]')[0]!.click();
      await sees(console, 'Linus T. is changed.');
      const opener = await find(console, 'button', 'Change… Linus T.');
      await until(() => opener.matches(':focus'), 'the focus did not come back');
      await press(console, 'Shut out… Linus T.');
      await press(console, 'Shut out');
      await press(console, 'Let in again Linus T.');
      await find(console, 'button', 'Shut out… Linus T.');
    });

    it('says at its field what cannot be taken', async () => {
      const console = await open('#/settings/agents');
      await write(console, 'Name', 'Again');
      await write(console, 'E-mail', world.server.admin.email);
      await press(console, 'Add an agent');
      const email = await field(console, 'E-mail');
      await until(() => email.getAttribute('aria-invalid') === 'true', 'nothing is marked');
      await sees(console, 'There is an agent with this e-mail already.');
    });
  });
});

import { expect, fixtureCleanup, oneEvent } from '@open-wc/testing';
import { press, resize } from '../../support/browser.ts';
import { startChatServer } from '../../support/server.ts';
import { all, find, sees, until } from './screen.ts';
import { openFromList, World } from './world.ts';

describe('<chat-console>', () => {
  const world = new World();

  describe('at the door', () => {
    it('is accessible', async () => {
      const console = await world.signedOut();
      await find(console, 'button', 'Sign in');
      await expect(console).to.be.accessible();
    });

    it('says when e-mail or password is wrong, and lets in who then knows better', async () => {
      const console = await world.signedOut();
      await world.signIn(console, { email: world.server.admin.email, password: 'not the password' });
      await sees(console, 'E-mail or password is wrong.');
      await world.signIn(console);
      await find(console, 'button', 'Sign out');
    });

    it('says how long to wait after too many tries', async () => {
      const strict = await startChatServer({ env: { LIMITS: JSON.stringify({ signInsPerEmail: 1 }) } });
      try {
        strict.mount();
        const console = await world.signedOut();
        await world.signIn(console, { email: strict.admin.email, password: 'not the password' });
        await sees(console, 'E-mail or password is wrong.');
        await world.signIn(console, strict.admin);
        await sees(console, /Too many tries\. Try again in \d+ seconds\./);
      } finally {
        world.server.mount();
        await strict.dispose();
      }
    });

    it('is passed without a word by who was signed in before the reload', async () => {
      await world.signedIn();
      fixtureCleanup();
      const again = await world.open();
      await find(again, 'button', 'Sign out');
      expect(all(again.shadowRoot!, 'form')).to.have.length(0);
    });

    it('closes behind who signs out, for the next page too', async () => {
      const console = await world.signedIn();
      (await find(console, 'button', 'Sign out')).click();
      await find(console, 'button', 'Sign in');
      fixtureCleanup();
      await find(await world.open(), 'button', 'Sign in');
    });

    it('speaks English where the browser’s language is none that Intl takes', async () => {
      Object.defineProperty(navigator, 'languages', { configurable: true, value: ['en-US@posix', 'en_GB', 'EN-gb'] });
      try {
        expect((await world.signedIn()).lang).to.equal('en-GB');
      } finally {
        // What the browser says shows again.
        Reflect.deleteProperty(navigator, 'languages');
      }
    });

    it('tells who is signed out elsewhere', async () => {
      const console = await world.signedIn();
      await fetch('/v1/agent/session', { method: 'DELETE' });
      await sees(console, 'You were signed out.');
      await find(console, 'button', 'Sign in');
    });
  });

  describe('from the keyboard', () => {
    it('has the focus in the list after signing in', async () => {
      const console = await world.signedOut();
      const focused = () => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at;
      };
      const password = await find<HTMLInputElement>(console, 'input[type="password"]');
      (await find<HTMLInputElement>(console, 'input[type="email"]')).value = world.server.admin.email;
      password.value = world.server.admin.password;
      password.focus();
      await press('Enter');
      const list = await find(console, 'cw-console-list');
      await until(() => list.shadowRoot!.contains(focused()), 'the list has no focus');
    });

    it('goes to the next and the previous conversation, resolves, and folds the details', async () => {
      await world.visitor('Lower');
      await world.visitor('Upper');
      const console = await world.signedIn();
      await openFromList(console, 'Upper');
      const thread = await find(console, 'cw-console-thread');
      await press('Alt+ArrowDown');
      await sees(thread, 'Lower');
      await press('Alt+ArrowUp');
      await sees(thread, 'Upper');
      await press('Alt+e');
      await find(console, 'button', 'Reopen');
      await find(console, 'aside');
      await press('Alt+i');
      await until(() => all(console.shadowRoot!, 'aside').length === 0, 'the details stayed');
    });

    it('moves between the views with the arrow keys', async () => {
      await world.signedIn();
      fixtureCleanup();
      // Who comes in without the form has the focus nowhere yet.
      const console = await world.open();
      (await find(console, '[role="tab"]', /^Open/)).focus();
      await press('ArrowDown');
      const resolved = await find(console, '[role="tab"][aria-selected="true"]', 'Resolved');
      expect(resolved.matches(':focus')).to.equal(true);
    });
  });

  describe('where there is less room', () => {
    it('shows the details in a drawer below 1100 px, and Escape puts it away', async () => {
      await resize(900, 700);
      const { id } = await world.visitor('Draw me');
      const console = await world.signedIn();
      location.hash = `#/conversations/${id}`;
      const toggle = await find(console, 'button', 'Details');
      expect(all(console.shadowRoot!, 'cw-details')).to.have.length(0);
      toggle.click();
      const drawer = await find<HTMLDialogElement>(console, 'dialog[open]', 'Details');
      await sees(drawer, 'Written from');
      const closed = oneEvent(drawer, 'close');
      await press('Escape');
      await closed;
      await until(() => all(console.shadowRoot!, 'cw-details').length === 0, 'the drawer stayed');
    });

    it('shows one pane at a time below 700 px, with a way back', async () => {
      await resize(600, 800);
      await world.visitor('One at a time');
      const console = await world.signedIn();
      await openFromList(console, 'One at a time');
      const back = await find(console, 'button', 'Back to the conversations');
      const listIsVisible = () =>
        all(console.shadowRoot!, 'nav').some((list) => list.checkVisibility({ visibilityProperty: true }));
      expect(listIsVisible()).to.equal(false);
      back.click();
      await until(listIsVisible, 'the list did not come back');
      expect(all(console.shadowRoot!, 'cw-console-thread')).to.have.length(0);
    });
  });
});

import { expect, fixture, html } from '@open-wc/testing';
import { ChatError } from '../../../src/api/chat-error.ts';
import '../../../src/elements/console/cw-password.ts';
import type { CwPassword } from '../../../src/elements/console/cw-password.ts';
import { press, type } from '../../support/browser.ts';
import { find, sees, until } from './screen.ts';

/** WebKit does not match `:focus` in there. */
const hasFocus = (element: Element): boolean => (element.getRootNode() as ShadowRoot).activeElement === element;

describe('<cw-password>', () => {
  async function setup(change: (password: string, newPassword: string) => Promise<void>) {
    const element = await fixture<CwPassword>(html`<cw-password .change=${change}></cw-password>`);
    const field = async (label: string) =>
      (await find<HTMLLabelElement>(element, 'label', label)).control as HTMLInputElement;
    return { element, field };
  }

  it('is worked by keyboard alone, and says that it is done', async () => {
    const changed: string[][] = [];
    const { element, field } = await setup(async (...words) => void changed.push(words));
    await expect(element).to.be.accessible();
    (await field('Your password so far')).focus();
    await type('the one so far');
    await press('Tab');
    await type('my new password');
    await press('Enter');
    await sees(element, 'Your password is changed.');
    expect(changed).to.deep.equal([['the one so far', 'my new password']]);
    const close = await find(element, 'button', 'Close');
    await until(() => hasFocus(close), 'the focus is lost');
    const left = new Promise((resolve) => element.addEventListener('cw-leave', resolve));
    await press('Enter');
    await left;
  });

  it('says at its field what is missing or too short, before anything is sent', async () => {
    const { element, field } = await setup(() => Promise.reject(new Error('it was sent')));
    const password = await field('Your password so far');
    password.focus();
    await press('Enter');
    await sees(element, 'Enter the password that you signed in with.');
    await sees(element, 'Use at least 8 characters.');
    expect(hasFocus(password)).to.equal(true);
    expect(password.getAttribute('aria-invalid')).to.equal('true');
  });

  it('says at its field that the password so far is a wrong one', async () => {
    const wrong = new ChatError('bad_request', 'This is not your password.', { field: '/password' });
    const { element, field } = await setup(() => Promise.reject(wrong));
    (await field('Your password so far')).value = 'not mine';
    const next = await field('New password');
    next.value = 'my new password';
    next.focus();
    await press('Enter');
    await sees(element, 'This is not your password.');
    const password = await field('Your password so far');
    await until(() => hasFocus(password), 'the focus is somewhere else');
  });
});

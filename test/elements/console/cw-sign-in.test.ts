import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/console/cw-sign-in.ts';
import type { CwSignIn, CwSignInEvent } from '../../../src/elements/console/cw-sign-in.ts';
import { press, type } from '../../support/browser.ts';

async function setup(properties: Partial<Pick<CwSignIn, 'busy' | 'problem' | 'wrong' | 'notice'>> = {}) {
  const form = await fixture<CwSignIn>(html`<cw-sign-in></cw-sign-in>`);
  Object.assign(form, properties);
  await form.updateComplete;
  const sent: CwSignInEvent[] = [];
  form.addEventListener('cw-sign-in', (event) => sent.push(event as CwSignInEvent));
  const field = (label: string) => {
    const found = [...form.shadowRoot!.querySelectorAll('label')].find((each) => each.textContent === label);
    return form.shadowRoot!.querySelector<HTMLInputElement>(`#${found!.htmlFor}`)!;
  };
  return { form, sent, email: field('E-mail'), password: field('Password') };
}

/** What a screen reader says about a field beside its name. */
function descriptionOf(input: HTMLInputElement): string {
  const ids = (input.getAttribute('aria-describedby') ?? '').split(' ');
  const parts = ids.map((id) => (input.getRootNode() as ShadowRoot).getElementById(id));
  return parts
    .map((part) => part?.textContent.trim() ?? '')
    .join(' ')
    .trim();
}

describe('<cw-sign-in>', () => {
  it('is accessible, also with a problem', async () => {
    const { form } = await setup();
    await expect(form).to.be.accessible();
    form.problem = 'E-mail or password is wrong.';
    form.wrong = true;
    await form.updateComplete;
    await expect(form).to.be.accessible();
  });

  it('is sent with Enter, from the keyboard alone', async () => {
    const { sent } = await setup();
    await type('nora@example.com');
    await press('Tab');
    await type('correct horse');
    await press('Enter');
    expect(sent.map(({ email, password }) => [email, password])).to.deep.equal([['nora@example.com', 'correct horse']]);
  });

  it('is sent by its button, named "Sign in"', async () => {
    const { form, sent, email, password } = await setup();
    email.value = ' nora@example.com ';
    password.value = ' spaces count ';
    const button = form.shadowRoot!.querySelector<HTMLButtonElement>('[type="submit"]')!;
    expect(button.textContent.trim()).to.equal('Sign in');
    button.click();
    expect(sent[0]?.email).to.equal('nora@example.com');
    expect(sent[0]?.password).to.equal(' spaces count ');
  });

  it('tells of each empty field at that field, and goes to the first', async () => {
    const { form, sent, email, password } = await setup();
    await press('Enter');
    await form.updateComplete;
    expect(sent).to.have.length(0);
    expect(descriptionOf(email)).to.equal('Enter your e-mail address.');
    expect(descriptionOf(password)).to.equal('Enter your password.');
    expect(email).to.have.attribute('aria-invalid', 'true');
    expect(form.shadowRoot!.activeElement).to.equal(email);
  });

  it('tells of an address that is none, until it is mended', async () => {
    const { form, sent, email } = await setup();
    await type('nora');
    await press('Enter');
    await form.updateComplete;
    expect(sent).to.have.length(0);
    expect(descriptionOf(email)).to.contain('whole e-mail address');
    await type('@example.com');
    await form.updateComplete;
    expect(descriptionOf(email)).to.equal('');
    expect(email).not.to.have.attribute('aria-invalid');
  });

  it('ties a refusal to both fields, says it aloud, and selects the password for another try', async () => {
    const { form, email, password } = await setup();
    password.value = 'wrong';
    form.problem = 'E-mail or password is wrong.';
    form.wrong = true;
    await form.updateComplete;
    expect(form.shadowRoot!.querySelector('[role="alert"]')!.textContent.trim()).to.equal(form.problem);
    expect(descriptionOf(email)).to.equal(form.problem);
    expect(descriptionOf(password)).to.equal(form.problem);
    expect(form.shadowRoot!.activeElement).to.equal(password);
    expect([password.selectionStart, password.selectionEnd]).to.deep.equal([0, 5]);
  });

  it('does not call the fields wrong when the server is what fails', async () => {
    const { email, password } = await setup({ problem: 'The server cannot be reached.' });
    expect(email).not.to.have.attribute('aria-invalid');
    expect(password).not.to.have.attribute('aria-invalid');
  });

  it('is not sent twice while it is busy, and keeps the focus meanwhile', async () => {
    const { form, sent, email, password } = await setup({ busy: true });
    email.value = 'nora@example.com';
    password.value = 'correct horse';
    const button = form.shadowRoot!.querySelector<HTMLButtonElement>('[type="submit"]')!;
    button.focus();
    button.click();
    expect(sent).to.have.length(0);
    expect(button.textContent.trim()).to.equal('Signing in…');
    expect(form.shadowRoot!.activeElement).to.equal(button);
  });

  it('shows the password when asked to', async () => {
    const { form, password } = await setup();
    const button = form.shadowRoot!.querySelector<HTMLButtonElement>('[aria-pressed]')!;
    button.click();
    await form.updateComplete;
    expect(password.type).to.equal('text');
    expect(button).to.have.attribute('aria-pressed', 'true');
  });
});

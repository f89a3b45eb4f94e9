import { expect, fixture, html } from '@open-wc/testing';
import { ChatError } from '../../src/api/chat-error.ts';
import type { FormField, FormValues } from '../../src/api/protocol.ts';
import type { CwForm, CwSubmitEvent } from '../../src/elements/cw-form.ts';
import '../../src/elements/cw-form.ts';
import { richText } from '../../src/elements/rich-text.ts';
import { defaultWords } from '../../src/text/words.ts';
import { press, type } from '../support/browser.ts';

const FIELDS: readonly FormField[] = [
  { key: 'name', label: 'Your name', type: 'text', required: true },
  { key: 'email', label: 'E-mail', type: 'email', required: true, help: 'Only for the answer.' },
  { key: 'phone', label: 'Phone', type: 'phone' },
  { key: 'people', label: 'How many are you?', type: 'number' },
  { key: 'day', label: 'Day', type: 'date' },
  { key: 'topic', label: 'About', type: 'list', options: ['Bags', 'Repairs'], required: true },
  { key: 'site', label: 'Your site', type: 'link' },
  { key: 'terms', label: 'I have read the terms', type: 'checkbox', required: true },
];

describe('a form', () => {
  async function show(fields = FIELDS, values: FormValues = {}): Promise<CwForm> {
    const form: CwForm = await fixture(html`<cw-form .fields=${fields} .values=${values}></cw-form>`);
    return form;
  }

  const submitsOf = (form: CwForm) => {
    const sent: FormValues[] = [];
    form.addEventListener('cw-submit', (event) => sent.push((event as CwSubmitEvent).values));
    return sent;
  };
  const labelled = (form: CwForm, label: string) => {
    const found = [...form.renderRoot.querySelectorAll('label')].find((each) => each.textContent.includes(label));
    return form.renderRoot.querySelector<HTMLInputElement>(`#${found!.htmlFor}`)!;
  };
  /** What the field says about itself to somebody who cannot see it. */
  const said = (form: CwForm, label: string) => {
    const field = labelled(form, label);
    const ids = field.getAttribute('aria-describedby')!.split(' ');
    return ids.map((id) => form.renderRoot.querySelector(`#${id}`)!.textContent.trim()).filter(Boolean);
  };
  const submit = async (form: CwForm) => {
    form.renderRoot.querySelector<HTMLButtonElement>('button[type=submit]')!.click();
    await form.updateComplete;
    await form.updateComplete;
  };
  const put = (form: CwForm, label: string, value: string) => {
    const field = labelled(form, label);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };

  it('is accessible, as it comes and with everything wrong', async () => {
    const form = await show();
    await expect(form).to.be.accessible();
    await submit(form);
    await expect(form).to.be.accessible();
  });

  it('says under each field what is missing, and leads to the first', async () => {
    const form = await show();
    const sent = submitsOf(form);
    await submit(form);
    expect(sent).to.deep.equal([]);
    expect(said(form, 'Your name')).to.deep.equal(['Please fill this in.']);
    expect(said(form, 'E-mail')).to.deep.equal(['Please fill this in.', 'Only for the answer.']);
    expect(said(form, 'About')).to.deep.equal(['Please choose one.']);
    expect(said(form, 'terms')).to.deep.equal(['Please tick this box.']);
    expect(said(form, 'Phone')).to.deep.equal([]);
    expect(labelled(form, 'Your name').getAttribute('aria-invalid')).to.equal('true');
    expect(form.shadowRoot!.activeElement).to.equal(labelled(form, 'Your name'));
    await type('Ada');
    expect(said(form, 'Your name')).to.deep.equal([]);
    expect(labelled(form, 'Your name').hasAttribute('aria-invalid')).to.equal(false);
    expect(said(form, 'E-mail')).to.have.length(2);
  });

  it('knows what is no e-mail, phone number or address', async () => {
    const form = await show();
    for (const [label, wrong, sentence] of [
      ['E-mail', 'ada@', 'This is not a complete e-mail address.'],
      ['E-mail', 'ada@home', 'This is not a complete e-mail address.'],
      ['Phone', 'call me', 'This is not a complete phone number.'],
      ['Phone', '12', 'This is not a complete phone number.'],
      ['Your site', 'javascript:alert(1)', 'This is not a complete address. Try https://…'],
      ['Your site', 'ada', 'This is not a complete address. Try https://…'],
    ]) {
      put(form, label, wrong);
      await submit(form);
      expect(said(form, label)[0], wrong).to.equal(sentence);
    }
  });

  it('hands over what was filled in, and nothing for what was left empty', async () => {
    const form = await show();
    const sent = submitsOf(form);
    put(form, 'Your name', '  Ada Lovelace ');
    put(form, 'E-mail', 'ada@shop.example');
    put(form, 'How many', '2');
    put(form, 'Day', '2026-12-24');
    put(form, 'About', 'Repairs');
    put(form, 'Your site', 'ada.example/bags');
    labelled(form, 'terms').focus();
    await press(' ');
    await press('Enter');
    expect(sent).to.deep.equal([
      {
        name: 'Ada Lovelace',
        email: 'ada@shop.example',
        people: 2,
        day: '2026-12-24',
        topic: 'Repairs',
        site: 'https://ada.example/bags',
        terms: true,
      },
    ]);
  });

  it('comes filled in with what is known, and keeps what was typed when it is shown again', async () => {
    const form = await show(FIELDS, { name: 'Ada', topic: 'Bags' });
    expect(labelled(form, 'Your name').value).to.equal('Ada');
    expect(labelled(form, 'About').value).to.equal('Bags');
    put(form, 'E-mail', 'ada@');
    form.busy = true;
    form.fields = FIELDS.map((field) => ({ ...field }));
    await form.updateComplete;
    expect(labelled(form, 'E-mail').value).to.equal('ada@');
    expect(form.typed).to.deep.include({ name: 'Ada', email: 'ada@', topic: 'Bags' });
  });

  it('has links in a label that are followed by what follows them', async () => {
    const form: CwForm = await fixture(html`
      <cw-form
        .fields=${[FIELDS[7]]}
        .labelOf=${() => richText('I have read the [privacy policy](https://shop.example/privacy).', defaultWords)}
      ></cw-form>
    `);
    expect(form.renderRoot.querySelector('label')!.innerText).to.equal('I have read the privacy policy.');
  });

  it('is sent once while it is on its way', async () => {
    const form = await show([FIELDS[0]], { name: 'Ada' });
    const sent = submitsOf(form);
    await submit(form);
    form.busy = true;
    await submit(form);
    expect(sent).to.have.length(1);
    expect(form.renderRoot.querySelector('button')!.textContent.trim()).to.equal('One moment…');
  });

  it('says at its field what the server has refused, and what is wrong with none of them below', async () => {
    const form = await show();
    form.refuse(new ChatError('bad_request', 'No.', { status: 400, field: '/form/email' }));
    await form.updateComplete;
    await form.updateComplete;
    expect(said(form, 'E-mail')[0]).to.equal('This was not accepted. Please check it.');
    expect(form.shadowRoot!.activeElement).to.equal(labelled(form, 'E-mail'));
    form.refuse(new ChatError('offline', 'No.'));
    await form.updateComplete;
    expect(form.renderRoot.querySelector('[role=alert]')!.textContent).to.contain('Check your connection');
  });
});

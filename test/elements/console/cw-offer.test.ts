import { expect, fixture, html } from '@open-wc/testing';
import type { SendOptions } from '../../../src/api/thread-client.ts';
import type { CwSendEvent } from '../../../src/elements/cw-composer.ts';
import type { CwOffer, CwOfferDraftEvent } from '../../../src/elements/console/cw-offer.ts';
import '../../../src/elements/console/cw-offer.ts';
import { press, type } from '../../support/browser.ts';
import { all, find, nameOf, sees, textOf, until } from './screen.ts';

/** WebKit does not match `:focus` in there. */
const hasFocus = (element: Element): boolean => (element.getRootNode() as ShadowRoot).activeElement === element;

describe('<cw-offer>', () => {
  async function setup(text = '', draft = '') {
    const offer = await fixture<CwOffer>(html`<cw-offer .text=${text} .draft=${draft}></cw-offer>`);
    const sent: (readonly [string, SendOptions | undefined])[] = [];
    offer.addEventListener('cw-send', (event) => {
      const { text: said, options } = event as CwSendEvent;
      sent.push([said, options]);
    });
    const click = async (name: string) => (await find(offer, 'button', name)).click();
    const write = async (name: string, words: string) => {
      const labels = all<HTMLLabelElement>(offer.shadowRoot!, 'label');
      const labelled = labels.find((each) => textOf(each) === name)?.control;
      (labelled ?? (await find(offer, 'input, textarea', name))).focus();
      await type(words);
    };
    const choose = async (name: string) => {
      const label = all(offer.shadowRoot!, 'label').find((each) => nameOf(each) === name)!;
      label.click();
      await offer.updateComplete;
    };
    return { offer, sent, click, write, choose };
  }

  it('is a dialog, accessible with each kind of offer', async () => {
    const { offer, choose } = await setup('Hello');
    await expect(offer).to.be.accessible();
    for (const kind of ['Buttons', 'Cards', 'Form']) {
      await choose(kind);
      await expect(offer).to.be.accessible();
    }
  });

  it('sends quick replies with what was half written', async () => {
    const { sent, click, write } = await setup('What is it about?');
    await write('Reply 1', 'My order');
    await write('Reply 2', 'Something else');
    await click('Send');
    const replies = [
      { id: '1', text: 'My order' },
      { id: '2', text: 'Something else' },
    ];
    expect(sent).to.deep.equal([['What is it about?', { content: { type: 'replies', replies } }]]);
  });

  it('sends buttons, of which one opens an address', async () => {
    const { offer, sent, click, write, choose } = await setup('See here');
    await choose('Buttons');
    await write('Button 1', 'Our shop');
    await write('Address of button 1, if it opens one', 'javascript:alert(1)');
    await click('Send');
    await sees(offer, 'An address begins with https://');
    expect(sent).to.deep.equal([]);
    const address = await find<HTMLInputElement>(offer, 'input', 'Address of button 1, if it opens one');
    address.select();
    address.focus();
    await type('https://shop.example/');
    await click('Send');
    const buttons = [{ id: '1', text: 'Our shop', url: 'https://shop.example/' }];
    expect(sent).to.deep.equal([['See here', { content: { type: 'buttons', buttons } }]]);
  });

  it('sends a form of as many fields as it takes', async () => {
    const { offer, sent, click, write, choose } = await setup('Please tell us');
    await choose('Form');
    await write('Field 1', 'Order number');
    await click('Remove 2');
    await click('Add one');
    await write('Field 2', 'Your e-mail');
    const kind = await find<HTMLSelectElement>(offer, 'select', 'Kind of field 2');
    kind.value = 'email';
    kind.dispatchEvent(new Event('change'));
    all(offer.shadowRoot!, '.required')[1].click();
    await offer.updateComplete;
    await click('Send');
    const fields = [
      { key: 'order-number', label: 'Order number', type: 'text', required: false },
      { key: 'email', label: 'Your e-mail', type: 'email', required: true },
    ];
    expect(sent).to.deep.equal([['Please tell us', { content: { type: 'form', fields } }]]);
  });

  it('gives each field of a form a key by what it asks, and none twice', async () => {
    const { offer, sent, click, write, choose } = await setup('Please tell us');
    const kinds = ['text', 'text', 'email', 'email', 'phone', 'text', 'date', 'text', 'text', 'text', 'text'];
    const labels = ['Größe (cm)', 'Größe, cm', 'Yours', 'Theirs', 'Mobile', 'Name', 'Phone', '3 wishes', '?!'];
    labels.push('الاسم', 'المدينة');
    await choose('Form');
    for (let number = 3; number <= labels.length; number++) await click('Add one');
    for (const [index, label] of labels.entries()) {
      await write(`Field ${index + 1}`, label);
      const kind = await find<HTMLSelectElement>(offer, 'select', `Kind of field ${index + 1}`);
      kind.value = kinds[index];
      kind.dispatchEvent(new Event('change'));
    }
    await offer.updateComplete;
    await click('Send');
    const content = sent[0][1]?.content;
    const keys = content?.type === 'form' ? content.fields.map(({ key }) => key) : [];
    expect(keys.slice(0, 8)).to.deep.equal([
      ...['grosse-cm', 'grosse-cm-2', 'email', 'theirs', 'phone'],
      ...['name', 'field-phone', 'field-3-wishes'],
    ]);
    // Of whatever script: the server takes it, and another question has another one, in each form.
    for (const key of keys) expect(key).to.match(/^[A-Za-z][\w.-]{0,63}$/);
    expect(new Set(keys)).to.have.property('size', labels.length);
    expect(keys.at(-1)).to.not.equal(keys.at(-2));
  });

  it('says what is missing, and sends nothing', async () => {
    const { offer, sent, click } = await setup();
    await click('Send');
    await sees(offer, 'Write what this is about.');
    await sees(offer, 'Fill in at least one.');
    expect(sent).to.deep.equal([]);
  });

  it('sends cards with a picture and buttons, and leaves out those that are empty', async () => {
    const { offer, sent, click, write, choose } = await setup('In the window now');
    await choose('Cards');
    await write('Title', 'Tote');
    await write('Text (optional)', 'Waxed cotton.');
    await write('Address of a picture (optional)', 'https://shop.example/tote.jpg');
    await click('Add a button');
    await type('Have a look');
    await write('Address of button 1, if it opens one', 'https://shop.example/tote');
    await click('Add a button');
    await type('Keep one for me');
    await click('Add a card');
    await type('Backpack');
    await click('Add a card');
    await offer.updateComplete;
    await click('Send');
    const buttons = [
      { id: '4', text: 'Have a look', url: 'https://shop.example/tote' },
      { id: '5', text: 'Keep one for me' },
    ];
    const tote = { title: 'Tote', text: 'Waxed cotton.', imageUrl: 'https://shop.example/tote.jpg', buttons };
    const content = { type: 'cards', cards: [tote, { title: 'Backpack' }] };
    expect(sent).to.deep.equal([['In the window now', { content }]]);
  });

  it('says at its place what a card lacks, and goes there', async () => {
    const { offer, sent, click, write, choose } = await setup('In the window now');
    await choose('Cards');
    await write('Address of a picture (optional)', 'http://shop.example/tote.jpg');
    await click('Send');
    await sees(offer, 'Give the card a title.');
    await sees(offer, 'The address of a picture begins with https://');
    const title = await find<HTMLInputElement>(offer, 'input[aria-invalid="true"]');
    await until(() => hasFocus(title), 'the focus is somewhere else');
    expect(title.labels?.[0]?.textContent).to.equal('Title');
    expect(sent).to.deep.equal([]);
  });

  it('sends a list of what can be chosen, a line each, and none twice', async () => {
    const { offer, sent, click, write, choose } = await setup('Which one?');
    await choose('Form');
    await write('Field 1', 'Size');
    const kind = await find<HTMLSelectElement>(offer, 'select', 'Kind of field 1');
    kind.value = 'list';
    kind.dispatchEvent(new Event('change'));
    const choices = await find<HTMLTextAreaElement>(offer, 'textarea', 'Choices of field 1, one per line');
    await click('Send');
    await sees(offer, 'Write at least one choice.');
    choices.value = 'S\n M\n\nS\nL';
    choices.dispatchEvent(new Event('input'));
    await offer.updateComplete;
    await click('Send');
    const options = ['S', 'M', 'L'];
    const fields = [{ key: 'size', label: 'Size', type: 'list', required: false, options }];
    expect(sent).to.deep.equal([['Which one?', { content: { type: 'form', fields } }]]);
  });

  it('keeps the focus where one can go on when something is removed', async () => {
    const { offer } = await setup();
    const remove = await find(offer, 'button', 'Remove 2');
    remove.focus();
    await press('Enter');
    const add = await find(offer, 'button', 'Add one');
    await until(() => hasFocus(add), 'the focus is lost');
  });

  it('is left with Escape, asks nothing, and goes on later with all that was put together', async () => {
    const { offer, sent, write, choose } = await setup();
    let kept: readonly [text: string, draft: string] = ['', ''];
    offer.addEventListener('cw-offer-draft', (event) => {
      const { text, draft } = event as CwOfferDraftEvent;
      kept = [text, draft];
    });
    const left = new Promise((resolve) => offer.addEventListener('cw-leave', resolve));
    await write('Message', 'What is it about?');
    await choose('Buttons');
    await write('Button 1', 'My order');
    await press('Escape');
    await left;
    expect(sent).to.deep.equal([]);

    const again = await setup(...kept);
    await again.click('Send');
    const buttons = [{ id: '1', text: 'My order' }];
    expect(again.sent).to.deep.equal([['What is it about?', { content: { type: 'buttons', buttons } }]]);
  });

  it('has nothing to keep when nothing was put together', async () => {
    const { offer, write } = await setup();
    let kept = 'unknown';
    offer.addEventListener('cw-offer-draft', (event) => (kept = (event as CwOfferDraftEvent).draft));
    await write('Message', 'Only words');
    expect(kept).to.equal('');
  });
});

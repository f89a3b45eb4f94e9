import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { CwComposer, CwSendEvent } from '../../src/elements/cw-composer.ts';
import '../../src/elements/cw-composer.ts';
import { press, type } from '../support/browser.ts';
import { textOf } from './console/screen.ts';

describe('<cw-composer>', () => {
  async function setup(template = html`<cw-composer></cw-composer>`) {
    const composer = await fixture<CwComposer>(template);
    const box = composer.shadowRoot!.querySelector('textarea')!;
    const send = composer.shadowRoot!.querySelector('button')!;
    const sent: string[] = [];
    composer.addEventListener('cw-send', (event) => sent.push((event as CwSendEvent).text));
    composer.focus();
    return { composer, box, send, sent };
  }

  it('is accessible, empty, filled and with something wrong', async () => {
    const { composer } = await setup();
    await expect(composer).to.be.accessible();
    composer.value = 'Hello';
    composer.error = 'That did not work.';
    await composer.updateComplete;
    await expect(composer).to.be.accessible();
  });

  it('is a textbox named Message, or as it is told', async () => {
    const { composer, box } = await setup();
    expect(box.getAttribute('aria-label')).to.equal('Message');
    composer.label = 'Reply';
    await composer.updateComplete;
    expect(box.getAttribute('aria-label')).to.equal('Reply');
  });

  it('sends with Enter, trimmed, and is empty again with the focus still in it', async () => {
    const { composer, box, sent } = await setup();
    await type(' Hello there ');
    await press('Enter');
    await composer.updateComplete;
    expect(sent).to.deep.equal(['Hello there']);
    expect(box.value).to.equal('');
    expect(composer.shadowRoot!.activeElement).to.equal(box);
  });

  it('is written in the direction of its words, and is empty in that of the page', async () => {
    const { composer, box } = await setup();
    composer.dir = 'rtl';
    const direction = () => getComputedStyle(box).direction;
    expect(direction()).to.equal('rtl');
    composer.value = 'Hello';
    await composer.updateComplete;
    expect(direction()).to.equal('ltr');
    composer.value = 'مرحبا';
    await composer.updateComplete;
    expect(direction()).to.equal('rtl');
  });

  it('breaks the line with Shift+Enter', async () => {
    const { box, sent } = await setup();
    await type('one');
    await press('Shift+Enter');
    await type('two');
    expect(box.value).to.equal('one\ntwo');
    expect(sent).to.deep.equal([]);
  });

  it('leaves the Enter that ends a composition to the input method', async () => {
    const { box, sent } = await setup();
    await type('にほん');
    const ends = [{ isComposing: true }, { keyCode: 229 }];
    for (const end of ends) {
      const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...end });
      box.dispatchEvent(enter);
      expect(enter.defaultPrevented).to.equal(false);
    }
    expect(sent).to.deep.equal([]);
  });

  it('sends with its button, which has nothing to do while the field is blank', async () => {
    const { composer, send, sent } = await setup();
    expect(send.disabled).to.equal(true);
    await type('  ');
    await press('Enter');
    await composer.updateComplete;
    expect(send.disabled).to.equal(true);
    await type('Hi');
    await composer.updateComplete;
    send.click();
    expect(sent).to.deep.equal(['Hi']);
  });

  it('says that somebody writes, once for each change', async () => {
    const { composer } = await setup();
    const values: string[] = [];
    composer.addEventListener('cw-input', () => values.push(composer.value));
    await type('ab');
    composer.value = 'set by the page';
    await composer.updateComplete;
    expect(values).to.deep.equal(['a', 'ab']);
  });

  it('grows with its text up to six lines, then scrolls', async () => {
    const { composer, box } = await setup();
    const height = () => box.getBoundingClientRect().height;
    const heights = [height()];
    for (const lines of [3, 6, 12]) {
      composer.value = Array.from({ length: lines }, (_, n) => `line ${n}`).join('\n');
      await composer.updateComplete;
      heights.push(height());
    }
    const [one, three, six, twelve] = heights as [number, number, number, number];
    expect(three).to.be.greaterThan(one + 30);
    expect(six).to.be.greaterThan(three + 50);
    expect(twelve).to.equal(six);
    expect(box.scrollHeight).to.be.greaterThan(box.clientHeight);
  });

  it('counts when the limit comes near, and does not send what is too long', async () => {
    const { composer, box, sent } = await setup(html`<cw-composer limit="40"></cw-composer>`);
    await type('short');
    await composer.updateComplete;
    expect(textOf(composer)).to.not.include('left');
    composer.value = 'x'.repeat(38);
    await composer.updateComplete;
    expect(textOf(composer)).to.include('2 characters left');
    composer.value = 'x'.repeat(41);
    await composer.updateComplete;
    expect(textOf(composer)).to.include('1 character too many');
    expect(box.getAttribute('aria-invalid')).to.equal('true');
    await press('Enter');
    expect(sent).to.deep.equal([]);
  });

  it('fires events that stay where they are: neither bubbling nor composed', async () => {
    const { composer } = await setup();
    const sending = oneEvent(composer, 'cw-send');
    await type('Hi');
    await press('Enter');
    const event = await sending;
    expect([event.bubbles, event.composed]).to.deep.equal([false, false]);
  });
});

/** The checks themselves: each finds what it is there for. */
import { expect } from '@open-wc/testing';
import { press } from '../support/browser.ts';
import { axeAll, axeColours } from './checks/axe.ts';
import { hiddenFocus } from './checks/focus-ring.ts';
import { isEnglish, namesOf } from './checks/names.ts';
import { cutWords, lostInReflow, SPACING } from './checks/reflow.ts';
import { smallTargets } from './checks/target-size.ts';
import { colourOf, contrast } from './colour.ts';
import { controlsIn, restyle } from './flat-tree.ts';

/** Something with a shadow root, as all that is checked. */
function shown(markup: string): HTMLElement {
  const host = document.createElement('div');
  host.className = 'shown';
  host.attachShadow({ mode: 'open' }).innerHTML = `<style>:host { display: contents }</style>${markup}`;
  document.body.append(host);
  return host;
}

describe('The checks for everyone', () => {
  afterEach(() => {
    for (const each of document.querySelectorAll('.shown')) each.remove();
  });

  it('find a button without a name, grey words on white, and a target that is too small', async () => {
    const host = shown(`
      <button style="width: 20px; height: 20px; padding: 0"></button>
      <p style="color: #999; background: #fff">Hardly there</p>
      <button style="width: 24px; height: 24px; padding: 0">A</button>
      <p>A line with <a href="#x">a link</a> in it</p>`);
    expect((await axeAll(host)).join())
      .to.match(/button-name/)
      .and.match(/color-contrast/);
    expect(await axeColours(host)).to.have.length(1);
    expect([...(await namesOf(host)).values()]).to.deep.equal(['', 'A', 'a link']);
    expect(smallTargets(host).map((each) => each.replace(/.*: /, ''))).to.deep.equal(['20.0 × 20.0 px']);
  });

  it('know English words, whatever stands in their places', () => {
    expect(['Attach files', 'Show bag.png', 'Remove order.txt'].map((name) => isEnglish(name))).to.not.include(false);
    expect(['Dateien anhängen', 'bag.png', 'Emoji anzeigen'].map((name) => isEnglish(name))).to.not.include(true);
  });

  it('find a ring that is missing, pale or thin, and a control that lies under something', async () => {
    const host = shown(`
      <style>button { appearance: none; outline: none; margin: 10px } .pale:focus { outline: 2px solid #ddd } .thin:focus { outline: 1px solid #000 }
        .good:focus { outline: 2px solid #000 } .ring:focus { box-shadow: 0 0 0 3px #000 } .under:focus { outline: 2px solid #000 }
        div { position: relative; background: #fff } i { position: absolute; inset: 0; background: #fff }</style>
      <div><button>none</button><button class="pale">pale</button><button class="thin">thin</button>
        <button class="good">good</button><button class="ring">ring</button></div>
      <div><button class="under">under</button><i></i></div>`);
    await press('Shift');
    expect(hiddenFocus(host).map((each) => each.replace(/^[^"]*/, '').replace(/[\d.]+ (:|px)/, ''))).to.deep.equal([
      '"none": nothing shows its focus',
      '"pale": its ring has  1',
      '"thin": its ring has ',
      '"under": lies under something else',
    ]);
  });

  it('find what a narrow window hides, and words that more room cuts off', async () => {
    const host = shown(`
      <div style="overflow: hidden; width: 100px; height: 100px"><button style="margin-top: 200px">deep</button>
        <button style="position: absolute; left: 900px; top: 0">far</button></div>
      <div style="overflow: auto; width: 100px"><p style="width: 400px; margin: 0">wide</p></div>
      <p class="tight" style="overflow: hidden; width: 9ch; white-space: nowrap; font-size: 16px">00000000</p>`);
    const lost = lostInReflow(host, true).join();
    expect(lost).to.match(/400 px in 100 px/);
    const before = cutWords(host);
    const close = restyle(host, SPACING);
    const after = [...cutWords(host)].filter((element) => !before.has(element));
    close();
    expect(after.map(({ className }) => className)).to.deep.equal(['tight']);
  });

  it('see only what can be used beside a modal dialog', () => {
    const host = shown('<button>behind</button><dialog><button>in it</button></dialog>');
    expect(controlsIn(host).map(({ textContent }) => textContent)).to.deep.equal(['behind']);
    host.shadowRoot!.querySelector('dialog')!.showModal();
    expect(controlsIn(host).map(({ textContent }) => textContent)).to.deep.equal(['in it']);
  });

  it('count contrast as WCAG does', () => {
    const against = (one: string, other: string) => contrast(colourOf(one), colourOf(other)).toFixed(2);
    expect(against('#000', '#fff')).to.equal('21.00');
    expect(against('#777', '#fff')).to.equal('4.48');
    expect(against('oklch(1 0 0)', 'rgb(0 0 0)')).to.equal('21.00');
  });
});

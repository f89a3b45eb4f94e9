import { expect } from '@open-wc/testing';
import { render } from 'lit';
import { textView } from '../../src/elements/text-view.ts';
import { defaultWords } from '../../src/text/words.ts';
import { until } from '../support/until.ts';

describe('A message’s text', () => {
  const shown = (text: string, onLoad = () => {}) => {
    const place = document.createElement('div');
    render(textView(text, defaultWords, onLoad), place);
    return place;
  };

  it('stands there as it was typed until its markup can be shown, and says when that is', async () => {
    let loads = 0;
    const text = '*now* and `then`';
    const before = shown(text, () => loads++);
    if (!loads && !before.querySelector('em')) expect(before.textContent).to.equal(text);
    await until(() => shown(text).querySelector('em'));
    expect(shown(text).textContent).to.equal('now and then');
  });

  it('is read once, however often it is shown', async () => {
    for (const text of ['plain https://a.example', '**bold**']) {
      await until(() => shown(text).querySelector('a, strong'), text);
      expect(textView(text, defaultWords, () => {})).to.equal(textView(text, defaultWords, () => {}));
    }
  });

  it('can be shown in several places at once', async () => {
    await until(() => shown('see https://a.example').querySelector('a'));
    const [one, other] = [shown('see https://a.example'), shown('see https://a.example')];
    expect(one.querySelector('a')?.href).to.equal('https://a.example/');
    expect(other.innerHTML.replace(/<!--.*?-->/g, '')).to.equal(one.innerHTML.replace(/<!--.*?-->/g, ''));
  });

  it('costs no more than a bounded number of texts, of which all can be shown', () => {
    for (let n = 0; n < 700; n++) expect(shown(`text ${n}`).textContent).to.equal(`text ${n}`);
  });
});

import { expect } from '@open-wc/testing';
import { html, render } from 'lit';
import { drawRows } from '../../src/elements/keyed-rows.ts';

describe('Rows by key', () => {
  let place: HTMLElement;

  beforeEach(() => document.body.append((place = document.createElement('div'))));
  afterEach(() => place.remove());

  const draw = (...keys: string[]) => {
    const items = keys.map((key) => ({ key }));
    drawRows(place, items, ({ key }, row) => render(html`<button>${key}</button>`, row));
    return [...place.children];
  };
  const shown = () => [...place.querySelectorAll('button')].map(({ textContent }) => textContent);

  it('stand in order, whatever comes, goes and changes places', () => {
    for (const keys of ['bc', 'abc', 'abcd', 'acd', 'dca', '', 'xa', 'ax']) {
      draw(...keys);
      expect(shown().join('')).to.equal(keys);
    }
  });

  it('keep the focus when others come and go around them', () => {
    draw('a', 'b', 'c');
    const [, button] = place.querySelectorAll('button');
    button.focus();
    draw('x', 'y', 'b', 'z');
    expect(document.activeElement).to.equal(button);
  });

  it('are not touched when others come before them or go', async () => {
    const [, b, c] = draw('a', 'b', 'c');
    const moved: Node[] = [];
    const watch = new MutationObserver((records) => {
      for (const { addedNodes, removedNodes } of records) moved.push(...addedNodes, ...removedNodes);
    });
    watch.observe(place, { childList: true });
    draw('y', 'z', 'b', 'c');
    await Promise.resolve();
    watch.disconnect();
    expect(moved).to.have.length(3);
    expect(moved).to.not.include(b);
    expect(moved).to.not.include(c);
  });
});

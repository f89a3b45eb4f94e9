import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { StickToEndController } from '../../src/controllers/stick-to-end-controller.ts';
import { until } from '../support/until.ts';

const scrollerOf = (host: Element) => host.shadowRoot!.querySelector<HTMLElement>('.scroller')!;

class TestList extends LitElement {
  readonly stick = new StickToEndController(this, () => scrollerOf(this));

  protected override render() {
    return html`
      <style>
        .scroller {
          block-size: 100px;
          overflow-y: auto;
        }
        .item {
          block-size: 80px;
        }
      </style>
      <div class="scroller" @scroll=${() => this.stick.onScroll()}>
        <div>${['a', 'b', 'c', 'd'].map((key) => html`<div class="item" data-key=${key}>${key}</div>`)}</div>
      </div>
    `;
  }
}
customElements.define('test-list', TestList);

describe('a list that sticks to its end', () => {
  let list: TestList;
  const scroller = () => scrollerOf(list);
  const belowPx = () => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight;
  const grow = () => (list.shadowRoot!.querySelector<HTMLElement>('[data-key=d]')!.style.blockSize = '400px');

  beforeEach(async () => {
    list = await fixture<TestList>(html`<test-list></test-list>`);
    expect(belowPx()).to.equal(0);
  });

  it('stays there when it has grown by the time that it is told where it was scrolled to', async () => {
    grow();
    scroller().dispatchEvent(new Event('scroll'));
    expect(list.stick.atEnd).to.equal(true);
    await until(() => belowPx() === 0, 'it did not follow');
  });

  it('lets a reader go who goes up, and keeps the place then', async () => {
    const left = new Promise((resolve) => scroller().addEventListener('scroll', resolve, { once: true }));
    scroller().scrollTop -= 60;
    await left;
    expect(list.stick.atEnd).to.equal(false);
    const { scrollTop } = scroller();
    grow();
    list.requestUpdate();
    await list.updateComplete;
    expect(scroller().scrollTop).to.equal(scrollTop);
    expect(list.stick.atEnd).to.equal(false);
  });
});

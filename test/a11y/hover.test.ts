/** What appears with pointer or focus (WCAG 2.2, 1.4.13): it can be put away, gone over, and stays until then. */
import { expect } from '@open-wc/testing';
import { all, find } from '../elements/console/screen.ts';
import { focused } from '../elements/widgets.ts';
import { press } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { described, rendered, restyle, STILL } from './flat-tree.ts';
import { here, isAt, tabTo } from './keys.ts';
import { Stage } from './stage.ts';
import { sceneOf } from './scenes.ts';

describe('What appears with the focus', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.build();
  });
  beforeEach(() => stage.furnish());
  afterEach(() => stage.clear());
  after(() => stage?.dispose());

  it('is a message’s exact time, which Escape puts away; a second Escape closes the panel', async () => {
    const widget = await stage.talk();
    restyle(widget, STILL);
    await tabTo(/^Messages/, 'Shift+Tab');
    await press('ArrowUp');
    // What the arrow keys do may still be on its way.
    await until(() => focused()?.role === 'article', 'no message has the focus');
    const message = focused() as HTMLElement;
    const isShown = () => message.querySelector('.exact')!.checkVisibility({ visibilityProperty: true });
    await until(isShown, 'the time is not shown');
    await press('Escape');
    await until(() => !isShown(), 'the time stays');
    expect(
      focused() === message,
      `the focus is at ${here()}, the panel is ${widget.visible ? 'open' : 'closed'}`,
    ).to.equal(true);
    expect(widget.visible).to.equal(true);
    await press('ArrowUp');
    await until(isShown, 'it does not come back with the focus');
    await press('Escape');
    await press('Escape');
    await until(() => !widget.visible, 'the panel stays');
  });

  it('is a tooltip of the console, which Escape puts away until the focus is elsewhere', async () => {
    const scene = sceneOf('a conversation in the console');
    const root = await scene.open(stage);
    restyle(root, STILL);
    const tip = (element: Element) => getComputedStyle(element, '::after');
    const isShown = (element: Element) => tip(element).display !== 'none' && tip(element).visibility === 'visible';
    await isAt('Reply');
    await tabTo('Details', 'Shift+Tab');
    const details = focused()!;
    await until(() => isShown(details), 'there is no tooltip');
    await press('Escape');
    await until(() => !isShown(details), 'the tooltip stays');
    expect(focused() === details, 'the focus stays').to.equal(true);
    await press('Shift+Tab');
    const next = focused()!;
    await until(
      () => isShown(next),
      () => `${described(next)} has none: ${tip(next).display} ${tip(next).visibility}`,
    );
  });

  it('can be gone over with the pointer', async () => {
    const scene = sceneOf('a conversation in the console');
    const root = await scene.open(stage);
    const [withTip] = all(root.shadowRoot!, '[data-tip]');
    expect(getComputedStyle(withTip!, '::after').pointerEvents).to.equal('auto');
    expect(parseFloat(getComputedStyle(withTip!, '::after').transitionDelay)).to.be.greaterThan(0);
  });

  it('is nothing else: all other hints are the browser’s own', async () => {
    const widget = await stage.talk();
    await find(widget, '.message');
    // A style that shows something with the pointer is one that hid it before.
    const rules = [...rendered(widget)].flatMap(({ shadowRoot }) =>
      (shadowRoot?.adoptedStyleSheets ?? []).flatMap((sheet) => Array.from(sheet.cssRules, ({ cssText }) => cssText)),
    );
    expect(rules.filter((rule) => /:hover[^{]*\{[^}]*(visibility: visible|display: block)/.test(rule))).to.deep.equal(
      [],
    );
  });
});

/** What a reader has told the system: less movement, colours of their own, another size or direction of the window. */
import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { all, find, sees } from '../elements/console/screen.ts';
import { comeToRest } from '../elements/widgets.ts';
import { prefer, press } from '../support/browser.ts';
import { hiddenFocus } from './checks/focus-ring.ts';
import { lostInReflow } from './checks/reflow.ts';
import { rendered, rootsBelow } from './flat-tree.ts';
import { click, has, Stage } from './stage.ts';
import { sceneOf } from './scenes.ts';

describe('Whoever has told their system so', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.build();
  });
  beforeEach(() => stage.furnish());
  afterEach(async () => {
    await prefer({});
    await stage.clear();
  });
  after(() => stage?.dispose());

  const EVERYWHERE = ['a conversation', 'quick replies', 'cards', 'those questions with everything wrong', 'the menu'];

  it('is shown nothing that moves: every part says what becomes of its movements', async () => {
    const widget = await stage.talk();
    await click(widget, 'Emoji');
    await find(widget, 'input[type=search]');
    for (const root of rootsBelow(widget)) {
      if (!(root instanceof ShadowRoot)) continue;
      const css = root.adoptedStyleSheets.flatMap(({ cssRules }) => Array.from(cssRules, ({ cssText }) => cssText));
      const moves = css.some((rule) => /^@keyframes|animation:|transition:/.test(rule));
      const heeds = css.some((rule) => rule.startsWith('@media') && rule.includes('prefers-reduced-motion'));
      expect(!moves || heeds, root.host.localName).to.equal(true);
    }
  });

  it('is shown nothing that moves, while the panel opens and a message comes', async () => {
    // Where it cannot be asked for, the test above has to do.
    if (!(await prefer({ 'prefers-reduced-motion': 'reduce' }))) return;
    const widget = await stage.widget();
    const moved: string[] = [];
    const watch = () => {
      for (const element of rendered(widget)) {
        for (const animation of element.getAnimations()) {
          const { effect } = animation;
          const frames = effect instanceof KeyframeEffect ? effect.getKeyframes() : [];
          const isLong = Number(effect?.getComputedTiming().endTime ?? 0) > 2;
          if (isLong && frames.some((frame) => 'transform' in frame)) moved.push(element.localName);
        }
      }
    };
    const opening = widget.show();
    const eachFrame = () => {
      watch();
      frame = requestAnimationFrame(eachFrame);
    };
    let frame = requestAnimationFrame(eachFrame);
    await opening;
    await widget.send('Hello');
    await sees(widget, 'Hello');
    await stage.answers(widget, { text: 'Gladly.' });
    await sees(widget, 'Gladly.');
    cancelAnimationFrame(frame);
    expect(moved).to.deep.equal([]);
  });

  for (const name of EVERYWHERE) {
    it(`sees where the focus is in colours of their own: ${name}`, async () => {
      if (!(await prefer({ 'forced-colors': 'active' }))) return;
      const scene = sceneOf(name);
      await stage.furnish(scene.settings);
      const widget = await scene.open(stage);
      await comeToRest(widget as ChatWidget);
      await press('Shift');
      expect(hiddenFocus(widget)).to.deep.equal([]);
    });
  }

  it('finds everything in a window that is wide and low, as a phone on its side, and back', async () => {
    const widget = await stage.talk();
    for (const size of [
      [740, 360],
      [360, 740],
      [740, 360],
    ] as const) {
      await stage.resize(widget, size);
      expect(lostInReflow(widget), size.join(' × ')).to.deep.equal([]);
    }
    await click(widget, /^Back/);
    await has(widget, 'li button');
    expect(lostInReflow(widget), 'the home screen').to.deep.equal([]);
  });

  it('finds everything in their own order: nothing jumps ahead of where it is seen', () => {
    // A `tabindex` above 0 would (WCAG 2.2, 2.4.3).
    const ahead = all(document.body, '[tabindex]').filter((each) => each.tabIndex > 0);
    expect(ahead).to.deep.equal([]);
  });
});

import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { backgroundOf, colourOf, contrast } from '../a11y/colour.ts';
import { prefer, resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, sees } from './console/screen.ts';
import { comeToRest, launcherOf, mount, ready, unmountAll } from './widgets.ts';

/*
 * Only Chromium can be told to read a page in another way. What it shows are media queries, which all engines have; in the
 * others these tests see to it that nothing of that applies to who has said nothing.
 */
describe('<chat-widget> for who reads in another way', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 800));
  afterEach(async () => {
    await prefer();
    await unmountAll();
  });
  after(() => server?.dispose());

  async function talking(): Promise<ChatWidget> {
    const widget = await ready(mount(server));
    await widget.show();
    await type('Do you mend zips?');
    (await find(widget, 'button', 'Send')).click();
    await sees(widget, 'Sent');
    await comeToRest(widget);
    return widget;
  }

  const part = (widget: ChatWidget, name: string) => all(widget.shadowRoot!, `[part~="${name}"]`)[0];

  it('is not printed', async () => {
    const widget = await talking();
    const isPaper = await prefer({}, 'print');
    expect(launcherOf(widget).checkVisibility()).to.equal(!isPaper);
    expect(part(widget, 'panel').checkVisibility()).to.equal(!isPaper);
  });

  it('has edges where there are no colours', async () => {
    const widget = await talking();
    const isForced = await prefer({ 'forced-colors': 'active' });
    expect(matchMedia('(forced-colors: active)').matches).to.equal(isForced);
    const edges = ['launcher', 'message', 'send'].filter((name) => {
      const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(part(widget, name));
      return borderTopStyle === 'solid' && parseFloat(borderTopWidth) >= 1 && colourOf(borderTopColor)[3] === 1;
    });
    expect(edges).to.deep.equal(isForced ? ['launcher', 'message', 'send'] : []);
    launcherOf(widget).focus();
    const ring = getComputedStyle(launcherOf(widget));
    expect([ring.outlineStyle, ring.outlineWidth]).to.deep.equal(['solid', '2px']);
  });

  it('comes and goes without a movement', async () => {
    const isStill = await prefer({ 'prefers-reduced-motion': 'reduce' });
    const widget = await ready(mount(server));
    const moved = new Set<string>();
    const watch = () => {
      for (const move of all(widget.shadowRoot!, '*').flatMap((element) => element.getAnimations())) {
        const { effect } = move;
        const isLong = Number(effect?.getComputedTiming().duration) > 1;
        const frames = effect instanceof KeyframeEffect ? effect.getKeyframes() : [];
        if (isLong && frames.some(({ transform = 'none' }) => transform !== 'none')) {
          moved.add((effect as KeyframeEffect).target?.localName ?? '');
        }
      }
      return widget.visible && all(widget.shadowRoot!, '[part~=message]').length > 0;
    };
    const shown = widget.show();
    await until(() => watch() || widget.visible);
    await shown;
    await type('Do you mend zips?');
    (await find(widget, 'button', 'Send')).click();
    await until(watch, 'no message came');
    if (isStill) expect([...moved]).to.deep.equal([]);
    const { transitionProperty } = getComputedStyle(launcherOf(widget));
    expect(transitionProperty.includes('transform')).to.equal(!isStill);
  });

  for (const scheme of ['light', 'dark']) {
    it(`is sharper for who asks for contrast, ${scheme}`, async () => {
      const widget = await talking();
      widget.style.colorScheme = scheme;
      await comeToRest(widget);
      const contrastOf = (name: string, property: string): number => {
        const { [property as 'color']: value } = getComputedStyle(part(widget, name));
        return contrast(colourOf(value), backgroundOf(part(widget, 'panel')));
      };
      // The field without the focus has lines like others.
      part(widget, 'log').focus();
      await comeToRest(widget);
      const look = () => ({
        text: contrastOf('time', 'color'),
        line: contrastOf('composer', 'borderTopColor'),
      });
      const before = look();
      expect(before.text).to.be.at.least(4.5);
      const isSharper = await prefer({ 'prefers-contrast': 'more' });
      await comeToRest(widget);
      const { text, line } = look();
      expect(text).to.be.at.least(isSharper ? 7 : before.text);
      expect(line).to.be.at.least(isSharper ? 4.5 : before.line);
    });
  }
});

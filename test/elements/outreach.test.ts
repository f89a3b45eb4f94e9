import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/index.ts';
import { resize } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { dialogOf, launcherOf, mount, ready, unmountAll } from './widgets.ts';

describe('<chat-widget>, of what most pages never do,', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(() => unmountAll());
  after(() => server.dispose());

  /** How far the launcher is from the left, the right and the bottom of the page, px. */
  function distances(widget: ChatWidget): Record<'left' | 'right' | 'bottom', number> {
    const { left, right, bottom } = launcherOf(widget).getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    return { left, right: clientWidth - right, bottom: clientHeight - bottom };
  }

  it('has one that answers at once, and goes with the chat into the tag that takes its place', async () => {
    const widget = await ready(mount(server, { session: 'auto' }));
    const outreach = await widget.outreach();
    expect(await widget.outreach()).to.equal(outreach);
    const next = document.createElement('chat-widget');
    Object.assign(next, { server: server.url, inbox: server.inbox, session: 'auto' });
    widget.replaceWith(next);
    await ready(next);
    expect(await next.outreach()).to.equal(outreach);
    await outreach.moveLauncher({ offsetX: 50 });
    expect(distances(next).right).to.equal(50);
    expect(outreach.signal.aborted).to.equal(false);
    next.remove();
    await Promise.resolve();
    await Promise.resolve();
    expect(outreach.signal.aborted).to.equal(true);
  });

  it('moves its launcher where somebody can follow it, and says when it stands there', async () => {
    const widget = await ready(mount(server));
    expect(distances(widget)).to.include({ right: 20, bottom: 20 });
    const moved = widget.moveLauncher({ offsetX: 0, offsetY: 100 });
    const begun: number[] = [];
    // Before it has moved at all it stands where it stood.
    launcherOf(widget).animate = function (...given) {
      const animation = Element.prototype.animate.apply(this, given);
      animation.pause();
      begun.push(distances(widget).right, distances(widget).bottom);
      animation.play();
      return animation;
    };
    await moved;
    expect(begun).to.deep.equal([20, 20]);
    expect(launcherOf(widget).getAnimations()).to.deep.equal([]);
    expect(distances(widget)).to.include({ right: 0, bottom: 100 });

    await widget.moveLauncher({ position: 'left' });
    expect(distances(widget)).to.include({ left: 0, bottom: 100 });
    await widget.show();
    expect(dialogOf(widget).getBoundingClientRect().left, 'the panel goes with it').to.be.below(100);
  });
});

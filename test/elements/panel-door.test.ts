import { expect, nextFrame } from '@open-wc/testing';
import { ChatError, type ChatErrorCode } from '../../src/api/chat-error.ts';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { PanelDoor } from '../../src/elements/panel-door.ts';
import { launcherStrings } from '../../src/text/launcher-strings.ts';
import '../../src/index.ts';
import { all, textOf } from './console/screen.ts';

describe('a panel whose code does not come', () => {
  let widget: ChatWidget;

  beforeEach(async () => {
    widget = document.createElement('chat-widget');
    document.body.append(widget);
    await widget.updateComplete;
  });
  afterEach(() => widget.remove());

  /** The widget's door; what is behind it fails with each of these in turn. */
  function doorThatFails(...failures: unknown[]): PanelDoor {
    const [launcher] = all(widget.shadowRoot!, 'button');
    const admit = () => Promise.reject(failures.shift() as Error);
    const [furnish, onChange, close, show] = [() => {}, () => {}, () => {}, () => {}];
    const host = {
      element: widget,
      layer: launcher.parentElement!,
      launcher,
      wanted: () => true,
      place: () => launcher.parentElement!,
      fills: () => true,
      language: widget.language,
    };
    return new PanelDoor({ ...host, admit, furnish, onChange, close, show });
  }
  const alerts = () => all(widget.shadowRoot!, '[role="alert"]');
  const failed = (code: ChatErrorCode) => new ChatError(code, 'It failed.');

  it('says so beside the launcher, and not what it said before when it is tried again', async () => {
    const door = doorThatFails(failed('offline'), new TypeError('Failed to fetch'), failed('identity_required'));
    for (let n = 0; n < 2; n++) {
      await door.show().catch(() => undefined);
      expect(alerts().map(textOf)).to.deep.equal([launcherStrings.notLoaded]);
      await nextFrame();
      await expect(widget).to.be.accessible();
    }
    await door.show().catch(() => undefined);
    expect(alerts()).to.deep.equal([]);
  });

  it('stands on the page, whole, on the launcher’s side', async () => {
    await doorThatFails(failed('offline'))
      .show()
      .catch(() => undefined);
    const [note] = alerts();
    for (const side of ['right', 'left']) {
      note.parentElement!.classList.toggle('left', side === 'left');
      const { left, right, top, bottom } = note.getBoundingClientRect();
      expect(left).to.be.at.least(0);
      expect(right).to.be.at.most(innerWidth);
      expect(top).to.be.at.least(0);
      expect(bottom).to.be.at.most(note.parentElement!.querySelector('button')!.getBoundingClientRect().top);
      expect(side === 'left').to.equal(left < innerWidth / 2);
    }
  });
});

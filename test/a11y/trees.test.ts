/** What assistive technology is given of the main screens: kept as text beside this file, to be read and compared. */
import { executeServerCommand } from '@web/test-runner-commands';
import { expect } from '@open-wc/testing';
import { comeToRest } from '../elements/widgets.ts';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { all } from '../elements/console/screen.ts';
import { Stage } from './stage.ts';
import { sceneOf } from './scenes.ts';

/** Scenes, and the files that hold their trees. */
const TREES = {
  console: 'a conversation in the console',
  settings: 'the settings: Messages',
  launcher: 'the launcher',
  home: 'the home screen of who has talked before',
  questions: 'those questions with everything wrong',
  conversation: 'messages that were answered, changed, taken back and marked with emoji',
  'quick-replies': 'quick replies',
  menu: 'the menu',
  rating: 'that question, answered and with room for words',
};

/** No other engine here tells. */
const tells = /Chrome\//.test(navigator.userAgent);

describe('What assistive technology is given of', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.build();
  });
  afterEach(() => stage.clear());
  after(() => stage?.dispose());

  for (const [file, name] of Object.entries(TREES)) {
    if (!tells) continue;
    it(name, async () => {
      const scene = sceneOf(name);
      await stage.furnish(scene.settings);
      const root = await scene.open(stage);
      await comeToRest(root as ChatWidget);
      const { tree, expected } = await executeServerCommand<{ tree: string; expected: string }, object>(
        'accessibility-tree',
        { name: file },
      );
      // Look at it, then `UPDATE_TREES=1 BROWSERS=chromium npx wtr --files test/a11y/trees.test.ts`
      expect(tree).to.equal(expected);
    });
  }

  it('a panel: one dialog, a heading first, a log of messages and a textbox', async () => {
    const widget = await stage.talk();
    const named = (selector: string) => all(widget.shadowRoot!, selector).filter((each) => each.checkVisibility());
    expect(named('dialog')).to.have.length(1);
    expect(named('[role=log]')).to.have.length(1);
    expect(named('textarea')).to.have.length(1);
    const headings = named('h1, h2, h3, h4').map(({ localName }) => localName);
    expect(headings[0]).to.equal('h2');
    expect(headings.slice(1).every((each) => each === 'h3')).to.equal(true);
  });
});

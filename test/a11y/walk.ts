/** Every check there is for everyone, for every scene there is: a new check is one `it` in here. */
import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { comeToRest } from '../elements/widgets.ts';
import { press } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { axeAll, axeColours } from './checks/axe.ts';
import { hiddenFocus } from './checks/focus-ring.ts';
import { isEnglish, namer, namesOf } from './checks/names.ts';
import { cutWords, lostInReflow, SPACING } from './checks/reflow.ts';
import { smallTargets } from './checks/target-size.ts';
import { described, restyle, STILL } from './flat-tree.ts';
import { DESKTOP, Stage, type Scene } from './stage.ts';

/** 1280 × 1024 at 400 %. */
const ZOOMED = [320, 256] as const;

/** Plays these scenes one after the other, and has each of them walked through by each check. */
export function walkThrough(scenes: readonly Scene[]): void {
  let stage: Stage;
  before(async () => {
    stage = await Stage.build();
  });
  after(() => stage?.dispose());

  for (const scene of scenes) describe(scene.name, () => walk(scene, () => stage));
}

/**
 * Roles, names and colours come from the same code in all engines: one of them is asked. How large a thing is, where it
 * lies and what its ring looks like is measured in each.
 */
const isChromium = /Chrome\//.test(navigator.userAgent);

function walk(scene: Scene, stageOf: () => Stage): void {
  let root: HTMLElement;
  let stage: Stage;
  before(async () => {
    stage = stageOf();
    await stage.furnish(scene.settings);
    root = await scene.open(stage);
    await atRest();
    restyle(root, STILL);
  });
  after(async () => {
    document.documentElement.style.colorScheme = '';
    await stage.clear();
  });
  const atRest = () => comeToRest(root as ChatWidget);

  if (isChromium) {
    it('has nothing that axe finds fault with', async () => {
      expect(await axeAll(root)).to.deep.equal([]);
    });

    it('can be read in the dark', async () => {
      document.documentElement.style.colorScheme = 'dark';
      expect(await axeColours(root)).to.deep.equal([]);
      document.documentElement.style.colorScheme = '';
    });

    it('has a name for every control', async () => {
      const names = await namesOf(root);
      expect([...names].filter(([, name]) => !name).map(([control]) => described(control))).to.deep.equal([]);
    });
  }

  if (isChromium && !scene.wordsStay) {
    for (const lang of ['de', 'ar']) {
      it(`names its controls in the reader’s language: ${lang}`, async () => {
        const names = await namer();
        root.setAttribute('lang', lang);
        const left = () => [...names(root).values()].filter((name) => isEnglish(name, lang));
        await until(
          () => names(root).size > 0 && !left().length,
          () => `still English: ${left().join(' | ')}`,
        );
      });
    }

    it('is English again', async () => {
      const names = await namer();
      root.removeAttribute('lang');
      await until(() => [...names(root).values()].some((name) => isEnglish(name)));
    });
  }

  it('has no target under 24 px', () => {
    expect(smallTargets(root)).to.deep.equal([]);
  });

  it('loses no words when they are set with more room', () => {
    const before = cutWords(root);
    const close = restyle(root, SPACING);
    try {
      const lost = [...cutWords(root)].filter((element) => !before.has(element));
      expect(lost.map(described)).to.deep.equal([]);
    } finally {
      close();
    }
  });

  it('loses nothing at 400 %, and nothing is scrolled sideways', async () => {
    await stage.resize(root, ZOOMED);
    try {
      // What follows the size of its box does so a frame later.
      await until(
        () => !lostInReflow(root).length,
        () => lostInReflow(root).join('; '),
      );
    } finally {
      await stage.resize(root, DESKTOP);
    }
  });

  it('shows where the focus is', async () => {
    await press('Shift');
    expect(hiddenFocus(root)).to.deep.equal([]);
  });
}

/**
 * `npm run shots`: photographs every screen, on phone and desktop, light and dark, and from right to left, into `shots/`,
 * and pastes them onto contact sheets, `shots/sheet-1.png` and so on. `-- --only menu,files` takes the scenes with that in
 * their name. A scene that cannot be brought about is told of at the end, with the picture of how far it came.
 *
 * Look at each picture for ten seconds before saying that something visible is done.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Page } from '../test/e2e/page.ts';
import { launchChromium } from '../test/e2e/puppeteer-driver.ts';
import { findBrowsers } from './browsers.mjs';
import { ensureBundles } from './build.mjs';
import { CONSOLE_INBOXES, consoleScenes } from './console-scenes.mjs';
import { contentScenes } from './content-scenes.mjs';
import { lookScenes } from './look-scenes.mjs';
import { MESSAGE_INBOXES, messageScenes } from './message-scenes.mjs';
import { PANEL_INBOXES, panelScenes } from './panel-scenes.mjs';
import { DESKTOP, PHONE, SceneStage } from './scene-stage.mjs';
import { TROUBLE_INBOXES, troubleScenes } from './trouble-scenes.mjs';

/** @typedef {import('../test/e2e/puppeteer-driver.ts').PuppeteerTab} PuppeteerTab */
/** @typedef {import('../test/e2e/driver.ts').Driver} Driver */
/** @typedef {import('./browsers.mjs').Chromium} Chromium */
/** @typedef {import('./scene-stage.mjs').Scene} Scene */
/** @typedef {import('./scene-stage.mjs').Setting} Setting */

const shots = fileURLToPath(new URL('../shots/', import.meta.url));
const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const only = options.only.split(',');

/** So many scenes at once, each on a stage of its own. */
const STAGES = 2;
const SCENES_PER_SHEET = 8;

/** @type {readonly Setting[]} */
const SETTINGS = [
  { name: 'desktop', size: DESKTOP, dir: 'ltr', schemes: ['light', 'dark'] },
  { name: 'phone', size: PHONE, dir: 'ltr', schemes: ['light', 'dark'] },
];
/** From right to left where the scene has most to mirror. @type {(scene: Scene) => Setting} */
const mirrored = ({ name }) => ({
  name: 'rtl',
  size: /^(shop|console)/.test(name) ? DESKTOP : PHONE,
  dir: 'rtl',
  schemes: ['light'],
});
/** What a scene is seen in. @param {Scene} scene @returns {readonly Setting[]} */
const settingsOf = (scene) => scene.settings ?? [...SETTINGS, mirrored(scene)];

/** @param {SceneStage} stage */
const scenesOn = (stage) =>
  [consoleScenes, panelScenes, messageScenes, contentScenes, troubleScenes, lookScenes].flatMap((scenes) =>
    scenes(stage),
  );

/** Runs in the page: resolves when fonts are there and whatever moves has arrived, but for what moves for ever. */
async function comeToRest() {
  await document.fonts.ready;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const rootsBelow = (/** @type {Document | ShadowRoot} */ root) =>
    [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? [shadowRoot] : []));
  /** @type {(Document | ShadowRoot)[]} */
  const roots = [document];
  for (const root of roots) roots.push(...rootsBelow(root));
  const moves = roots.flatMap((root) => root.getAnimations());
  const endings = moves.filter((move) => Number.isFinite(move.effect?.getComputedTiming().endTime));
  await Promise.allSettled(endings.map((move) => move.finished));
}

/** @param {Driver} driver @param {Scene} scene @param {Setting} setting */
async function shoot(driver, scene, setting) {
  const profile = await driver.newProfile();
  const tab = /** @type {PuppeteerTab} */ (await profile.newTab());
  const prefer = (/** @type {string} */ scheme) =>
    tab.prefer({
      'prefers-color-scheme': scheme,
      'prefers-reduced-motion': 'reduce',
      'forced-colors': setting.forced ? 'active' : 'none',
    });
  const picture = (/** @type {string} */ scheme) =>
    tab.screenshot(path.join(shots, `${scene.name}.${setting.name}-${scheme}.png`));
  try {
    await tab.resize(setting.size.width, setting.size.height);
    await prefer('light');
    const end = await scene.open(tab, setting);
    const [said] = await new Page(tab).find('document').all();
    const slip = /\b(false|undefined|null|NaN)\b|\[object/.exec(said?.text ?? '');
    if (slip) failures.push(`${scene.name}, ${setting.name}: it says "${slip[0]}", which nobody wrote`);
    for (const scheme of setting.schemes) {
      await prefer(scheme);
      await tab.evaluate(comeToRest, null);
      await picture(scheme);
    }
    if (typeof end === 'function') await end();
  } catch (error) {
    await picture('failed').catch(() => {});
    failures.push(`${scene.name}, ${setting.name}: ${String(error)}`);
  } finally {
    await profile.close();
  }
}

/** @param {Driver} driver @param {readonly Scene[]} scenes */
async function pasteSheets(driver, scenes) {
  const profile = await driver.newProfile();
  const tab = /** @type {PuppeteerTab} */ (await profile.newTab());
  for (let first = 0, sheet = 1; first < scenes.length; first += SCENES_PER_SHEET, sheet++) {
    const figures = scenes.slice(first, first + SCENES_PER_SHEET).map((scene) => {
      const views = settingsOf(scene).flatMap(({ name, schemes }) => schemes.map((scheme) => `${name}-${scheme}`));
      const pictures = views.map((view) => `<img src="${scene.name}.${view}.png" alt="${view}">`).join('');
      return `<h2>${scene.name}</h2><div>${pictures}</div>`;
    });
    const html = `<!doctype html><meta charset="utf-8"><title>Contact sheet ${sheet}</title><style>
      body { margin: 24px; background: #888; font: 16px system-ui; }
      div { display: flex; gap: 16px; align-items: start; }
      img { height: 560px; }
    </style>${figures.join('\n')}`;
    const file = path.join(shots, `sheet-${sheet}.html`);
    writeFileSync(file, html);
    await tab.resize(3_100, 48 + figures.length * 626);
    await tab.goto(pathToFileURL(file).href);
    await tab.screenshot(path.join(shots, `sheet-${sheet}.png`));
  }
  await profile.close();
}

/** @type {string[]} */
const failures = [];
/** @type {readonly Scene[]} */
let played = [];

/** One after the other, whatever scene is next. @param {Chromium} chromium @param {{ next: number }} queue */
async function play(chromium, queue) {
  const driver = await launchChromium(chromium);
  const stage = await SceneStage.build({
    ...CONSOLE_INBOXES,
    ...PANEL_INBOXES,
    ...MESSAGE_INBOXES,
    ...TROUBLE_INBOXES,
  });
  try {
    await stage.furnish(driver);
    const scenes = scenesOn(stage).filter(({ name }) => only.some((part) => name.includes(part)));
    played = scenes;
    for (let scene = scenes[queue.next++]; scene; scene = scenes[queue.next++]) {
      for (const setting of settingsOf(scene)) await shoot(driver, scene, setting);
      console.log(scene.name);
    }
  } finally {
    await driver.close();
    await stage.close();
  }
}

await ensureBundles();
const { chromium } = await findBrowsers('chromium');
if (!chromium) throw new Error('There is no Chromium.');
rmSync(shots, { recursive: true, force: true });
mkdirSync(shots);
const queue = { next: 0 };
await Promise.all(Array.from({ length: STAGES }, () => play(chromium, queue)));
const driver = await launchChromium(chromium);
await pasteSheets(driver, played);
await driver.close();
console.log(`See ${path.relative(process.cwd(), shots)}/sheet-*.png`);
if (failures.length) {
  console.error(failures.join('\n'));
  process.exitCode = 1;
}

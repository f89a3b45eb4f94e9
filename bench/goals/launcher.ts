import { Chrome, type Tab } from '../browser/chrome.ts';
import { launchers, pageOf } from '../browser/contestants.ts';
import { PageServer } from '../browser/page-server.ts';
import { installProbe } from '../browser/probe.ts';
import { Shop } from '../browser/shop.ts';
import type { GoalGroup } from '../context.ts';
import { finding } from '../findings.ts';
import { compare, takeTurns } from '../rounds.ts';
import { median } from '../statistics.ts';

/** As on a phone of the middle class (Lighthouse's setting). */
const SLOWER = 4;
/** In which everybody has long shown what there is, at that speed. */
const SETTLED_MS = 350;

/** W3, W4 and W6: what a page pays for a launcher that nobody has touched. */
export const launcher: GoalGroup = {
  goals: ['W3', 'W4', 'W6'],
  async run({ rounds }, room) {
    const pages = await room.keep(PageServer.start());
    const { vanillaLazy: _, ...contestants } = await launchers(pages, await Shop.open(room));
    const names = Object.keys(contestants) as (keyof typeof contestants)[];
    for (const name of names) pages.add(`/${name}`, pageOf(contestants[name].html));
    const chrome = await room.keep(Chrome.launch());
    const tab = await chrome.newTab();
    await tab.withoutCache();
    await tab.prepare(installProbe);

    const load = (name: string) => () => measureLoad(tab, pages.url, name);
    const shown = await takeTurns(
      rounds,
      Object.fromEntries(names.map((name) => [name, load(name)])) as Record<
        (typeof names)[number],
        () => ReturnType<typeof measureLoad>
      >,
    );

    const script = (name: (typeof names)[number]) => shown[name].map((each) => each.script);
    const paint = (name: (typeof names)[number]) => shown[name].map((each) => each.paint);
    const empty = median(shown.none.map(({ heap }) => heap));
    const heap = (name: (typeof names)[number]) => shown[name].map((each) => each.heap - empty);
    const ofScript = { title: `script on the main thread at load, ${SLOWER}× slower`, unit: 'ms' };
    const ofPaint = { title: `first paint of the button on an empty page, ${SLOWER}× slower`, unit: 'ms' };
    const ofHeap = { title: 'memory of JavaScript before anybody wants to chat', unit: 'kB' };
    const vs = (name: (typeof names)[number], of: typeof script, from: (typeof names)[number] = 'ours') =>
      compare(of(from), of(name));
    return [
      finding({ ...ofScript, ...vs('vanilla', script), id: 'W3', against: 'vanilla', limit: { most: 1.5 } }),
      finding({ ...ofScript, ...vs('lit', script), id: 'W3/Lit', against: 'Lit button' }),
      finding({
        ...ofScript,
        ...vs('deepChat', script),
        id: 'W3/deep-chat',
        against: 'deep-chat',
        limit: { most: 0.15 },
      }),
      finding({
        ...ofScript,
        ...vs('lit', script, 'imported'),
        id: 'W3/imported',
        title: `${ofScript.title}, the element itself imported`,
        against: 'Lit button',
      }),
      finding({ ...ofPaint, ...vs('vanilla', paint), id: 'W4', against: 'vanilla', limit: { most: 1.1 } }),
      finding({ ...ofPaint, ...vs('deepChat', paint), id: 'W4/deep-chat', against: 'deep-chat', limit: { most: 1 } }),
      finding({
        ...ofHeap,
        id: 'W6',
        value: median(heap('ours')),
        limit: { most: 40 },
        notes: [
          `vanilla: ${median(heap('vanilla')).toFixed(0)} kB, a Lit button: ${median(heap('lit')).toFixed(0)} kB`,
        ],
      }),
      finding({ ...ofHeap, ...vs('deepChat', heap), id: 'W6/deep-chat', against: 'deep-chat', limit: { most: 0.07 } }),
    ];
  },
};

/** One load of a page, in a renderer that is warm and has nothing left to do. */
async function measureLoad(tab: Tab, site: string, name: string) {
  const { page } = tab;
  await tab.slowDown(1);
  await page.goto(`${site}/none`);
  await tab.collectGarbage();
  await tab.slowDown(SLOWER);
  const { script } = await tab.workOf(async () => {
    await page.goto(`${site}/${name}`);
    await tab.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), SETTLED_MS);
  });
  const paint = await tab.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    null,
  );
  await tab.slowDown(1);
  return { script, paint, heap: await tab.heap() };
}

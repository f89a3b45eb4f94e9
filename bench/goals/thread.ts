import { Chrome, type Tab, type Work } from '../browser/chrome.ts';
import { chatPage, deepChatPage, floorList, idleWork, type ListPage } from '../browser/list-page.ts';
import { PageServer } from '../browser/page-server.ts';
import { installProbe } from '../browser/probe.ts';
import { Shop } from '../browser/shop.ts';
import type { GoalGroup } from '../context.ts';
import { finding } from '../findings.ts';
import { compare, takeTurns } from '../rounds.ts';
import { median } from '../statistics.ts';

const SLOWER = 4;
const LONG = 10_000;
const SHORT = 100;
const APPENDS = 10;
const PREPENDS = 3;
/** Two of them take as long as all others together. */
const PLAIN_ROUNDS = 3;
const MOST_ROUNDS = 7;
/** Each starts a browser of its own. */
const MEMORY_ROUNDS = 3;

interface Shown {
  /** Of the main thread, ms. */
  readonly open: number;
  /** For one message. */
  readonly append: number;
  /** For fifty older ones. */
  readonly prepend: number;
  /** The longest wait for a frame while they came, ms. */
  readonly frame: number;
  /** How far what was on screen has moved, px. */
  readonly drift: number;
}

/** W8 to W10: a long conversation, on a slow processor. */
export const thread: GoalGroup = {
  goals: ['W8', 'W9', 'W10'],
  async run({ rounds, wanted }, room) {
    const pages = await room.keep(PageServer.start());
    const shop = await Shop.open(room);
    const { grace, linus } = await shop.admit({ grace: [1, LONG], linus: [1, SHORT] });
    const contestants = {
      ours: chatPage(pages, shop, grace, true),
      oursShort: chatPage(pages, shop, linus),
      lit: await floorList(pages, 'lit-list', LONG),
      plain: await floorList(pages, 'plain-list', LONG),
      deepChat: deepChatPage(pages, SHORT),
    };
    const chrome = await room.keep(Chrome.launch());
    const tab = await chrome.newTab();
    await tab.prepare(installProbe);
    let plainRounds = 0;
    const turns = Math.min(rounds, MOST_ROUNDS);
    const shown = await takeTurns(turns, {
      ours: () => measure(tab, contestants.ours),
      oursShort: () => measure(tab, contestants.oursShort),
      lit: () => measure(tab, contestants.lit),
      plain: async () => ((plainRounds += 1) > PLAIN_ROUNDS + 1 ? undefined : measure(tab, contestants.plain)),
      deepChat: () => measure(tab, contestants.deepChat),
    });
    const all = (name: keyof typeof shown, of: keyof Shown) => shown[name].map((each) => each[of]);
    const vs = (of: keyof Shown, name: keyof typeof shown) => compare(all('ours', of), all(name, of));
    const long = LONG.toLocaleString('en-US');
    const ofOpen = { title: `open a conversation of ${long}, main thread, ${SLOWER}× slower`, unit: 'ms' };
    const ofAppend = { title: `one more message, of ${long}, main thread, ${SLOWER}× slower`, unit: 'ms' };
    const ofPrepend = { title: `fifty older ones, main thread, ${SLOWER}× slower`, unit: 'ms' };
    const findings = [
      finding({ ...ofOpen, ...vs('open', 'lit'), id: 'W8', against: 'Lit, last 50', limit: { most: 1.5 } }),
      finding({ ...ofOpen, ...vs('open', 'plain'), id: 'W8/plain', against: 'all in the page', limit: { most: 0.02 } }),
      finding({
        ...ofOpen,
        ...vs('open', 'deepChat'),
        id: 'W8/deep-chat',
        against: `deep-chat with ${SHORT}`,
      }),
      finding({ ...ofAppend, ...vs('append', 'lit'), id: 'W9', against: 'Lit, last 50', limit: { most: 1.5 } }),
      finding({
        ...ofAppend,
        ...vs('append', 'oursShort'),
        id: 'W9/growth',
        against: `the same of ${SHORT}`,
        limit: { most: 1.2 },
      }),
      finding({
        ...ofAppend,
        ...vs('append', 'plain'),
        id: 'W9/plain',
        against: 'all in the page',
        limit: { most: 0.05 },
      }),
      finding({ ...ofAppend, ...vs('append', 'deepChat'), id: 'W9/deep-chat', against: `deep-chat with ${SHORT}` }),
      finding({ ...ofPrepend, ...vs('prepend', 'lit'), id: 'W10', against: 'Lit, last 50', limit: { most: 1.5 } }),
      finding({
        id: 'W10/frame',
        title: `the longest frame while they come, ${SLOWER}× slower`,
        unit: 'ms',
        value: median(all('ours', 'frame')),
        limit: { most: 50 },
        notes: [`the floor: ${median(all('lit', 'frame')).toFixed(0)} ms`],
      }),
      finding({
        id: 'W10/anchor',
        title: 'what was on screen moves by, at most',
        unit: 'px',
        value: Math.max(...all('ours', 'drift')),
        limit: { most: 1 },
      }),
    ];
    if (wanted.has('W8')) findings.push(...(await measureMemory(contestants, Math.min(rounds, MEMORY_ROUNDS))));
    return findings;
  },
};

async function measure(tab: Tab, list: ListPage): Promise<Shown> {
  await tab.slowDown(1);
  await list.load(tab);
  await tab.collectGarbage();
  await tab.slowDown(SLOWER);
  const open = await tab.workOf(() => list.open(tab));
  const idle = await idleWork(tab, APPENDS);
  const append = await tab.workOf(() => list.append(tab, APPENDS));
  const older: { readonly work: Work; readonly frame: number; readonly drift: number }[] = [];
  for (let count = 0; list.hasOlder && count < PREPENDS; count += 1) {
    let seen = { frame: NaN, drift: NaN };
    const work = await tab.workOf(async () => (seen = await tab.evaluate(prependOnce, null)));
    older.push({ work, ...seen });
  }
  await tab.slowDown(1);
  return {
    open: open.task,
    append: Math.max(0, append.task - idle.task) / APPENDS,
    prepend: median(older.map(({ work }) => work.script + work.layout)),
    frame: Math.max(...older.map(({ frame }) => frame)),
    drift: Math.max(...older.map(({ drift }) => drift)),
  };
}

/** Runs in the page: has older messages come, as somebody does who scrolls up, and looks at every frame meanwhile. */
async function prependOnce(): Promise<{ frame: number; drift: number }> {
  const [log] = probe.find('[role=log]');
  const articles = () => [...log.querySelectorAll('[role=article]')];
  const before = articles();
  // Messages of one author that belong together may be made anew when more of them come.
  const watched = before[6];
  log.scrollTop = 0;
  const { top } = watched.getBoundingClientRect();
  let last = await probe.painted();
  let frame = 0;
  const look = (now: number) => {
    frame = Math.max(frame, now - last);
    last = now;
  };
  // Ours asks for them by itself.
  globalThis.floor?.prepend();
  await probe.paintedWhen(() => {
    look(performance.now());
    return articles()[0] !== before[0];
  });
  look(await probe.painted());
  return { frame, drift: watched.isConnected ? Math.abs(watched.getBoundingClientRect().top - top) : NaN };
}

/** What the process that renders the page holds for the conversation, on a machine that tells (Linux). */
async function measureMemory(
  { ours, lit, plain }: Readonly<Record<'ours' | 'lit' | 'plain', ListPage>>,
  rounds: number,
) {
  const growth = async (list: ListPage) => {
    const chrome = await Chrome.launch();
    try {
      const tab = await chrome.newTab();
      await tab.prepare(installProbe);
      await list.load(tab);
      await tab.collectGarbage();
      const before = await chrome.rendererMemory();
      await list.open(tab);
      await tab.collectGarbage();
      const after = await chrome.rendererMemory();
      return Math.max(...[...after].map(([pid, megabytes]) => megabytes - (before.get(pid) ?? megabytes)));
    } finally {
      await chrome.stop();
    }
  };
  const shown = await takeTurns(rounds, {
    ours: () => growth(ours),
    lit: () => growth(lit),
    plain: () => growth(plain),
  });
  const of = { title: `memory of a conversation of ${LONG.toLocaleString('en-US')}`, unit: 'MB' };
  // Whatever else a browser does only adds to it.
  const least = (values: readonly number[]) => [Math.min(...values)];
  if (!Number.isFinite(least(shown.ours)[0])) return [];
  const vs = (name: keyof typeof shown) => {
    const { value, floor, ratio } = compare(least(shown.ours), least(shown[name]));
    return { ...of, value, floor, ratio };
  };
  return [
    finding({ ...vs('lit'), id: 'W8/memory', against: 'Lit, last 50', limit: { most: 2 } }),
    finding({ ...vs('plain'), id: 'W8/memory/plain', against: 'all in the page', limit: { most: 0.02 } }),
  ];
}

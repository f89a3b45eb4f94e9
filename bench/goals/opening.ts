import { bundleFloor } from '../browser/bundle.ts';
import { Chrome, type Tab } from '../browser/chrome.ts';
import { pageOf } from '../browser/contestants.ts';
import { deepChatPage, SHOWN } from '../browser/list-page.ts';
import { PageServer } from '../browser/page-server.ts';
import { installProbe } from '../browser/probe.ts';
import { identityOf, Shop } from '../browser/shop.ts';
import type { GoalGroup } from '../context.ts';
import { finding } from '../findings.ts';
import { compare, takeTurns } from '../rounds.ts';
import { median, percentile } from '../statistics.ts';

const SLOWER = 4;
/** At 60 a second. */
const FRAME_MS = 1_000 / 60;
const SENT = 3;
const MOST_ROUNDS = 9;
/** In which a pointer that stands on the launcher has fetched the code. */
const HOVER_MS = 300;

/** W7 and W11: what a hand feels, on a slow processor, from the event's own time until the frame is painted. */
export const opening: GoalGroup = {
  goals: ['W7', 'W11'],
  async run({ rounds }, room) {
    const pages = await room.keep(PageServer.start());
    const shop = await Shop.open(room);
    const { ada } = await shop.admit({ ada: [SHOWN] });
    const ours = pages.add('/ours', pageOf(shop.tag(identityOf(ada))));
    const script = pages.add('/lit-list.js', await bundleFloor('lit-list'));
    const lit = pages.add('/lit', pageOf(`<script type="module" src="${script}"></script><chat-widget></chat-widget>`));
    const deepChat = deepChatPage(pages, SHOWN);
    const chrome = await room.keep(Chrome.launch());
    const tab = await chrome.newTab();
    await tab.prepare(installProbe);
    await tab.prepare(timeInputs);

    const shown = await takeTurns(Math.min(rounds, MOST_ROUNDS), {
      ours: async () => {
        await tab.slowDown(1);
        await tab.page.goto(ours);
        await tab.evaluate(async () => {
          await customElements.whenDefined('chat-widget');
          await probe.paintedWhen(
            () => (document.querySelector('chat-widget') as { booted?: boolean }).booted === true,
          );
        }, null);
        return { opened: await clickLauncher(tab, SHOWN - 1), sent: await send(tab) };
      },
      lit: async () => {
        await tab.slowDown(1);
        await tab.page.goto(lit);
        await tab.evaluate((count) => {
          floor?.make(count);
          document.querySelector('chat-widget')!.addEventListener('click', () => floor?.open());
          addEventListener('keydown', ({ key }) => key === 'Enter' && floor?.append());
        }, SHOWN);
        return { opened: await clickLauncher(tab, SHOWN), sent: await send(tab) };
      },
      deepChat: async () => {
        await tab.slowDown(1);
        await deepChat.load(tab);
        await tab.slowDown(SLOWER);
        const before = performance.now();
        await deepChat.open(tab);
        return { opened: performance.now() - before, sent: [] };
      },
    });
    const opened = (name: keyof typeof shown) => shown[name].map((each) => each.opened);
    const sent = shown.ours.flatMap((each) => each.sent);
    const ofOpening = { title: `click until ${SHOWN} messages are painted, code there, ${SLOWER}× slower`, unit: 'ms' };
    return [
      finding({
        ...ofOpening,
        id: 'W7',
        value: median(opened('ours')),
        limit: { most: 100 },
        notes: ['the messages come from the server then'],
      }),
      finding({
        ...ofOpening,
        ...compare(opened('ours'), opened('lit')),
        id: 'W7/Lit',
        against: 'Lit, 50 in memory',
        limit: { most: 2 },
      }),
      finding({
        ...ofOpening,
        ...compare(opened('ours'), opened('deepChat')),
        id: 'W7/deep-chat',
        against: 'deep-chat',
      }),
      finding({
        id: 'W11',
        title: `Enter until one’s own words are painted, ${SLOWER}× slower`,
        unit: 'ms',
        value: median(sent),
        limit: { most: 2 * FRAME_MS },
        notes: [
          `one in ten: ${percentile(sent, 0.9).toFixed(0)} ms`,
          `Lit’s list alone: ${median(shown.lit.flatMap((each) => each.sent)).toFixed(0)} ms`,
        ],
      }),
    ];
  },
};

declare global {
  /** When the last click, or Enter, was made, ms. */
  var inputAt: number;
}

/** Runs in the page before anything else. */
function timeInputs(): void {
  addEventListener('click', ({ timeStamp }) => (globalThis.inputAt = timeStamp), { capture: true });
  addEventListener('keydown', ({ timeStamp }) => (globalThis.inputAt = timeStamp), { capture: true });
}

/** @param count messages that are there then; of ours, one of the first page is not a message */
async function clickLauncher(tab: Tab, count: number): Promise<number> {
  const { x, y } = await tab.evaluate(() => {
    const { left, top } = probe.find('chat-widget button, button')[0].getBoundingClientRect();
    return { x: left + 20, y: top + 20 };
  }, null);
  await tab.page.mouse.move(x, y);
  await tab.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), HOVER_MS);
  await tab.slowDown(SLOWER);
  const painted = tab.evaluate(async (most) => {
    const at = await probe.paintedWhen(() => probe.messages() >= most);
    return at - inputAt;
  }, count);
  await tab.page.mouse.click(x, y);
  return painted;
}

/** From Enter until it is painted, ms, of each but the first, with which code comes. */
async function send(tab: Tab): Promise<number[]> {
  const times: number[] = [];
  for (let each = 0; each <= SENT; each += 1) {
    await tab.evaluate(() => {
      const [field] = probe.find('textarea');
      (field as HTMLElement).focus();
    }, null);
    await tab.page.keyboard.type('Is it there?');
    const goal = 1 + (await tab.evaluate(() => probe.messages(), null));
    const painted = tab.evaluate(async (count) => {
      const at = await probe.paintedWhen(() => probe.messages() >= count);
      return at - inputAt;
    }, goal);
    await tab.page.keyboard.press('Enter');
    const ms = await painted;
    if (each > 0) times.push(ms);
  }
  return times;
}

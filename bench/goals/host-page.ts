import { Chrome, type Tab } from '../browser/chrome.ts';
import { launchers, pageOf, type Contestant } from '../browser/contestants.ts';
import { PageServer } from '../browser/page-server.ts';
import { installProbe } from '../browser/probe.ts';
import { Shop } from '../browser/shop.ts';
import type { GoalGroup } from '../context.ts';
import { finding } from '../findings.ts';
import { takeTurns, compare } from '../rounds.ts';
import { median } from '../statistics.ts';

const SLOWER = 4;
const MOST_ROUNDS = 7;
/** After the page's load event, and after the click: until nothing more comes on such a line. */
const SETTLED_MS = 1_200;

/** What the page has felt, by the browser's own observers. */
interface Felt {
  /** ms, https://web.dev/articles/lcp */
  readonly lcp: number;
  /** Of each long task what is beyond 50 ms, ms. */
  readonly tbt: number;
  /** Of all layout shifts, those right after an input too. */
  readonly cls: number;
}

declare global {
  var felt: { lcp: number; tbt: number; cls: number };
}

/** W5: a page with words and a picture of its own, on a slow phone and a slow line. */
export const hostPage: GoalGroup = {
  goals: ['W5'],
  async run({ rounds }, room) {
    const pages = await room.keep(PageServer.start());
    const { none, vanilla, ours, deepChat } = await launchers(pages, await Shop.open(room));
    pages.add('/picture.bmp', { type: 'image/bmp', body: picture() });
    const words = 'Bags of waxed canvas and leather, made in small batches and mended for life. '.repeat(6);
    const content =
      '<h1>A page</h1><img src="/picture.bmp" width="760" height="300" alt="A bag">' +
      Array.from({ length: 40 }, (_, section) => `<h2>Section ${section}</h2><p>${words}</p>`).join('');
    const chrome = await room.keep(Chrome.launch());
    const tab = await chrome.newTab();
    await tab.withoutCache();
    await tab.slowNetwork();
    await tab.slowDown(SLOWER);
    await tab.prepare(installProbe);
    await tab.prepare(observe);
    const visit = (name: string, { html }: Contestant, opens = false) => {
      const address = pages.add(`/host-${name}`, pageOf(html + content));
      return () => measure(tab, address, opens);
    };
    const shown = await takeTurns(Math.min(rounds, MOST_ROUNDS), {
      none: visit('none', none),
      vanilla: visit('vanilla', vanilla),
      ours: visit('ours', ours, true),
      deepChat: visit('deep-chat', deepChat),
    });
    const all = (name: keyof typeof shown, of: keyof Felt) => shown[name].map(({ loaded }) => loaded[of]);
    const opened = (of: keyof Felt) => shown.ours.map(({ opened }) => opened[of]);
    const more = (values: readonly number[], of: keyof Felt) => median(values) - median(all('none', of));
    const deepChatSaid = (of: keyof Felt, digits = 0) => `deep-chat: ${median(all('deepChat', of)).toFixed(digits)}`;
    const where = `a page of one’s own, slow line, ${SLOWER}× slower`;
    return [
      finding({
        ...compare(all('ours', 'lcp'), all('none', 'lcp')),
        id: 'W5/LCP',
        title: `largest paint of ${where}`,
        unit: 'ms',
        against: 'the page alone',
        limit: { most: 1.01 },
        notes: [`vanilla: ${median(all('vanilla', 'lcp')).toFixed(0)}`, deepChatSaid('lcp')],
      }),
      finding({
        id: 'W5/TBT',
        title: `blocked by the chat: ${where}`,
        unit: 'ms',
        value: more(all('ours', 'tbt'), 'tbt'),
        limit: { most: 0 },
        notes: [deepChatSaid('tbt')],
      }),
      finding({
        id: 'W5/TBT/open',
        title: 'the same until the panel is open',
        unit: 'ms',
        value: more(opened('tbt'), 'tbt'),
        limit: { most: 0 },
      }),
      finding({
        id: 'W5/CLS',
        title: `shifts of ${where}, worst`,
        unit: '',
        value: Math.max(...all('ours', 'cls')),
        limit: { most: 0 },
        notes: [deepChatSaid('cls', 3)],
      }),
      finding({
        id: 'W5/CLS/open',
        title: 'the same until the panel is open, worst',
        unit: '',
        value: Math.max(...opened('cls')),
        limit: { most: 0 },
      }),
    ];
  },
};

async function measure(tab: Tab, address: string, opens: boolean) {
  const { page } = tab;
  await page.goto('about:blank');
  await page.goto(address);
  await settle(tab);
  const loaded = await tab.evaluate(() => ({ ...felt }), null);
  if (!opens) return { loaded, opened: loaded };
  const { x, y } = await tab.evaluate(() => {
    const { left, top } = probe.find('button.launcher')[0].getBoundingClientRect();
    return { x: left + 20, y: top + 20 };
  }, null);
  await page.mouse.click(x, y);
  await tab.evaluate(() => probe.paintedWhen(() => probe.find('textarea').length > 0), null);
  await settle(tab);
  return { loaded, opened: await tab.evaluate(() => ({ ...felt }), null) };
}

const settle = (tab: Tab) => tab.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), SETTLED_MS);

/** Runs in the page before anything else. */
function observe(): void {
  globalThis.felt = { lcp: 0, tbt: 0, cls: 0 };
  const see = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  see('largest-contentful-paint', ({ startTime }) => (felt.lcp = startTime));
  see('longtask', ({ duration }) => (felt.tbt += Math.max(0, duration - 50)));
  see('layout-shift', (entry) => (felt.cls += (entry as PerformanceEntry & { readonly value: number }).value));
}

/** Noise of 60 kB, as a bitmap (BITMAPINFOHEADER): nothing makes it smaller on its way. */
function picture(): Buffer {
  const [width, height, head] = [160, 125, 54];
  const bytes = Buffer.alloc(head + width * height * 3);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(head, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let at = head; at < bytes.length; at += 1) bytes[at] = (at * 2_654_435_761) >>> 24;
  return bytes;
}

import { Chrome, type Tab } from '../browser/chrome.ts';
import { launchers, pageOf } from '../browser/contestants.ts';
import { PageServer } from '../browser/page-server.ts';
import { Shop, identityOf } from '../browser/shop.ts';
import type { GoalGroup } from '../context.ts';
import { finding } from '../findings.ts';

/** After which whatever a page does once has been done. */
const SETTLED_MS = 2_000;
/** The server’s heartbeat, with its jitter. */
const WATCHED_MS = 27_000;

/** What went on in a page by itself. */
interface Idle {
  frames: number;
  intervals: number;
  timeouts: number;
  sockets: number;
  requests: number;
  /** Of what is kept on the device. */
  writes: number;
}

declare global {
  var idle: Idle;
}

/** W12: a page on which nobody does anything, with the panel closed. */
export const idlePage: GoalGroup = {
  goals: ['W12'],
  async run({ quick }, room) {
    const pages = await room.keep(PageServer.start());
    const shop = await Shop.open(room);
    const { deepChat } = await launchers(pages, shop);
    const { ada } = await shop.admit({ ada: [1] });
    const chrome = await room.keep(Chrome.launch());
    const watched = quick ? SETTLED_MS : WATCHED_MS;
    const watch = async (name: string, html: string) => {
      const tab = await chrome.newTab();
      return watchIdle(tab, pages.add(`/idle-${name}`, pageOf(html)), watched);
    };
    // In tabs of their own, at the same time: nothing here is a matter of speed.
    const [ours, known, peer] = await Promise.all([
      watch('ours', shop.tag()),
      watch('known', shop.tag(identityOf(ada))),
      watch('deep-chat', deepChat.html),
    ]);
    const rest = { unit: '', limit: { most: 0 } };
    const title = 'with the panel closed';
    const beats = known.messages / (watched / 25_000);
    return [
      finding({ ...rest, id: 'W12/frames', title: `frames asked for ${title}`, value: ours.all.frames }),
      finding({ ...rest, id: 'W12/intervals', title: `intervals ${title}`, value: ours.all.intervals }),
      finding({ ...rest, id: 'W12/sockets', title: `sockets before anybody wants to chat`, value: ours.all.sockets }),
      finding({ ...rest, id: 'W12/storage', title: `what is kept on the device until then`, value: ours.all.writes }),
      finding({
        ...rest,
        id: 'W12/later',
        title: 'timers and requests once the page has settled',
        value: ours.later.timeouts + ours.later.requests,
        notes: [`deep-chat: ${peer.later.timeouts + peer.later.requests}`],
      }),
      finding({
        id: 'W12/heartbeat',
        title: 'heartbeats of a visitor who is known, in 25 s',
        unit: '',
        value: beats,
        limit: { most: 1 },
        notes: [`${known.all.sockets} socket, frames: ${known.all.frames}, intervals: ${known.all.intervals}`],
      }),
    ];
  },
};

async function watchIdle(tab: Tab, address: string, ms: number) {
  await tab.prepare(watchPage);
  await tab.devtools.send('Network.enable');
  let messages = 0;
  tab.devtools.on('Network.webSocketFrameReceived', () => (messages += 1));
  await tab.page.goto(address);
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  const settled = await tab.evaluate(() => ({ ...idle }), null);
  messages = 0;
  await new Promise((resolve) => setTimeout(resolve, ms));
  const all = await tab.evaluate(() => ({ ...idle }), null);
  const entries = Object.entries(all) as [keyof Idle, number][];
  const later = Object.fromEntries(entries.map(([what, count]) => [what, count - settled[what]])) as unknown as Idle;
  await tab.close();
  return { all, later, messages };
}

/** Runs in the page before anything else: counts whatever would keep a processor, a radio or a disk awake. */
function watchPage(): void {
  const idle: Idle = { frames: 0, intervals: 0, timeouts: 0, sockets: 0, requests: 0, writes: 0 };
  globalThis.idle = idle;
  const count = <Name extends string>(owner: Record<Name, unknown>, name: Name, what: keyof Idle) => {
    const original = owner[name] as (...all: unknown[]) => unknown;
    owner[name] = function (this: unknown, ...all: unknown[]) {
      idle[what] += 1;
      return original.apply(this, all);
    };
  };
  const page = globalThis as unknown as Record<string, unknown>;
  count(page, 'requestAnimationFrame', 'frames');
  count(page, 'requestIdleCallback', 'frames');
  count(page, 'setInterval', 'intervals');
  count(page, 'setTimeout', 'timeouts');
  count(page, 'fetch', 'requests');
  count(XMLHttpRequest.prototype as unknown as Record<'send', unknown>, 'send', 'requests');
  count(Storage.prototype as unknown as Record<'setItem', unknown>, 'setItem', 'writes');
  count(IDBFactory.prototype as unknown as Record<'open', unknown>, 'open', 'writes');
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      idle.sockets += 1;
    }
  };
}

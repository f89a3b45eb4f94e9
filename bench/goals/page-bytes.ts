import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { filesByStage } from '../../scripts/bundle-graph.mjs';
import { Chrome } from '../browser/chrome.ts';
import { launchers, pageOf } from '../browser/contestants.ts';
import { bundleFloor } from '../browser/bundle.ts';
import { PageServer } from '../browser/page-server.ts';
import { Shop } from '../browser/shop.ts';
import type { GoalGroup } from '../context.ts';
import { finding } from '../findings.ts';

const BUNDLES = fileURLToPath(new URL('../../dist-cdn/', import.meta.url));
/** Built from its source in November 2026, brotli: until its launcher shows, and until its panel is open. */
const LIBREDESK = { launcher: 222_000, panel: 259_000 };
/** In which whatever a page requests by itself has long begun. */
const SETTLED_MS = 1_000;

/** W1 and W2: what travels, brotli. Nothing to take turns for: bytes are bytes. */
export const pageBytes: GoalGroup = {
  goals: ['W1', 'W2'],
  async run(_settings, room) {
    const pages = await room.keep(PageServer.start());
    const shop = await Shop.open(room);
    const { vanillaLazy, deepChat } = await launchers(pages, shop);
    const address = pages.add('/shop', pageOf(shop.tag()));
    const chrome = await room.keep(Chrome.launch());
    const { page } = await chrome.newTab();
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    await page.goto(address);
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    const [loader, ...further] = requested.filter((url) => url !== address && !url.endsWith('/favicon.ico'));
    const before = await weigh(loader);

    const files = filesByStage(BUNDLES).conversation;
    const open = before + [...files].reduce((sum, file) => sum + readFileSync(`${file}.br`).length, 0);
    const peer = deepChat.script!.brotli.length;
    const floor = vanillaLazy.script!.brotli.length;
    const list = (await bundleFloor('lit-list')).brotli.length;
    const ofLoader = { title: 'until somebody wants to chat', unit: 'B', value: before };
    const ofOpen = { title: 'until a visitor who comes back reads a conversation', unit: 'B', value: open };
    return [
      finding({ ...ofLoader, id: 'W1', limit: { most: 2_048 } }),
      finding({ ...ofLoader, id: 'W1/vanilla', against: 'vanilla, lazy', floor, limit: { most: 3.5 } }),
      finding({
        id: 'W1/requests',
        title: 'further requests until then',
        unit: '',
        value: further.length,
        limit: { most: 0 },
        notes: further,
      }),
      finding({ ...ofLoader, id: 'W1/deep-chat', against: 'deep-chat', floor: peer, limit: { most: 1 / 40 } }),
      finding({
        ...ofLoader,
        id: 'W1/Libredesk',
        against: 'Libredesk, built',
        floor: LIBREDESK.launcher,
        limit: { most: 1 / 100 },
      }),
      finding({
        ...ofOpen,
        id: 'W2',
        limit: { most: 30_000 },
        notes: [`${files.size + 1} files, the loader’s ${before} B with them`],
      }),
      finding({ ...ofOpen, id: 'W2/Lit', against: 'Lit button and list', floor: list }),
      finding({ ...ofOpen, id: 'W2/deep-chat', against: 'deep-chat', floor: peer, limit: { most: 1 / 3 } }),
      finding({
        ...ofOpen,
        id: 'W2/Libredesk',
        against: 'Libredesk, built',
        floor: LIBREDESK.panel,
        limit: { most: 1 / 8 },
      }),
    ];
  },
};

/** Bytes of an answer's body as it travels. */
async function weigh(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers: { 'accept-encoding': 'br' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => resolve(bytes));
    });
    request.on('error', reject);
  });
}

import { Chrome } from '../browser/chrome.ts';
import { PageServer } from '../browser/page-server.ts';
import { Shop } from '../browser/shop.ts';
import type { GoalGroup } from '../context.ts';
import { finding } from '../findings.ts';
import { takeTurns } from '../rounds.ts';
import { median } from '../statistics.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
type Category = (typeof CATEGORIES)[number];
const MOST_ROUNDS = 3;
/** What brings the demo shop's chat. Without it the tag means nothing to a browser; the shop's own scripts speak to it. */
const SCRIPT = /<script [^>]*src="\/chat\/[^"]*"[^>]*><\/script>/;

/** W13: what Lighthouse says of the demo shop, with the tag and without. */
export const lighthouse: GoalGroup = {
  goals: ['W13'],
  async run({ rounds }, room) {
    const { default: audit } = await import('lighthouse');
    const shop = await Shop.open(room);
    const pages = await room.keep(PageServer.start(shop.url));
    const page = await (await fetch(shop.url)).text();
    if (!SCRIPT.test(page)) throw new Error('The demo shop has no chat.');
    const run = (address: string) => async () => {
      const chrome = await Chrome.launch();
      try {
        const options = { port: chrome.port, onlyCategories: [...CATEGORIES], output: 'json', logLevel: 'error' };
        const { categories, runtimeError } = (await audit(address, options))!.lhr;
        if (runtimeError) throw new Error(runtimeError.message);
        return Object.fromEntries(
          CATEGORIES.map((category) => [category, (categories[category].score ?? NaN) * 100]),
        ) as Record<Category, number>;
      } finally {
        await chrome.stop();
      }
    };
    const shown = await takeTurns(Math.min(rounds, MOST_ROUNDS), {
      tagged: run(pages.add('/tagged', page)),
      plain: run(pages.add('/plain', page.replace(SCRIPT, ''))),
    });
    return CATEGORIES.map((category) => {
      const [tagged, plain] = [shown.tagged, shown.plain].map((each) => median(each.map((scores) => scores[category])));
      return finding({
        id: `W13/${category}`,
        title: `Lighthouse, ${category}: points that the tag costs the demo shop`,
        unit: 'points',
        value: plain - tagged,
        limit: { most: 1 },
        notes: [`${tagged.toFixed(0)} with it, ${plain.toFixed(0)} without`],
      });
    });
  },
};

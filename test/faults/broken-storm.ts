/** A storm over a product that `break-product.ts` has broken: prints what came of it as the last line, in JSON. */
import { BAD_DAY } from './faults.ts';
import { SqliteSite } from './sqlite-site.ts';
import { storm } from './storm.ts';

const [seed = '1', scale = '1'] = process.argv.slice(2);
const site = await SqliteSite.start();
try {
  const result = await storm({
    name: 'R15',
    store: site.store,
    seed: Number(seed),
    scale: Number(scale),
    site,
    messages: Math.round(3_000 * Number(scale)),
    kills: 4,
    visitors: 8,
    consoles: 1,
    faults: BAD_DAY,
    // It may never get well.
    stallMs: 15_000,
    log: (line) => console.log(line),
    signal: new AbortController().signal,
  });
  console.log(JSON.stringify(result));
} finally {
  await site.dispose();
}
process.exit();

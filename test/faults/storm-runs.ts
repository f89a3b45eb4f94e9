import { once } from 'node:events';
import { ClusterSite } from './cluster-site.ts';
import type { FaultRun, RunOptions, StoreKind } from './fault-run.ts';
import { BAD_DAY } from './faults.ts';
import type { Site } from './site.ts';
import { SqliteSite } from './sqlite-site.ts';
import { storm, type StormOptions } from './storm.ts';

type Size = Pick<StormOptions, 'messages' | 'kills' | 'visitors' | 'consoles' | 'comings' | 'atLeast'>;

const SITES: Readonly<Record<StoreKind, () => Promise<Site>>> = {
  sqlite: () => SqliteSite.start(),
  'postgres+nats': () => ClusterSite.start(),
};

function stormRun(name: string, title: string, stores: readonly StoreKind[], size: Size): FaultRun {
  return {
    name,
    title,
    stores,
    async run(options: RunOptions) {
      const site = await SITES[options.store]();
      try {
        const [messages, kills] = [size.messages, size.kills].map((full) =>
          Math.max(1, Math.round(full * options.scale)),
        );
        const aborted = once(options.signal, 'abort').then(() => Promise.reject(options.signal.reason as Error));
        const atLeast = options.scale >= 1 ? size.atLeast : undefined;
        return await Promise.race([
          storm({ ...options, ...size, name, site, messages, kills, atLeast, faults: BAD_DAY }),
          aborted,
        ]);
      } finally {
        await site.dispose();
      }
    },
  };
}

/** Small enough for every commit. */
export const R1 = stormRun('R1', 'everybody talks, the network is bad, the server is killed', ['sqlite'], {
  messages: 5_000,
  kills: 4,
  visitors: 15,
  consoles: 2,
});

export const R2 = stormRun('R2', 'the same for long, on every store', ['sqlite', 'postgres+nats'], {
  messages: 100_000,
  kills: 30,
  visitors: 40,
  consoles: 2,
  comings: 10,
  atLeast: { kills: 20, resumes: 1_000, duplicatedFrames: 5_000 },
});

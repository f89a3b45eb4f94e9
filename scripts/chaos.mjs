/**
 * The browser's part of chaos (server/test/support/chaos.ts): every `import()` of the product comes late, also when its
 * module is there already; and Chromium's pages get a fraction of the processor.
 */
import { availableParallelism, loadavg } from 'node:os';
import { CHAOS, chance } from '../server/test/support/chaos.ts';

export { CHAOS };

/** How late a module comes at most, ms. */
const LATE_MS = 400;
/** How many times slower than with this machine for itself a page is, least and most. */
const SLOWER = /** @type {const} */ ([4, 6]);

/** For a test page, before its modules: how its imports wait. Clocks that a test sets make no difference to them. */
export const chaosScript = () =>
  CHAOS
    ? `<script>
      {
        const { setTimeout } = window;
        let state = ${Math.floor(chance() * 2 ** 31) || 1};
        const next = () => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff;
        window.chaosLate = () => new Promise((resolve) => setTimeout(resolve, next() * ${LATE_MS}));
      }
    </script>`
    : '';

/**
 * For @web/test-runner; comes after what makes JavaScript of the sources.
 *
 * @returns {import('@web/test-runner-core').TestRunnerPlugin}
 */
export function lateImports() {
  return {
    name: 'late-imports',
    transform(context) {
      if (!CHAOS || !context.path.startsWith('/src/') || typeof context.body !== 'string') return undefined;
      return context.body.replace(/\bimport\((["'][^"']+["'])\)/g, 'chaosLate().then(() => import($1))');
    },
  };
}

/** @param {import('puppeteer-core').Page} page Chromium's */
export async function slowDown(page) {
  if (!CHAOS) return page;
  const [least, most] = SLOWER;
  // Who is throttled burns what others could use: on a busy machine it is slow already.
  const already = (loadavg()[0] ?? 0) / availableParallelism();
  const rate = (least + chance() * (most - least)) / Math.max(1, already);
  if (rate <= 1) return page;
  const devTools = await page.createCDPSession();
  await devTools.send('Emulation.setCPUThrottlingRate', { rate });
  return page;
}

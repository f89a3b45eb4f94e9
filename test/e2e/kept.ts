import type { Page } from './page.ts';

const PATIENCE_MS = 30_000;

/** Waits until these words are on the device: on screen they are a little earlier, and a page that goes takes them along. */
export function untilKept(page: Page, words: string): Promise<void> {
  return page.evaluate(
    async ({ text, patienceMs }) => {
      const kept = () =>
        new Promise<unknown[]>((resolve, reject) => {
          const opening = indexedDB.open('chat-widget');
          opening.onerror = () => reject(opening.error ?? new Error('refused'));
          opening.onsuccess = () => {
            const reading = opening.result.transaction('kept').objectStore('kept').getAll();
            reading.onsuccess = () => {
              opening.result.close();
              resolve(reading.result);
            };
          };
        });
      const deadline = performance.now() + patienceMs;
      while (!JSON.stringify(await kept()).includes(text)) {
        if (performance.now() > deadline) throw new Error(`"${text}" is not kept.`);
        // Between two looks only.
        // eslint-disable-next-line no-restricted-syntax
        await new Promise((done) => setTimeout(done, 40));
      }
    },
    { text: words, patienceMs: PATIENCE_MS },
  );
}

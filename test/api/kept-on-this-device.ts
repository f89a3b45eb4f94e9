/** What a chat keeps in this browser, for tests that look at it or start without it. */
import { until } from '../support/until.ts';

/** Deletes everything. Never resolves while somebody holds the database open: who was closed must have let go of it. */
export function forgetEverything(): Promise<void> {
  localStorage.clear();
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('chat-widget');
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('refused'));
  });
}

/** Everything that is kept, as text: to see that something is, or is not, among it. */
export async function everythingKept(): Promise<string> {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  if (!names.includes('chat-widget')) return JSON.stringify({ ...localStorage });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('chat-widget');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('refused'));
  });
  const kept = await new Promise<[IDBValidKey[], unknown[]]>((resolve, reject) => {
    const transaction = database.transaction('kept');
    const table = transaction.objectStore('kept');
    const [keys, values] = [table.getAllKeys(), table.getAll()];
    transaction.oncomplete = () => resolve([keys.result, values.result as unknown[]]);
    transaction.onerror = () => reject(transaction.error ?? new Error('refused'));
  });
  database.close();
  return JSON.stringify([...kept, { ...localStorage }]);
}

/** Resolves when all of these words are kept. */
export function untilKept(...words: readonly string[]): Promise<void> {
  const isKept = async () => {
    const kept = await everythingKept();
    return words.every((each) => kept.includes(each));
  };
  return until(isKept, `not kept: ${words.join(', ')}`);
}

/** Resolves when these words are not kept any more. */
export function untilForgotten(words: string): Promise<void> {
  return until(async () => !(await everythingKept()).includes(words), `still kept: ${words}`);
}

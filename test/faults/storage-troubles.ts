/** What can be wrong with what a browser keeps for a page. */
import type { ChatPage } from './chat-page.ts';

const DATABASE = 'chat-widget';

/** Where a trouble happens. */
export interface Scene {
  readonly page: ChatPage;
  readonly origin: string;
  /** Another page of the same origin, without the chat. */
  readonly other: ChatPage;
}

/** What can happen to what a browser keeps. */
export interface Trouble {
  readonly name: string;
  /** Something could not be kept, or was lost: the page must hear of it, once. */
  readonly isTold: boolean;
  /** Only Chromium can be made to. */
  readonly isChromiumOnly?: boolean;
  /** Where the chat is; default `/`. */
  readonly path?: string;
  /** Before the chat is there. */
  readonly before?: (scene: Scene) => Promise<unknown>;
  /** While messages are on their way. */
  readonly meanwhile?: (scene: Scene, part: number) => Promise<unknown>;
}

export const TROUBLES: readonly Trouble[] = [
  {
    name: 'a quota of 10 KB',
    isTold: true,
    isChromiumOnly: true,
    before: ({ page, origin }) =>
      page.devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 10 * 1_024 }),
  },
  {
    name: 'a database that cannot be opened',
    isTold: true,
    before: async ({ page, other }) => {
      await other.tab.evaluate(raiseVersion, DATABASE, 2);
      await page.tab.evaluateOnNewDocument(failToOpen, DATABASE);
    },
  },
  {
    name: "a database that is somebody else's",
    isTold: true,
    before: ({ other }) => other.tab.evaluate(raiseVersion, DATABASE, 2),
  },
  {
    name: 'a database whose deletion is blocked',
    isTold: true,
    before: ({ other }) => other.tab.evaluate(blockDeletion, DATABASE),
  },
  {
    name: 'a database that becomes another version',
    isTold: false,
    meanwhile: ({ other }, part) => other.tab.evaluate(raiseVersion, DATABASE, part + 2),
  },
  {
    name: 'no indexedDB at all',
    isTold: true,
    before: ({ page }) => page.tab.evaluateOnNewDocument(hideIndexedDb),
  },
  {
    name: 'site data cleared under the page',
    isTold: true,
    isChromiumOnly: true,
    meanwhile: ({ page, origin }) => page.devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }),
  },
  { name: 'a frame without an origin', isTold: true, path: '/framed' },
];

/** Runs in the page: it asks for an older version than there is, so that every request to open the database fails. */
function failToOpen(database: string): void {
  const open = Reflect.get(IDBFactory.prototype, 'open') as IDBFactory['open'];
  IDBFactory.prototype.open = function (name, version) {
    return open.call(this, name, name === database ? 1 : version);
  };
}

/** Runs in the page: a browser without it. */
function hideIndexedDb(): void {
  Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
}

/** Runs in another page: it holds the database open, lets go of it for nobody, and wants it deleted. */
async function blockDeletion(database: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(database);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      Object.assign(globalThis, { held: opening.result });
      indexedDB.deleteDatabase(database).onblocked = () => resolve();
    };
  });
}

/** Runs in another page: it upgrades the database, as a later version of the chat might; or makes an empty one. */
async function raiseVersion(database: string, version: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(database, version);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      opening.result.close();
      resolve();
    };
  });
}

import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { makePrivateFolder } from '../store/private-files.ts';
import { StorageUnavailable } from './storage.ts';
import type { ArrivedFile, ByteRange, FileStorage } from './storage.ts';

/** Files in a folder, spread over 65,536 folders in it, so that none grows too large to be listed. */
export class DiskStorage implements FileStorage {
  readonly #folder: string;

  /** @param folder on the file system of the folder in which files arrive; several nodes must share it */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Key `abcd…` stands at `ab/cd/abcd…`. */
  #pathOf(key: string): string {
    if (!/^[0-9a-f]{32}$/.test(key)) throw new Error('This is no key of a file.');
    return join(this.#folder, key.slice(0, 2), key.slice(2, 4), key);
  }

  async put(key: string, { path }: ArrivedFile): Promise<void> {
    const place = this.#pathOf(key);
    const folder = dirname(place);
    try {
      makePrivateFolder(folder);
      await sync(path);
      await rename(path, place);
      // The names too are on the disk only when their folders are.
      for (const each of [folder, dirname(folder), this.#folder]) await sync(each);
    } catch (error) {
      throw new StorageUnavailable('The file could not be written.', { cause: error });
    }
  }

  async open(key: string, range?: ByteRange): Promise<Readable | null> {
    const place = this.#pathOf(key);
    try {
      const file = await open(place);
      return file.createReadStream(range);
    } catch (error) {
      if (isMissing(error)) return null;
      throw new StorageUnavailable('The file could not be read.', { cause: error });
    }
  }

  async remove(key: string): Promise<void> {
    const place = this.#pathOf(key);
    try {
      await rm(place, { force: true });
    } catch (error) {
      throw new StorageUnavailable('The file could not be removed.', { cause: error });
    }
  }
}

async function sync(path: string): Promise<void> {
  await using handle = await open(path);
  await handle.sync();
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

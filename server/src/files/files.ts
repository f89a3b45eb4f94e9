import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { ConfigError } from '../config.ts';
import type { Config } from '../config.ts';
import { Refusal, tooMany } from '../refusal.ts';
import type { AttachmentRow, Uploader } from '../store/attachments.ts';
import { makePrivateFolder } from '../store/private-files.ts';
import type { Store } from '../store/store.ts';
import { DiskStorage } from './disk-storage.ts';
import { safeName } from './file-name.ts';
import { hashOf, receive } from './receive.ts';
import { S3Storage } from './s3-storage.ts';
import { isPicture } from './kinds.ts';
import { sniff } from './sniff.ts';
import type { Kind } from './sniff.ts';
import { StorageUnavailable } from './storage.ts';
import type { ArrivedFile, ByteRange, FileStorage } from './storage.ts';
import { strip } from './strip.ts';

/** One upload as it is asked for. */
export interface Upload {
  readonly inboxId: string;
  /** UUID; a visitor's conversation need not exist yet. */
  readonly conversationId: string;
  readonly by: Uploader;
  /** What its sender calls it. */
  readonly name: string;
  readonly content: Readable;
  readonly rules: UploadRules;
}

/** A picture for everybody. */
export interface PictureUpload {
  readonly uploaderId: string;
  readonly content: Readable;
  readonly mostBytes: number;
}

export interface UploadRules {
  /** Of one file. */
  readonly mostBytes: number;
  /** Of one uploader within 24 hours; none for agents. */
  readonly perDay?: { readonly files: number; readonly bytes: number };
  /** Pictures lose what stands beside their pixels. */
  readonly strip: boolean;
}

/** An upload that was never sent is forgotten after this time. */
const UNSENT_MS = 24 * 60 * 60 * 1_000;
/** Uploads of one uploader that arrive at once on this node. */
const AT_ONCE = 6;
/** What lies so long where files arrive was left there by a process that died. No upload takes as long. */
const STRANDED_MS = 60 * 60 * 1_000;

interface FilesParts extends Pick<Config, 'dataDir' | 'files' | 'nats'> {
  readonly store: Store;
  readonly log: FastifyBaseLogger;
}

/** Files on their way in, in their place, and on their way out. */
export class Files {
  readonly #store: Store;
  readonly #log: FastifyBaseLogger;
  readonly #storage: FileStorage;
  /** Where uploads arrive: on the file system of the storage, where that is a folder. */
  readonly #arrivals: string;
  readonly #isTemporary: boolean;
  readonly #underWay = new Map<string, number>();
  #sweeping: Promise<void> | undefined;

  /** @throws ConfigError when there is no place for files */
  constructor({ dataDir, files: bucket, nats, store, log }: FilesParts) {
    const folder = join(dataDir, 'files');
    try {
      this.#arrivals = bucket ? mkdtempSync(join(tmpdir(), 'chat-files-')) : join(folder, 'arriving');
      makePrivateFolder(this.#arrivals);
    } catch (error) {
      throw new ConfigError(`Files have no place to arrive: ${error instanceof Error ? error.message : ''}.`);
    }
    if (nats && !bucket) log.warn(`files stand in ${folder}, which all nodes must share; FILES_URL names a bucket`);
    this.#storage = bucket ? new S3Storage(bucket) : new DiskStorage(folder);
    this.#isTemporary = bucket !== undefined;
    this.#store = store;
    this.#log = log;
  }

  /**
   * Takes a file in: to the disk while it arrives, looked at, stripped if so wished, then to its place.
   *
   * @throws Refusal `too_large`, `bad_request` (empty, a picture that nobody could show), `rate_limited`, `unavailable`
   */
  async take(upload: Upload): Promise<AttachmentRow> {
    return this.#arriving(upload.by.id, upload.content, upload.rules.mostBytes, (arrived, key) =>
      this.#keep(key, upload, arrived),
    );
  }

  /** Lets a file arrive, and sees to it that nothing of it is left there. */
  async #arriving<T>(
    uploaderId: string,
    content: Readable,
    mostBytes: number,
    keep: (arrived: ArrivedFile, key: string) => Promise<T>,
  ): Promise<T> {
    const count = this.#underWay.get(uploaderId) ?? 0;
    if (count >= AT_ONCE) throw tooMany('filesAtOnce', 1_000);
    this.#underWay.set(uploaderId, count + 1);
    const key = randomBytes(16).toString('hex');
    const path = join(this.#arrivals, key);
    try {
      return await keep(await receive(content, path, mostBytes), key);
    } catch (error) {
      throw asRefusal(error);
    } finally {
      await rm(path, { force: true });
      const left = (this.#underWay.get(uploaderId) ?? 1) - 1;
      if (left > 0) this.#underWay.set(uploaderId, left);
      else this.#underWay.delete(uploaderId);
    }
  }

  /**
   * Takes in a picture that everybody may see. The same picture has the same id, whoever uploads it, and stays for ever.
   *
   * @throws Refusal `too_large`, `bad_request` (empty, no picture), `rate_limited`, `unavailable`
   */
  async takePicture({ uploaderId, content, mostBytes }: PictureUpload): Promise<Kind & { readonly id: string }> {
    return this.#arriving(uploaderId, content, mostBytes, async (arrived) => {
      const kind = await sniff(arrived.path);
      if (!isPicture(kind.mediaType)) {
        const message = 'This is no picture that can be shown here. Choose a PNG, JPEG, GIF, WebP or AVIF.';
        throw new Refusal('bad_request', message, { field: '/file' });
      }
      const id = arrived.sha256.slice(0, 32);
      await this.#storage.put(publicKey(id), arrived);
      return { ...kind, id };
    });
  }

  /** Null when there is none. @throws Refusal `unavailable` */
  async openPicture(id: string): Promise<Readable | null> {
    try {
      return await this.#storage.open(publicKey(id));
    } catch (error) {
      throw asRefusal(error);
    }
  }

  async #keep(key: string, upload: Upload, arrived: ArrivedFile): Promise<AttachmentRow> {
    const { inboxId, conversationId, by: uploader, rules } = upload;
    let kind = await sniff(arrived.path);
    let file = arrived;
    const target = `${arrived.path}.stripped`;
    try {
      const stripped = rules.strip ? await stripTo(target, arrived) : undefined;
      if (stripped) [file, kind] = [stripped, await sniff(target)];
      const name = safeName(upload.name, kind.mediaType);
      const added = await this.#store.attachments.add(
        { file: { name, bytes: file.bytes, ...kind }, storageKey: key, inboxId, conversationId, uploader },
        rules.perDay,
      );
      if ('rule' in added) throw tooMany(added.rule, added.retryAfterMs);
      // The row first: should this fail half-way, or the power, housekeeping finds by it what is to be removed.
      await this.#storage.put(key, file);
      return added;
    } finally {
      await rm(target, { force: true });
    }
  }

  /** The content; null when it is not there. @throws Refusal `unavailable` */
  async open({ storageKey }: AttachmentRow, range?: ByteRange): Promise<Readable | null> {
    try {
      return await this.#storage.open(storageKey, range);
    } catch (error) {
      throw asRefusal(error);
    }
  }

  /** Removes what was discarded, and what was uploaded and not sent. Never throws; what fails is tried the next time. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep()
      .catch((error: unknown) => this.#log.warn({ err: error }, 'files could not be removed; it is tried again'))
      .finally(() => (this.#sweeping = undefined));
    return this.#sweeping;
  }

  async #sweep(): Promise<void> {
    const { attachments } = this.#store;
    await clear(this.#arrivals, Date.now() - STRANDED_MS);
    await attachments.discardForgotten(Date.now() - UNSENT_MS);
    for (;;) {
      const discarded = await attachments.discarded();
      for (const { storageKey } of discarded) await this.#storage.remove(storageKey);
      await attachments.forget(discarded.map(({ id }) => id));
      if (discarded.length === 0) return;
    }
  }

  /** Waits for what is being removed. Uploads are over when the doors are shut. */
  async close(): Promise<void> {
    await this.#sweeping;
    if (this.#isTemporary) await rm(this.#arrivals, { recursive: true, force: true });
  }
}

/**
 * Where a public picture stands. It cannot be where a file of a conversation does, whatever id somebody asks for: those
 * have keys of their own, which no hash leads to.
 */
function publicKey(id: string): string {
  return createHash('sha256').update(`public picture ${id}`).digest('hex').slice(0, 32);
}

/** Undefined where there is nothing to strip. @throws Refusal when the picture cannot be */
async function stripTo(path: string, { path: source }: ArrivedFile): Promise<ArrivedFile | undefined> {
  const bytes = await strip(source, path);
  return bytes === undefined ? undefined : { path, bytes, sha256: await hashOf(path) };
}

/** Removes the files of a folder that nobody has written to since. @param before ms since 1970 */
async function clear(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < before) await rm(path, { force: true });
  }
}

/** The storage being away is nobody's fault, and may be over soon. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof StorageUnavailable)) return error;
  return new Refusal('unavailable', 'The place for files cannot be reached just now.', { retryAfterMs: 5_000 });
}

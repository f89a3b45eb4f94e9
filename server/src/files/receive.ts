import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../refusal.ts';
import type { ArrivedFile } from './storage.ts';

/**
 * Writes what arrives to a file, and no byte more than the limit.
 *
 * @param path of a file that is not there yet
 * @throws Refusal `too_large`, as soon as it is; `bad_request` when nothing arrives, or not all of it
 */
export async function receive(source: Readable, path: string, mostBytes: number): Promise<ArrivedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > mostBytes) return done(tooLarge(mostBytes));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  let isBroken = false;
  source.once('error', () => (isBroken = true));
  try {
    await pipeline(source, count, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    if (isBroken && !(error instanceof Refusal)) throw new Refusal('bad_request', 'The upload broke off.');
    throw error;
  }
  if (bytes === 0) throw new Refusal('bad_request', 'The file is empty.', { field: '/file' });
  return { path, bytes, sha256: hash.digest('hex') };
}

export function tooLarge(mostBytes: number): Refusal {
  return new Refusal('too_large', `A file may have ${mostBytes} bytes; this one has more.`, { field: '/file' });
}

/** The hash of a file that is here already. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

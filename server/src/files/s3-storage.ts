import { openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import type { S3Address } from './s3-address.ts';
import { StorageUnavailable } from './storage.ts';
import type { ArrivedFile, ByteRange, FileStorage } from './storage.ts';

/** A bucket that does not begin to answer within this time (ms) is away. */
const ANSWER_MS = 15_000;
/** A file may take so long on its way to the bucket, ms. */
const PUT_MS = 10 * 60_000;
/** Tries of one request, the first included, while the bucket says that it cannot just now. */
const TRIES = 3;

/** Files in a bucket of anything that speaks S3, reached by the nodes alone: the bucket stays private. */
export class S3Storage implements FileStorage {
  readonly #address: S3Address;
  readonly #client: AwsClient;

  constructor(address: S3Address) {
    const { accessKeyId, secretAccessKey, region } = address;
    this.#address = address;
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: TRIES - 1 });
  }

  async put(key: string, { path, sha256 }: ArrivedFile): Promise<void> {
    // Read from the disk as it is sent, and its length is known: S3 takes nothing of unknown length.
    const body = await openAsBlob(path);
    const headers = { 'X-Amz-Content-Sha256': sha256, 'Content-Type': 'application/octet-stream' };
    await this.#ask(key, { method: 'PUT', body, headers }, PUT_MS);
  }

  async open(key: string, range?: ByteRange): Promise<Readable | null> {
    const headers: Record<string, string> = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
    const { status, body } = await this.#ask(key, { method: 'GET', headers }, ANSWER_MS);
    if (status === 404) return null;
    if (!body || status !== (range ? 206 : 200))
      throw new StorageUnavailable(`The bucket answered ${status} to a GET.`);
    // Node's own type of the stream; where the browser's types are known too, the two differ.
    const stream: unknown = body;
    return Readable.fromWeb(stream as ReadableStream);
  }

  async remove(key: string): Promise<void> {
    const { body } = await this.#ask(key, { method: 'DELETE' }, ANSWER_MS);
    await body?.cancel();
  }

  /** @throws StorageUnavailable for whatever is neither done nor missing */
  async #ask(key: string, init: RequestInit, patienceMs: number): Promise<Response> {
    const impatience = new AbortController();
    const timer = setTimeout(() => impatience.abort(), patienceMs);
    let answer: Response;
    try {
      answer = await this.#client.fetch(`${this.#address.url}/${key}`, { ...init, signal: impatience.signal });
    } catch (error) {
      throw new StorageUnavailable('The bucket does not answer.', { cause: error });
    } finally {
      clearTimeout(timer);
    }
    if (answer.ok || (answer.status === 404 && init.method !== 'PUT')) return answer;
    await answer.body?.cancel();
    throw new StorageUnavailable(`The bucket answered ${answer.status} to a ${init.method}.`);
  }
}

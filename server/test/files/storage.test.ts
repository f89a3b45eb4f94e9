import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { DiskStorage } from '../../src/files/disk-storage.ts';
import { readS3Address } from '../../src/files/s3-address.ts';
import { S3Storage } from '../../src/files/s3-storage.ts';
import { StorageUnavailable } from '../../src/files/storage.ts';
import type { ArrivedFile, FileStorage } from '../../src/files/storage.ts';
import { openBucket } from '../support/bucket.ts';
import type { Bucket } from '../support/bucket.ts';

const folder = mkdtempSync(join(tmpdir(), 'chat-storage-test-'));
let bucket: Bucket;
before(async () => {
  bucket = await openBucket();
});
after(async () => {
  await bucket.remove();
  rmSync(folder, { recursive: true, force: true });
});

const newKey = (): string => randomBytes(16).toString('hex');

function arrive(content: Buffer): ArrivedFile {
  const path = join(folder, newKey());
  writeFileSync(path, content, { mode: 0o600 });
  return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

for (const [name, open] of [
  ['disk', () => new DiskStorage(join(folder, 'files'))],
  ['bucket', () => new S3Storage(bucket.address)],
] as const) {
  describe(`Files on ${name}`, () => {
    let storage: FileStorage;
    before(() => {
      storage = open();
    });

    it('are there for every node, whole and in part, until they are removed', async () => {
      const key = newKey();
      const content = randomBytes(300_000);
      await storage.put(key, arrive(content));
      const other = open();
      const read = async (range?: { start: number; end: number }) => {
        const stream = await other.open(key, range);
        return stream && buffer(stream);
      };
      // Not deepEqual: the difference of two large buffers takes minutes to print.
      assert.ok((await read())?.equals(content));
      assert.ok((await read({ start: 0, end: 9 }))?.equals(content.subarray(0, 10)));
      assert.ok((await read({ start: 299_990, end: 299_999 }))?.equals(content.subarray(299_990)));
      await other.remove(key);
      assert.equal(await read(), null);
      await storage.remove(key);
    });

    it('that nobody has put there are not there', async () => {
      assert.equal(await storage.open(newKey()), null);
      await storage.remove(newKey());
    });
  });
}

describe('Files on disk', () => {
  it('stand two folders deep, for their owner alone', async () => {
    const key = newKey();
    await new DiskStorage(join(folder, 'files')).put(key, arrive(Buffer.from('x')));
    const path = join(folder, 'files', key.slice(0, 2), key.slice(2, 4), key);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(join(path, '..')).mode & 0o777, 0o700);
  });

  it('have keys of ours only: nothing leads out of the folder', async () => {
    const storage = new DiskStorage(join(folder, 'files'));
    for (const key of ['../../../etc/passwd', '', 'a'.repeat(31), `${'a'.repeat(32)}/x`]) {
      await assert.rejects(storage.open(key), /no key/);
      await assert.rejects(storage.remove(key), /no key/);
    }
  });
});

describe('A bucket that is away', () => {
  it('is said to be, and is used again when it is back', async () => {
    const storage = new S3Storage(bucket.address);
    const key = newKey();
    await bucket.stop();
    const file = arrive(Buffer.from('later'));
    await assert.rejects(storage.put(key, file), StorageUnavailable);
    await assert.rejects(storage.open(key), StorageUnavailable);
    await bucket.start();
    await storage.put(key, file);
    const stream = await storage.open(key);
    assert.equal(stream && (await buffer(stream)).toString(), 'later');
  });

  it('refuses whoever has not its key: that is no missing file', async () => {
    const stranger = new S3Storage({ ...bucket.address, accessKeyId: 'NOBODY' });
    await assert.rejects(stranger.put(newKey(), arrive(Buffer.from('x'))), StorageUnavailable);
    await assert.rejects(stranger.open(newKey()), StorageUnavailable);
  });
});

describe('FILES_URL', () => {
  it('names host, bucket, prefix, region and secret', () => {
    assert.deepEqual(
      readS3Address('s3://AK:a%2Fb%2Bc@s3.eu-central-1.amazonaws.com/bucket/chat/?region=eu-central-1'),
      {
        url: 'https://s3.eu-central-1.amazonaws.com/bucket/chat',
        accessKeyId: 'AK',
        secretAccessKey: 'a/b+c',
        region: 'eu-central-1',
      },
    );
    assert.equal(readS3Address('s3+http://a:b@minio:9000/files')?.url, 'http://minio:9000/files');
  });

  it('is refused when it is anything else', () => {
    for (const text of [
      '',
      'files',
      'https://a:b@host/bucket',
      's3://host/bucket',
      's3://a:b@host',
      's3://a:b@host/',
      's3://a:%zz@host/b',
    ]) {
      assert.equal(readS3Address(text), undefined, text);
    }
  });
});

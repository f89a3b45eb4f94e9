import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { readS3Address } from '../../src/files/s3-address.ts';
import type { S3Address } from '../../src/files/s3-address.ts';

/** An S3-compatible server of this process, with one bucket. */
export interface Bucket {
  readonly address: S3Address;
  /** Nobody answers any more; what is in it stays. */
  stop(): Promise<void>;
  /** Answers again, at the same place. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

export async function openBucket(): Promise<Bucket> {
  const directory = mkdtempSync(join(tmpdir(), 'chat-bucket-test-'));
  const open = (port: number) =>
    new S3rver({
      port,
      address: '127.0.0.1',
      silent: true,
      directory,
      configureBuckets: [{ name: 'files', configs: [] }],
    });
  let server = open(0);
  const { port } = await server.run();
  // The key and the secret of every s3rver.
  const address = readS3Address(`s3+http://S3RVER:S3RVER@127.0.0.1:${port}/files/chat?region=eu-central-1`);
  if (!address) throw new Error('The address of the bucket is none.');
  const stop = () => server.close();
  return {
    address,
    stop,
    async start() {
      server = open(port);
      await server.run();
    },
    async remove() {
      await stop().catch(() => {});
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

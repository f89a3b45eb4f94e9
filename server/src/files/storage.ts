import type { Readable } from 'node:stream';

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A file that has arrived, in a folder of this machine. */
export interface ArrivedFile {
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** Where uploaded files stand. Any node may ask for what any other has put there. */
export interface FileStorage {
  /** Moves or copies the file to its place. When it resolves, the file survives a crash. @throws StorageUnavailable */
  put(key: string, file: ArrivedFile): Promise<void>;
  /** Null when there is none. @throws StorageUnavailable */
  open(key: string, range?: ByteRange): Promise<Readable | null>;
  /** Also when there is none. @throws StorageUnavailable */
  remove(key: string): Promise<void>;
}

/** The disk or the bucket cannot do it now; it may be able to later. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}

import { deflateSync } from 'node:zlib';
import { crc32 } from 'node:zlib';
import type { Attachment, ErrorBody } from '../../../src/api/protocol.ts';
import type { Answer, TestServer } from './server.ts';
import type { TestSocket } from './socket.ts';
import { uuid } from './ids.ts';

export interface Sent {
  readonly name?: string;
  readonly content: Uint8Array | string;
  /** What the sender says that it is. */
  readonly type?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Uploads one file, as a browser does. @param path of the conversation's files */
export async function upload<T = Attachment>(server: TestServer, path: string, sent: Sent): Promise<Answer<T>> {
  const { name = 'file', content, type = 'application/octet-stream', token, headers } = sent;
  const body = new FormData();
  body.set('file', new Blob([content], { type }), name);
  const response = await fetch(server.url + path, {
    method: 'POST',
    body,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as T };
}

/** As a visitor. */
export function uploadTo<T = Attachment>(
  server: TestServer,
  conversationId: string,
  sent: Sent,
): Promise<Answer<T & Partial<ErrorBody>>> {
  return upload(server, `/v1/widget/${server.inbox}/conversations/${conversationId}/files`, sent);
}

/** Sends a message with files, and waits for the echo; fails at a refusal. */
export async function sendFiles(
  socket: TestSocket,
  conversationId: string,
  attachments: readonly string[],
): Promise<readonly Attachment[]> {
  const clientId = uuid();
  socket.raw.send(JSON.stringify({ type: 'send', conversationId, clientId, text: '', attachments, start: true }));
  const frame = await socket.next(
    'entry',
    ({ entry }) => entry.type === 'message' && 'clientId' in entry && entry.clientId === clientId,
  );
  return frame.entry.type === 'message' ? (frame.entry.attachments ?? []) : [];
}

/** A real PNG of one colour, however large its sides: the pixels compress to next to nothing. */
export function png(width: number, height: number, rows = height): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits of grey.
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((width + 1) * rows, 0), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** A part of a PNG, with its checksum. */
export function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

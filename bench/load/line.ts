import { once } from 'node:events';
import net from 'node:net';

/** Where a socket is opened. */
export interface LineAddress {
  readonly port: number;
  readonly path: string;
  /** Beyond what an upgrade needs. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Not all zeros: servers may leave unmasking out then, which no browser would let them. */
const MASK = Buffer.from([0x12, 0x34, 0x56, 0x78]);
const FIN_TEXT = 0x81;
const FIN_PONG = 0x8a;
const MASKED = 0x80;
const CLOSE = 8;
const PING = 9;
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** All lines read into this: a read is used up before the next begins. */
const reading = Buffer.allocUnsafe(256 * 1_024);

/** A text as a client sends it (RFC 6455 §5.2). */
export function maskedFrame(text: string, opcode = FIN_TEXT): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 6 : 8;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = opcode;
  if (head === 6) {
    frame[1] = MASKED | length;
  } else {
    frame[1] = MASKED | 126;
    frame.writeUInt16BE(length, 2);
  }
  MASK.copy(frame, head - 4);
  frame.write(text, head);
  for (let index = 0; index < length; index += 1) frame[head + index] ^= MASK[index & 3];
  return frame;
}

/**
 * One WebSocket, spoken by hand over TCP: far cheaper than a library's, so that the generator is not what is measured.
 * Texts arrive as views of a shared buffer, good until the listener returns.
 */
export class Line {
  onText: (text: Buffer) => void = () => {};
  onClose: () => void = () => {};
  readonly #socket: net.Socket;
  #rest: Buffer | undefined;
  #upgraded: (() => void) | undefined;

  private constructor(address: LineAddress, upgraded: () => void, failed: (error: Error) => void) {
    this.#upgraded = upgraded;
    this.#socket = net.connect({
      port: address.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: reading,
        callback: (count, buffer) => {
          this.#read((buffer as Buffer).subarray(0, count));
          return true;
        },
      },
    });
    this.#socket.once('connect', () => this.#socket.write(upgradeRequest(address)));
    this.#socket.on('error', failed);
    this.#socket.once('close', () => {
      failed(new Error(`The server has closed ${address.path} before it was open.`));
      this.onClose();
    });
  }

  /** @throws when the server refuses */
  static async open(address: LineAddress): Promise<Line> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const line = new Line(address, resolve, reject);
    await promise;
    return line;
  }

  /** @param frame made by `maskedFrame` */
  send(frame: Buffer): void {
    this.#socket.write(frame);
  }

  say(text: string): void {
    this.send(maskedFrame(text));
  }

  /** The next text. */
  async next(): Promise<string> {
    const before = this.onText;
    const text = await new Promise<string>((resolve) => (this.onText = (bytes) => resolve(bytes.toString())));
    this.onText = before;
    return text;
  }

  /** Cuts the connection: no farewell. */
  async cut(): Promise<void> {
    if (this.#socket.destroyed) return;
    const closed = once(this.#socket, 'close');
    this.onClose = () => {};
    this.#socket.destroy();
    await closed;
  }

  #read(chunk: Buffer): void {
    let bytes = chunk;
    if (this.#rest) {
      bytes = Buffer.concat([this.#rest, chunk]);
      this.#rest = undefined;
    }
    let at = 0;
    if (this.#upgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return this.#keep(bytes);
      if (!bytes.subarray(0, 13).includes(' 101')) {
        this.#socket.destroy(new Error(`No upgrade: ${bytes.toString()}`));
        return;
      }
      const upgraded = this.#upgraded;
      this.#upgraded = undefined;
      upgraded();
      at = end + 4;
      // Whoever waits for the upgrade sets its listener first.
      if (at < bytes.length) {
        this.#keep(bytes.subarray(at));
        setImmediate(() => this.#read(Buffer.alloc(0)));
      }
      return;
    }
    while (bytes.length - at >= 2) {
      let length = bytes[at + 1] & 127;
      let head = 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(at + 2);
        head = 4;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = Number(bytes.readBigUInt64BE(at + 2));
        head = 10;
      }
      if (bytes.length - at < head + length) break;
      const opcode = bytes[at] & 15;
      const payload = bytes.subarray(at + head, at + head + length);
      at += head + length;
      if (opcode === PING) this.send(maskedFrame(payload.toString(), FIN_PONG));
      else if (opcode === CLOSE) this.#socket.destroy();
      else this.onText(payload);
    }
    if (at < bytes.length) this.#keep(bytes.subarray(at));
  }

  /** A copy: the buffer is read into again. */
  #keep(bytes: Buffer): void {
    this.#rest = Buffer.from(bytes);
  }
}

function upgradeRequest({ port, path, headers = {} }: LineAddress): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${KEY}`,
    'Sec-WebSocket-Version: 13',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');
}

/** WebSocket frames as bytes (RFC 6455, 5.2). */

const TEXT = 0x1;
const NOTHING = Buffer.alloc(0);

/** Cuts a stream of bytes into whole frames. */
export class FrameSplitter {
  #rest: Buffer = NOTHING;

  /** The frames that are whole by now, each as it stood on the wire. */
  push(chunk: Buffer): Buffer[] {
    let bytes = this.#rest.length ? Buffer.concat([this.#rest, chunk]) : chunk;
    const frames: Buffer[] = [];
    for (let length = frameLength(bytes); length <= bytes.length; length = frameLength(bytes)) {
      frames.push(bytes.subarray(0, length));
      bytes = bytes.subarray(length);
    }
    this.#rest = bytes;
    return frames;
  }
}

/** How a whole, unfragmented text frame begins, up to `most` bytes; undefined for any other. */
export function textOf(frame: Buffer, most = Infinity): string | undefined {
  if ((frame[0] & 0x8f) !== (0x80 | TEXT)) return undefined;
  const { start, mask } = layoutOf(frame);
  const payload = frame.subarray(start, start + most);
  if (!mask) return payload.toString();
  return Buffer.from(payload.map((byte, i) => byte ^ mask[i & 3])).toString();
}

/** Infinity while even the head is not there. */
function frameLength(bytes: Buffer): number {
  if (bytes.length < 2) return Infinity;
  const short = bytes[1] & 0x7f;
  const headLength = 2 + (short === 127 ? 8 : short === 126 ? 2 : 0) + (bytes[1] & 0x80 ? 4 : 0);
  if (bytes.length < headLength) return Infinity;
  return headLength + payloadLength(bytes, short);
}

function payloadLength(bytes: Buffer, short: number): number {
  if (short === 127) return Number(bytes.readBigUInt64BE(2));
  return short === 126 ? bytes.readUInt16BE(2) : short;
}

function layoutOf(frame: Buffer): { start: number; mask: Buffer | undefined } {
  const short = frame[1] & 0x7f;
  const afterLength = 2 + (short === 127 ? 8 : short === 126 ? 2 : 0);
  const isMasked = (frame[1] & 0x80) !== 0;
  return {
    start: afterLength + (isMasked ? 4 : 0),
    mask: isMasked ? frame.subarray(afterLength, afterLength + 4) : undefined,
  };
}

/** A device that only reads, and costs next to nothing: for the ninety-nine of a hundred that are not looked at. */
import { once } from 'node:events';
import Socket from 'ws';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import type { SessionAnswer } from '../../src/api/protocol.ts';

/** When a message was sent stands at the start of its text, so that whoever gets it knows how long it took. */
const STAMP = /"text":"at ([\d.]+) /;

export const stampedText = (length: number): string => `at ${performance.now().toFixed(3)} `.padEnd(length, 'x');

/** One more device of a person. */
export class LightReader {
  /** How long each message took, ms. */
  latencies: number[] = [];
  /** Bytes of messages so far, frames included. */
  bytes = 0;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('message', (data: Buffer | string) => {
      const text = data.toString('latin1' as never, 0, 600);
      if (text.startsWith('{"type":"ping"')) socket.send('{"type":"pong"}');
      const sent = STAMP.exec(text)?.[1];
      if (sent === undefined) return;
      this.latencies.push(performance.now() - Number(sent));
      this.bytes += data.length;
    });
  }

  /** Lets it in: with a session of its own, welcomed. */
  static async enter(
    server: string,
    identity: { readonly email: string; readonly authToken: string },
  ): Promise<LightReader> {
    const response = await fetch(`${server}/v1/widget/${INBOX}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(identity),
    });
    const { token } = (await response.json()) as SessionAnswer;
    const socket = new Socket(`${server.replace('http', 'ws')}/v1/widget/${INBOX}/socket`, {
      perMessageDeflate: false,
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'hello', version: 1, token }));
    await once(socket, 'message');
    return new LightReader(socket);
  }

  close(): void {
    this.#socket.terminate();
  }
}

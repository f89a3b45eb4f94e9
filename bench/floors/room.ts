import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { frame, serveSockets } from './listen.ts';

/** What somebody has said, parsed and checked, with its place. */
export interface Message {
  readonly from: WebSocket;
  readonly conversation: number;
  readonly seq: number;
  readonly id: string;
  readonly at: number;
  readonly text: string;
}

/** Conversations go on where the store ends, as if it had been read. */
let conversations = Date.now();
let reader: Duplex | undefined;

/** Tells the one who reads all. @param data framed already */
export function tellReader(data: Uint8Array): void {
  reader?.write(data);
}

/** As the reader gets it, in one frame. */
export function framed({ conversation, seq, id, at, text }: Message): Buffer {
  return frame(JSON.stringify({ t: 'msg', conversation, seq, id, at, text }));
}

/** To the one who has said it: it is stored. */
export function acknowledge({ from, id, seq, at }: Message): void {
  from.send(`{"t":"ack","id":"${id}","seq":${seq},"at":${at}}`);
}

/** A socket is one conversation, but for the reader's; `take` gets what is said. The seq is kept in memory. */
export function serveRoom(take: (message: Message) => void): void {
  serveSockets((socket, wire, { url }) => {
    if (url?.endsWith('?reader')) {
      reader = wire;
      return;
    }
    const conversation = (conversations += 1);
    let seq = 0;
    socket.on('message', (data: Buffer) => {
      const { t, id, text } = JSON.parse(data.toString()) as { t: unknown; id: unknown; text: unknown };
      if (t !== 'msg' || typeof id !== 'string' || typeof text !== 'string' || text.length > 10_000)
        return socket.close();
      seq += 1;
      take({ from: socket, conversation, seq, id, at: Date.now(), text });
    });
  });
}

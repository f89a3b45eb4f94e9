/** Floor of S6: framed once, and the same bytes written to every socket. */
import type { Duplex } from 'node:stream';
import { frame, serveSockets } from './listen.ts';

const everybody = new Set<Duplex>();
const author = { kind: 'agent', id: crypto.randomUUID(), name: 'Admin' };

serveSockets((socket, wire) => {
  everybody.add(wire);
  socket.on('close', () => everybody.delete(wire));
  socket.on('message', (data: Buffer) => {
    const { type, conversationId, typing } = JSON.parse(data.toString()) as Record<string, unknown>;
    const bytes = frame(JSON.stringify({ type, conversationId, author, typing }));
    for (const each of everybody) each.write(bytes);
  });
});

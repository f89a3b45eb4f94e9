/** Floor of S1: `ws`, one parse and one stringify per message, and the answer to its sender. */
import { serveSockets } from './listen.ts';

const author = { kind: 'contact', id: crypto.randomUUID(), name: null };

serveSockets((socket) => {
  socket.on('message', (data: Buffer) => {
    const { type, conversationId, typing } = JSON.parse(data.toString()) as Record<string, unknown>;
    socket.send(JSON.stringify({ type, conversationId, author, typing }));
  });
});

/**
 * socket.io as a peer: what comes as `m` goes back to its sender (`echo`) or to all (`all`). Whoever connects is checked
 * by one HMAC.
 *
 *     node peers/socket-io.ts echo|all
 */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { listen } from '../floors/listen.ts';

const author = { kind: 'contact', id: crypto.randomUUID(), name: null };
const toAll = process.argv[2] === 'all';
const server = createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });

io.use((socket, next) => {
  const proof = createHmac('sha256', 'a secret of the bench')
    .update(socket.handshake.auth.token ?? '')
    .digest();
  next(proof.length === 32 ? undefined : new Error('refused'));
});
io.on('connection', (socket) => {
  socket.on('m', ({ type, conversationId, typing }) => {
    const notice = { type, conversationId, author, typing };
    if (toAll) io.emit('m', notice);
    else socket.emit('m', notice);
  });
});
listen(server);

/** Bun as a peer, whose WebSockets are uWebSockets: everybody gets what anybody sends. Runs on Bun. */
const author = { kind: 'agent', id: crypto.randomUUID(), name: 'Admin' };

const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch(request, self) {
    return self.upgrade(request) ? undefined : new Response('A WebSocket is spoken here.', { status: 426 });
  },
  websocket: {
    perMessageDeflate: false,
    open(socket) {
      socket.subscribe('all');
    },
    message(_socket, message) {
      const { type, conversationId, typing } = JSON.parse(message) as Record<string, unknown>;
      server.publish('all', JSON.stringify({ type, conversationId, author, typing }));
    },
  },
});
console.log(`listening ${server.port}`);
export {};

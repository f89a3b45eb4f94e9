import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/** Listens on a free port and says which. */
export function listen(server: ReturnType<typeof createServer>): void {
  server.listen(0, '127.0.0.1', 4_096, () => {
    console.log(`listening ${(server.address() as AddressInfo).port}`);
  });
}

/**
 * The least that Node needs for WebSockets: `ws` on a bare HTTP server.
 *
 * @param wire the TCP socket below, for frames that are framed already
 */
export function serveSockets(onSocket: (socket: WebSocket, wire: Duplex, request: IncomingMessage) => void): void {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 65_536 });
  server.on('upgrade', (request, wire, head) => {
    sockets.handleUpgrade(request, wire, head, (socket) => {
      socket.on('error', () => {});
      onSocket(socket, wire, request);
    });
  });
  listen(server);
}

/** A text as one frame, once for all who get it. RFC 6455 §5.2. */
export function frame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : 4;
  const bytes = Buffer.allocUnsafe(head + length);
  bytes[0] = 0x81;
  if (head === 2) {
    bytes[1] = length;
  } else {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  }
  bytes.write(text, head);
  return bytes;
}

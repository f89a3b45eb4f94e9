/** Passes requests on to another server, sockets included. */
import http from 'node:http';
import net from 'node:net';

/**
 * Answers a request with what another server answers to it; both see the same headers, `Host` included.
 *
 * @param {string} url origin of the other server
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 */
export function forward(url, request, response) {
  const { method, headers } = request;
  const outgoing = http.request(new URL(request.url ?? '/', url), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  // A server that a test has killed answers nobody.
  outgoing.once('error', () => response.destroy());
  request.pipe(outgoing);
}

/**
 * The same for a request to upgrade, a WebSocket's.
 *
 * @param {string} url
 * @param {http.IncomingMessage} request
 * @param {net.Socket} socket
 * @param {Buffer} head
 */
export function tunnel(url, request, socket, head) {
  const { hostname, port } = new URL(url);
  const server = net.connect(Number(port), hostname, () => {
    const pairs = Array.from({ length: request.rawHeaders.length / 2 }, (_, i) =>
      request.rawHeaders.slice(2 * i, 2 * i + 2),
    );
    server.write(`GET ${request.url} HTTP/1.1\r\n${pairs.map((pair) => pair.join(': ')).join('\r\n')}\r\n\r\n`);
    server.write(head);
    socket.pipe(server).pipe(socket);
  });
  server.once('error', () => socket.destroy());
  socket.once('error', () => server.destroy());
  socket.once('close', () => server.destroy());
  server.once('close', () => socket.destroy());
}

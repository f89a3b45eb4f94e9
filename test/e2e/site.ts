/**
 * Somebody's web site with a chat on it: a server of pages, each with the headers it wants. It can have a
 * chat server behind it: whatever it has no page for is passed on there, sockets included, so that the chat lives under
 * the site's own origin.
 */
import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { forward, tunnel } from '../../scripts/proxy.mjs';

/** A page by its path, as HTML or, for one with headers of its own, with them. */
export type Pages = Readonly<Record<string, string | { html: string; headers: Readonly<Record<string, string>> }>>;

const BUNDLES = new URL('../../dist-cdn/', import.meta.url);

export class Site {
  readonly #server: http.Server;
  readonly #chatUrl: string | undefined;
  readonly #pages: Pages;
  /** Paths that browsers asked for, in order. */
  readonly requests: string[] = [];
  /** Paths that are not answered just now, whoever asks. */
  readonly lost = new Set<string>();
  /** Reports that browsers sent to `/csp-report`. */
  readonly violations: string[] = [];
  readonly #reports = new EventEmitter();

  private constructor(pages: Pages, chatUrl?: string) {
    this.#chatUrl = chatUrl;
    this.#pages = pages;
    this.#server = http.createServer((request, response) => void this.#answer(request, response));
    this.#server.on('upgrade', (request: http.IncomingMessage, socket: Socket, head: Buffer) => {
      if (chatUrl) tunnel(chatUrl, request, socket, head);
      else socket.destroy();
    });
  }

  static async start(pages: Pages, chatUrl?: string): Promise<Site> {
    const site = new Site(pages, chatUrl);
    site.#server.listen(0, '127.0.0.1');
    await once(site.#server, 'listening');
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves when a violation has been reported, at once when there was one already. */
  async nextViolation(): Promise<void> {
    if (!this.violations.length) await once(this.#reports, 'report', { signal: AbortSignal.timeout(15_000) });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.url).pathname;
    this.requests.push(path);
    const page = this.#pages[path];
    if (this.lost.has(path)) {
      response.writeHead(503).end();
    } else if (page !== undefined) {
      const { html, headers } = typeof page === 'string' ? { html: page, headers: {} } : page;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
    } else if (path === '/csp-report') {
      this.violations.push(Buffer.concat(await request.toArray()).toString());
      response.writeHead(204).end();
      this.#reports.emit('report');
    } else if (path.startsWith('/bundles/') && !path.includes('..')) {
      // The widget's files from the site itself: they are there while the chat server is not.
      const file = fileURLToPath(new URL(path.slice('/bundles/'.length), BUNDLES));
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(await readFile(file));
    } else if (this.#chatUrl) {
      forward(this.#chatUrl, request, response);
    } else {
      response.writeHead(404).end();
    }
  }
}

import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { forward } from '../../scripts/proxy.mjs';
import type { Script } from './bundle.ts';

/** One of the things that a page consists of. */
export type Part = Script | string | { readonly type: string; readonly body: Buffer };

/**
 * What is no product: pages, their pictures, and the scripts of floors and peers, which travel like the product's,
 * compressed with brotli and for any site. Nothing is kept by the browser.
 */
export class PageServer {
  readonly #server = http.createServer((request, response) => {
    const part = this.#parts.get(new URL(request.url ?? '/', 'http://page').pathname);
    const headers = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' };
    if (part === undefined) {
      if (this.#behind) forward(this.#behind, request, response);
      else response.writeHead(404).end();
    } else if (typeof part === 'string') {
      response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(part);
    } else if ('type' in part) {
      response.writeHead(200, { ...headers, 'content-type': part.type }).end(part.body);
    } else {
      const script = { ...headers, 'content-type': 'text/javascript', 'content-encoding': 'br' };
      response.writeHead(200, script).end(part.brotli);
    }
  });
  readonly #parts = new Map<string, Part>();
  readonly #behind: string | undefined;

  private constructor(behind: string | undefined) {
    this.#behind = behind;
  }

  /** @param behind origin of the server that has what is not here */
  static async start(behind?: string): Promise<PageServer> {
    const server = new PageServer(behind);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Serves it from now on. Returns its address. */
  add(path: string, part: Part): string {
    this.#parts.set(path, part);
    return this.url + path;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

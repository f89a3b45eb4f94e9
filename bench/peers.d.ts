/** As much of the peers as is used here; they are installed by the benchmark itself, and may be missing elsewhere. */
declare module 'socket.io' {
  import type { Server as HttpServer } from 'node:http';

  interface Socket {
    readonly handshake: { readonly auth: { readonly token?: string } };
    on(event: string, listener: (value: Record<string, unknown>) => void): void;
    emit(event: string, value: unknown): void;
  }

  export class Server {
    constructor(server: HttpServer, options: object);
    use(middleware: (socket: Socket, next: (error?: Error) => void) => void): void;
    on(event: 'connection', listener: (socket: Socket) => void): void;
    emit(event: string, value: unknown): void;
  }
}

/** https://bun.com/docs/api/websockets */
declare const Bun: {
  serve(options: {
    port: number;
    hostname: string;
    fetch(request: Request, server: { upgrade(request: Request): boolean }): Response | undefined;
    websocket: {
      perMessageDeflate: boolean;
      open(socket: BunSocket): void;
      message(socket: BunSocket, text: string): void;
    };
  }): { readonly port: number; publish(topic: string, text: string): void };
};

interface BunSocket {
  subscribe(topic: string): void;
  send(text: string): void;
}

/** https://github.com/GoogleChrome/lighthouse/blob/main/docs/readme.md#using-programmatically */
declare module 'lighthouse' {
  interface Result {
    readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
    readonly runtimeError?: { readonly message: string };
  }
  export default function lighthouse(
    url: string,
    flags: { port: number; onlyCategories: string[]; output: string; logLevel: string },
  ): Promise<{ readonly lhr: Result } | undefined>;
}

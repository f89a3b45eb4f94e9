/** What a network between client and server does to frames. */
export interface Faults {
  /** How often a frame from the server arrives, by what it says; default once. */
  deliver?(data: string): number;
}

/** A real WebSocket behind a bad line. */
export class FaultySocket extends EventTarget {
  readonly #socket: WebSocket;

  constructor(url: string, faults: Faults, init?: { headers: Record<string, string> }) {
    super();
    this.#socket = new WebSocket(url, init as never);
    this.#socket.addEventListener('open', () => this.dispatchEvent(new Event('open')));
    this.#socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const times = faults.deliver?.(data) ?? 1;
      for (let i = 0; i < times; i++) this.dispatchEvent(new MessageEvent('message', { data }));
    });
    this.#socket.addEventListener('close', ({ code }) => {
      this.dispatchEvent(Object.assign(new Event('close'), { code }));
    });
  }

  send(data: string): void {
    this.#socket.send(data);
  }

  close(): void {
    this.#socket.close();
  }

  /** As the interface that the client knows. */
  get asWebSocket(): WebSocket {
    return this as unknown as WebSocket;
  }
}

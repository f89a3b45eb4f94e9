import type { ClientFrame, ServerFrame, WelcomeFrame } from '../../src/api/protocol.ts';

export const welcome: WelcomeFrame = { type: 'welcome', version: 1, now: 0, conversations: [] };

/** A socket whose other end is the test: it speaks frames, and no network is needed to lose them. */
export class FrameSocket extends EventTarget {
  readonly url: string;
  /** What the client has sent. */
  readonly sent: ClientFrame[] = [];
  /** The client has closed it. */
  closed = false;

  constructor(url: string) {
    super();
    this.url = url;
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientFrame);
  }

  close(): void {
    this.closed = true;
  }

  /** The connection is made. */
  open(): void {
    this.dispatchEvent(new Event('open'));
  }

  says(frame: ServerFrame): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }

  /** The connection is lost, or closed by the server. */
  ends(code = 1006): void {
    const event = new Event('close');
    this.dispatchEvent(Object.assign(event, { code }));
  }

  /** As the interface that the client knows. */
  get asWebSocket(): WebSocket {
    return this as unknown as WebSocket;
  }
}

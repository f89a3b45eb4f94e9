import type { ChatClientOptions } from '../../../api/chat-client.ts';
import type {
  ClientFrame,
  Contact,
  Conversation,
  EntryPage,
  ErrorBody,
  MessageEntry,
  SendFrame,
  ServerFrame,
  SessionAnswer,
  WidgetSettingsAnswer,
} from '../../../api/protocol.ts';

/** The server that a preview's widget believes to talk with: a name that never leads anywhere (RFC 2606). */
export const PREVIEW_SERVER = 'https://preview.invalid';

/** The id that a preview's widget has for its inbox: what it would keep on this device is nobody's. */
export const PREVIEW_INBOX = 'console:preview';

const VISITOR: Contact = {
  id: '00000000-0000-7000-8000-000000000000',
  number: 0,
  name: null,
  email: null,
  verification: 'anonymous',
};
const NOT_FOUND: ErrorBody = { error: { code: 'not_found', message: 'A preview has nothing of this.' } };
const YEAR_MS = 365 * 86_400_000;

/**
 * A chat server of one visitor that lives in this page, for the real `<chat-widget>` of a preview: it answers with the
 * settings that it is shown, tells each change live as the server does, and stores nothing. What is written to it comes
 * back as said.
 */
export class PreviewInbox {
  #answer: WidgetSettingsAnswer;
  #contact = VISITOR;
  readonly #sockets = new Set<PreviewSocket>();
  /** Highest seq by conversation. */
  readonly #conversations = new Map<string, number>();

  constructor(answer: WidgetSettingsAnswer) {
    this.#answer = answer;
  }

  /** What takes the network's place in the preview's client. */
  readonly transport: Pick<ChatClientOptions, 'fetch' | 'createSocket'> = {
    fetch: (url, init) => Promise.resolve(this.#respond(new URL(url as URL).pathname, init)),
    createSocket: (url) =>
      new PreviewSocket(url, this.#sockets, (frame, socket) => this.#hear(frame, socket)).asWebSocket,
  };

  /** From now on the inbox is like this. */
  show(answer: WidgetSettingsAnswer): void {
    this.#answer = answer;
    for (const frame of this.#frames()) this.#tell(frame);
  }

  /** What the inbox is like now. */
  #frames(): ServerFrame[] {
    const { online = true, team: _team, hours, ...settings } = this.#answer;
    return [
      { type: 'settings', settings, hours },
      { type: 'online', online },
    ];
  }

  #respond(path: string, { method = 'GET', body }: RequestInit = {}): Response {
    if (method === 'GET' && path.endsWith('/settings')) return Response.json(this.#answer);
    if (path.endsWith('/session') && typeof body === 'string') this.#learn(JSON.parse(body) as { form?: object });
    if (path.endsWith('/sessions') || path.endsWith('/session')) {
      const answer: SessionAnswer = { token: 'preview', expiresAt: Date.now() + YEAR_MS, contact: this.#contact };
      return Response.json(answer, { status: 201 });
    }
    if (path.endsWith('/entries')) return Response.json({ entries: [], more: false } satisfies EntryPage);
    return Response.json(NOT_FOUND, { status: 404 });
  }

  /** What was asked before the conversation is not asked again. */
  #learn({ form = {} }: { readonly form?: object }): void {
    this.#contact = { ...this.#contact, known: [...(this.#contact.known ?? []), ...Object.keys(form)] };
  }

  #hear(frame: ClientFrame, socket: PreviewSocket): void {
    if (frame.type === 'hello') {
      const welcome = { type: 'welcome', version: frame.version, now: Date.now(), conversations: [] } as const;
      socket.says({ ...welcome, contact: this.#contact });
      // Since the widget asked, somebody may have typed.
      for (const each of this.#frames()) socket.says(each);
    } else if (frame.type === 'send') this.#store(frame);
  }

  #store({ conversationId, clientId, text }: SendFrame): void {
    const seq = (this.#conversations.get(conversationId) ?? 0) + 1;
    this.#conversations.set(conversationId, seq);
    const at = Date.now();
    const entry: MessageEntry = {
      type: 'message',
      ...{ conversationId, seq, at, clientId, text, id: clientId },
      author: { kind: 'contact', id: VISITOR.id, name: null },
    };
    const conversation: Conversation = {
      ...{ id: conversationId, number: 0, inboxId: PREVIEW_INBOX, state: 'open', createdAt: at, updatedAt: at },
      ...{ lastSeq: seq, lastMessage: entry, contactReadSeq: seq, agentReadSeq: 0, unread: 0, agents: [] },
    };
    if (seq === 1) this.#tell({ type: 'conversation', conversation });
    this.#tell({ type: 'entry', log: 'main', entry });
  }

  #tell(frame: ServerFrame): void {
    for (const socket of this.#sockets) socket.says(frame);
  }
}

/** As much of a WebSocket as the client uses. */
class PreviewSocket extends EventTarget {
  readonly url: string;
  readonly #open: Set<PreviewSocket>;
  readonly #hear: (frame: ClientFrame, socket: PreviewSocket) => void;

  constructor(url: string, open: Set<PreviewSocket>, hear: (frame: ClientFrame, socket: PreviewSocket) => void) {
    super();
    this.url = url;
    this.#open = open;
    this.#hear = hear;
    open.add(this);
    queueMicrotask(() => this.dispatchEvent(new Event('open')));
  }

  get asWebSocket(): WebSocket {
    return this as unknown as WebSocket;
  }

  send(data: string): void {
    const frame = JSON.parse(data) as ClientFrame;
    // As a server's, the answer comes later.
    queueMicrotask(() => this.#open.has(this) && this.#hear(frame, this));
  }

  close(): void {
    this.#open.delete(this);
  }

  says(frame: ServerFrame): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }
}

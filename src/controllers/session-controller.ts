import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Contact } from '../api/protocol.ts';
import { sessionContext, type SessionSource } from '../context/session-context.ts';

/** Where a `SessionController` finds its `<chat-widget>`. */
export interface SessionControllerOptions {
  /** The element, or a selector for it; it may come later. Without it: the `<chat-widget>` that the host stands in. */
  readonly widget?: EventTarget | string;
}

/** Whom a `SessionController` tells of changes: a Lit element, or, with the option `widget`, anything that can render again. */
export type SessionHost = Pick<ReactiveControllerHost, 'requestUpdate'> & Partial<ReactiveControllerHost>;

/**
 * Session state of a `<chat-widget>` for any Lit element: who the visitor is, how much is unread, whether the panel is
 * open. Updates its host whenever one of them changes.
 *
 *     class HelpButton extends LitElement {
 *       chat = new SessionController(this, { widget: 'chat-widget' });
 *       render() {
 *         return html`Help (${this.chat.unreadCount})`;
 *       }
 *     }
 *
 * Below the widget (in one of its slots) it needs no option: the widget is found by context. Until there is a widget,
 * everything is false, null or 0.
 *
 * In a framework, the host is whatever makes it render again; call `hostConnected()` and `hostDisconnected()` with the
 * component's life (`demo/frameworks/` has one such hook for each):
 *
 *     const session = new SessionController({ requestUpdate: render }, { widget: 'chat-widget' });
 */
export class SessionController implements ReactiveController, Omit<SessionSource, keyof EventTarget> {
  readonly #host: SessionHost;
  readonly #widget: EventTarget | string | undefined;
  readonly #context: ContextConsumer<typeof sessionContext, ReactiveControllerHost & HTMLElement> | undefined;
  #source: SessionSource | undefined;
  #listening: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options?: SessionControllerOptions);
  constructor(host: SessionHost, options: Required<SessionControllerOptions>);
  constructor(host: SessionHost, { widget }: SessionControllerOptions = {}) {
    this.#host = host;
    this.#widget = widget;
    if (!widget)
      this.#context = new ContextConsumer(host as ReactiveControllerHost & HTMLElement, {
        context: sessionContext,
        subscribe: true,
        callback: (source) => this.#follow(source),
      });
    host.addController?.(this);
  }

  /** The kept session was read and compared: what is shown belongs to this visitor. */
  get booted(): boolean {
    return this.#source?.booted ?? false;
  }

  /** The widget can be used: `chat-ready` was fired. */
  get ready(): boolean {
    return this.#source?.ready ?? false;
  }

  /** The panel is open and on screen. */
  get visible(): boolean {
    return this.#source?.visible ?? false;
  }

  /** Who the visitor is; null while there is no session. */
  get contact(): Contact | null {
    return this.#source?.contact ?? null;
  }

  /** Some agent is online; undefined until somebody has asked for the chat, and while the connection is lost. */
  get online(): boolean | undefined {
    return this.#source?.online;
  }

  /** Messages that the visitor has not read. */
  get unreadCount(): number {
    return this.#source?.unreadCount ?? 0;
  }

  /** Conversations with messages that the visitor has not read. */
  get unreadConversations(): number {
    return this.#source?.unreadConversations ?? 0;
  }

  hostConnected(): void {
    const { signal } = (this.#listening = new AbortController());
    const widget = this.#widget;
    if (typeof widget === 'string') {
      // Changes bubble up to the document: a widget that comes later makes itself known by its first one.
      const onChange = (event: Event) => {
        const [target] = event.composedPath();
        if (target instanceof Element && target.matches(widget)) this.#adopt(target);
      };
      document.addEventListener('cw-session-change', onChange, { signal });
      const found = document.querySelector(widget);
      if (found) this.#adopt(found);
    } else if (widget) {
      widget.addEventListener('cw-session-change', () => this.#adopt(widget), { signal });
      this.#adopt(widget);
    } else if (this.#source) {
      this.#follow(this.#source);
    } else {
      // The host may be defined before the widget around it: asked then, nobody answered.
      void customElements.whenDefined('chat-widget').then(() => {
        if (!this.#source && !signal.aborted) this.#context?.hostConnected();
      });
    }
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#listening = undefined;
  }

  #follow(source: SessionSource): void {
    this.#adopt(source);
    const signal = this.#listening?.signal;
    if (signal) source.addEventListener('cw-session-change', () => this.#host.requestUpdate(), { signal });
  }

  #adopt(source: EventTarget): void {
    // An element that is not defined yet has none of the properties: all answers are the empty ones until it has.
    this.#source = source as SessionSource;
    this.#host.requestUpdate();
  }
}

import { ChatError } from '../api/chat-error.ts';
import type { Contact } from '../api/protocol.ts';
import { tell, toldAlready } from './tell.ts';
import type { SessionPlace, WidgetSession } from './widget-session.ts';

/** What a life asks of its element, and tells it. */
export interface SessionHost extends SessionPlace {
  /** A session is needed although nobody has shown an interest in the chat. */
  readonly needed: () => boolean;
  readonly onReady: (visitorId?: string) => void;
}

/**
 * A widget's session from being connected until being removed for good, or until its server or inbox is another:
 * loads the client when it is wanted, and makes one identification of all that the page says within one task.
 */
export class SessionLife {
  /** Undefined until something wanted it. */
  session: WidgetSession | undefined;
  #host: SessionHost;
  #ended = false;
  #waking: Promise<WidgetSession> | undefined;
  #identifying: Promise<Contact | null> | undefined;
  #insists = false;

  /** Calls `onReady` in a later task: when the visitor is known, or at once when nobody asks who it is. */
  constructor(host: SessionHost) {
    this.#host = host;
    void nextTask().then(() => {
      if (this.#ended) return;
      if (host.needed()) this.wake().catch(toldAlready);
      else if (!this.#waking) host.onReady();
    });
  }

  /** The session, made when there is none. Rejects with ChatError when its code cannot be loaded. */
  wake(): Promise<WidgetSession> {
    return (this.#waking ??= this.#create());
  }

  /** Becomes who the page says at the end of this task; `insists` when somebody waits for the outcome. Rejects with ChatError. */
  identify(insists: boolean): Promise<Contact | null> {
    this.#insists ||= insists;
    return (this.#identifying ??= nextTask().then(async () => {
      const insisted = this.#insists;
      this.#identifying = undefined;
      this.#insists = false;
      if (this.#ended || (!this.#waking && !this.#host.needed())) return null;
      return (await this.wake()).become(insisted);
    }));
  }

  /** Goes on with another element; `onReady` is called in a later task. Only where there is a session. */
  moveTo(host: SessionHost): void {
    this.#host = host;
    void this.session!.moveTo(host, () => this.identify(false)).then((session) => this.#tellReady(session));
  }

  end(): void {
    this.#ended = true;
    this.session?.close();
    this.session = undefined;
  }

  async #create(): Promise<WidgetSession> {
    const { element, options, onChange } = this.#host;
    try {
      const [{ WidgetSession }] = await Promise.all([import('./widget-session.ts'), nextTask()]);
      const given = await options();
      if (this.#ended) throw new ChatError('closed', 'The element was removed.');
      const session = new WidgetSession(element, given, onChange);
      void this.#tellReady(session);
      return (this.session = session);
    } catch (error) {
      this.#waking = undefined;
      throw tell(element, error);
    }
  }

  async #tellReady({ booted, client }: WidgetSession): Promise<void> {
    await booted;
    if (!this.#ended) this.#host.onReady(client.state.contact?.id);
  }
}

/** Attributes that are set one after the other belong together: who looks does so in the next task. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Asks the server for conversations and their entries, for whoever sits there now. */
import { ChatError } from './chat-error.ts';
import type { Http } from './http.ts';
import type { AgentConversation, Conversation, ConversationPage, EntryPage } from './protocol.ts';

/** As the server gives it: visitors see less of it. */
export type AnyConversation = Conversation | AgentConversation;

/** What is asked for in the query of an address; undefined is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** How a `ConversationReader` is made. */
export interface ConversationReaderOptions {
  readonly http: Http;
  /** `/v1/widget/{inbox}/conversations` or `/v1/conversations`. */
  readonly path: string;
  /** The visitor's proof; agents have a cookie. */
  readonly token?: () => string | undefined;
}

/** All of it rejects with ChatError only; `closed` when the answer came to somebody else. */
export class ConversationReader {
  readonly #options: ConversationReaderOptions;
  #life = new AbortController();

  constructor(options: ConversationReaderOptions) {
    this.#options = options;
  }

  /** Aborted when somebody else sits there: whatever was begun before is not theirs. */
  get signal(): AbortSignal {
    return this.#life.signal;
  }

  /** Somebody else sits there: answers to old questions are dropped. */
  renew(): void {
    this.#life.abort();
    this.#life = new AbortController();
  }

  conversations(query: Query): Promise<ConversationPage<AnyConversation>> {
    return this.#get('', query);
  }

  /** By id or number. */
  conversation(idOrNumber: string): Promise<AnyConversation> {
    return this.#get(`/${encodeURIComponent(idOrNumber)}`);
  }

  entries(conversationId: string, query: Query): Promise<EntryPage> {
    return this.#get(`/${conversationId}/entries`, query);
  }

  async #get<T>(address: string, query?: Query): Promise<T> {
    const { http, path, token } = this.#options;
    const { signal } = this.#life;
    const answer = await http.request<T>(path + address, { query, token: token?.() });
    if (signal.aborted) throw new ChatError('closed', 'The session ended meanwhile.');
    return answer;
  }
}

/** fetch with our errors: JSON in, JSON out, a time limit, never a secret in a URL. */
import { ChatError } from './chat-error.ts';
import type { ErrorBody } from './protocol.ts';

/** How requests are made. */
export interface HttpOptions {
  /** Origin of the server, without a slash at its end. */
  readonly server: string;
  /** Whether the browser's cookies go along: agents yes, visitors no. */
  readonly credentials: RequestCredentials;
  /** Ends every request. */
  readonly signal: AbortSignal;
  /** Default: the global `fetch`. Runtimes without a cookie jar give their own. */
  readonly fetch?: typeof fetch;
  /** How long an answer may take, ms; default 15 000. */
  readonly timeoutMs?: number;
}

/** One request. */
export interface HttpRequest {
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string;
  /** Sent as JSON. */
  readonly body?: object;
  /** What the answer is; default `json`. */
  readonly as?: 'text';
  /** It goes on when the page is left. */
  readonly keepalive?: boolean;
  /** Query parameters; undefined ones are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
}

/** Makes requests to one server. */
export class Http {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** Resolves with the parsed answer (undefined for 204); rejects with ChatError only. */
  async request<T>(path: string, request: HttpRequest = {}): Promise<T> {
    const { server, credentials, signal, timeoutMs = 15_000 } = this.#options;
    const send = this.#options.fetch ?? fetch;
    const url = new URL(path, server);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers: Record<string, string> = {};
    if (request.token) headers['authorization'] = `Bearer ${request.token}`;
    if (request.body) headers['content-type'] = 'application/json';

    // AbortSignal.any is missing from Safari 17.3 and older.
    const abort = new AbortController();
    const stop = () => abort.abort();
    const timer = setTimeout(stop, timeoutMs);
    signal.addEventListener('abort', stop);
    try {
      signal.throwIfAborted();
      const { method, keepalive } = request;
      const body = request.body && JSON.stringify(request.body);
      const response = await send(url, { method, headers, body, credentials, keepalive, signal: abort.signal });
      if (!response.ok) throw await errorOf(response);
      return (response.status === 204 ? undefined : await response[request.as ?? 'json']()) as T;
    } catch (error) {
      if (error instanceof ChatError) throw error;
      if (signal.aborted) throw new ChatError('closed', 'The client was closed.');
      throw new ChatError('offline', `The chat server was not reached: ${String(error)}`);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }
}

/** What a refusal says. One that is not ours, such as a proxy's page, is only told apart by whether to come back. */
async function errorOf(response: Response): Promise<ChatError> {
  const { status } = response;
  const answer = (await response.json().catch(() => null)) as ErrorBody | null;
  const error = answer?.error;
  const wait = Number(response.headers.get('retry-after')) * 1000 || undefined;
  return new ChatError(
    error?.code ?? (status === 429 ? 'rate_limited' : status < 500 ? 'bad_request' : 'unavailable'),
    error?.message ?? `HTTP ${status}`,
    { status, field: error?.field, retryAfterMs: error?.retryAfterMs ?? wait },
  );
}

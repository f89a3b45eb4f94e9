/** What the visitor does on the site: held until there is a session, then told to the server. */
import type { ChatError } from './chat-error.ts';
import { spread } from './clock.ts';
import type { LiveParts } from './live-client.ts';
import { LIMITS, type TrailReport } from './protocol.ts';
import { uuid } from './uuid.ts';

/** What is held without a session: of more, the latest. */
const HELD = 100;
/** What did not reach the server is sent again after about so long, ms. */
const RETRY_MS = 10_000;
/** What is older, the server takes for a day old, ms. */
const OLDEST_MS = 24 * 60 * 60_000;

/** The visitor's client, as far as it matters here. */
export interface TrailClient {
  readonly parts: Pick<LiveParts, 'clock' | 'http' | 'path' | 'state'>;
  token(): string | undefined;
}

type Happening =
  | Omit<Extract<TrailReport, { type: 'page' }>, 'id' | 'ageMs'>
  | Omit<Extract<TrailReport, { type: 'event' }>, 'id' | 'ageMs'>;
type Held = Happening & { readonly id: string; readonly at: number };

/** The way of pages and events to the server, in order, each once. */
export class Trail {
  readonly #client: () => TrailClient | undefined;
  readonly #refused: (error: ChatError) => void;
  #held: Held[] = [];
  #sending = false;
  /** Whose trail this is, once somebody is known. */
  #contactId?: string;
  /** The token whose session is over. */
  #over?: string;
  #cancelRetry?: () => void;

  /**
   * @param client undefined while nothing has wanted one
   * @param refused told when the server does not take something
   */
  constructor(client: () => TrailClient | undefined, refused: (error: ChatError) => void) {
    this.#client = client;
    this.#refused = refused;
  }

  /** Puts something on its way. */
  add(happening: Happening): void {
    this.#held = [...this.#held, { ...happening, id: uuid(), at: Date.now() }].slice(-HELD);
    this.look();
  }

  /** There may be a session now, or none any more. */
  look(): void {
    const client = this.#client();
    const contactId = client?.parts.state.value.contact?.id;
    // What somebody did who is gone is nobody else's.
    if (this.#contactId && !contactId) this.#held = [];
    this.#contactId = contactId;
    const token = client?.token();
    const waits = this.#sending || this.#cancelRetry || token === this.#over;
    if (client && contactId && token && this.#held.length && !waits) void this.#send(client, token);
  }

  /** Nothing more is sent. */
  end(): void {
    this.#held = [];
    this.#cancelRetry?.();
  }

  async #send({ parts }: TrailClient, token: string): Promise<void> {
    const batch = this.#held.slice(0, LIMITS.trailItems);
    const items = batch.map(({ at, ...report }) => ({ ...report, ageMs: ageOf(at) }));
    this.#sending = true;
    try {
      // It goes out also when what was clicked leads elsewhere.
      await parts.http.request(`${parts.path}/trail`, { method: 'POST', token, body: { items }, keepalive: true });
      this.#drop(batch);
    } catch (error) {
      this.#onFailure(error as ChatError, token, batch, parts);
    } finally {
      this.#sending = false;
    }
    this.look();
  }

  #onFailure(error: ChatError, token: string, batch: readonly Held[], { clock }: TrailClient['parts']): void {
    if (error.temporary) {
      this.#cancelRetry = clock.after(error.retryAfterMs ?? spread(RETRY_MS), () => {
        this.#cancelRetry = undefined;
        this.look();
      });
    } else if (error.code === 'unauthorized') {
      this.#over = token;
    } else if (error.code !== 'closed') {
      // Where one is named, the others may be right.
      const place = /^\/items\/(\d+)/.exec(error.field ?? '')?.[1];
      this.#drop(place === undefined ? batch : batch.slice(Number(place), Number(place) + 1));
      this.#refused(error);
    }
  }

  #drop(gone: readonly Held[]): void {
    this.#held = this.#held.filter((held) => !gone.includes(held));
  }
}

function ageOf(at: number): number {
  return Math.min(Math.max(Date.now() - at, 0), OLDEST_MS);
}

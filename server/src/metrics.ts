import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Store } from './store/store.ts';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** What `/metrics` shows, in Prometheus' text format. Nothing here is labelled with an id, an address or a name. */
export class Metrics {
  readonly #registry = new Registry();
  /** Open sockets; label `door`: visitor, agent. */
  readonly sockets = this.#gauge('chat_sockets', 'Open sockets.', ['door']);
  /** Sockets that we closed; label `code`. */
  readonly closes = this.#counter('chat_socket_closes_total', 'Sockets closed by the server.', ['code']);
  /** Frames received; label `type`. */
  readonly frames = this.#counter('chat_frames_total', 'Frames received.', ['type']);
  /** Answered with an `error` frame; label `code`. Refused requests stand in `http`, by status. */
  readonly refusals = this.#counter('chat_frames_refused_total', 'Frames refused.', ['code']);
  /** From the request to the durable commit. */
  readonly append = this.#histogram('chat_append_seconds', 'From a write request to its durable commit.', []);
  readonly http = this.#histogram('chat_http_seconds', 'Time to answer an HTTP request.', [
    'method',
    'route',
    'status',
  ]);

  constructor(store: Store) {
    collectDefaultMetrics({ register: this.#registry });
    for (const door of ['visitor', 'agent']) this.sockets.set({ door }, 0);
    const counters = (name: string, help: string, read: () => number): void => {
      new Counter({
        name,
        help,
        registers: [this.#registry],
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    };
    counters('chat_store_commits_total', 'Durable commits.', () => store.counters.commits);
    counters('chat_store_appended_total', 'Entries stored.', () => store.counters.entries);
    counters('chat_store_duplicates_total', 'Writes that were stored already.', () => store.counters.duplicates);
    counters('chat_store_failures_total', 'Commits that failed.', () => store.counters.failures);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #gauge<L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.#registry] });
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram<L extends string>(name: string, help: string, labelNames: L[]): Histogram<L> {
    return new Histogram({ name, help, labelNames, buckets: SECONDS, registers: [this.#registry] });
  }
}

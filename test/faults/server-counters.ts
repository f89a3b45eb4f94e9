/** What the server counts, as Prometheus would read it. */
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';

/** The value of a counter, 0 while there is none; `name` with its labels, as in `chat_socket_closes_total{code="1012"}`. */
export async function readCounter(server: ChatServerProcess, name: string): Promise<number> {
  return (await readCounters(server)).get(name) ?? 0;
}

/** All counters, by their names with labels. */
export async function readCounters(server: ChatServerProcess): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return new Map(
    [...text.matchAll(/^([a-z_]+(?:\{[^}]*\})?) ([\d.]+)$/gm)].map(([, name, value]) => [name, Number(value)]),
  );
}

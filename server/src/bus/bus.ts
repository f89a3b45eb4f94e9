/** An order to the sockets of a topic, instead of or besides a frame. */
export interface BusControl {
  /** Close them; `code` is one of `CloseCode`. */
  readonly close?: { readonly code: number; readonly reason: string };
  /** Id of the one socket that this is not for: its sender's, of what needs no echo. */
  readonly except?: string;
}

/** `frame` is an encoded server frame, or '' when there is only a control. */
export type BusHandler = (frame: string, control?: BusControl) => void;

/**
 * Wakes every node that has sockets of a topic: `contact:{id}`, `inbox:{id}`, `session:{id}`, `agent:{id}`.
 * The store is the truth: what the bus loses is a delay, never a loss. Order is kept per publisher and topic.
 */
export interface Bus {
  /** There are other nodes, or may be. */
  readonly isShared: boolean;
  /** Other nodes can be reached just now, as far as is known here; true where there are none. */
  readonly isConnected: boolean;
  /** Never throws, never waits. The publisher's own subscribers hear it at once. */
  publish(topic: string, frame: string, control?: BusControl): void;
  /** Returns the unsubscribe function; calling it twice is harmless. */
  subscribe(topic: string, handler: BusHandler): () => void;
  /** Resolves when the subscriptions made so far hear other nodes. Rejects when those cannot be reached soon. */
  flush(): Promise<void>;
  /**
   * Tells when what other nodes published may have been missed; from then on it is heard again, and what was missed is
   * in the store. Returns how to stop.
   */
  onGap(listener: () => void): () => void;
  /** Sends what is on its way, then stops; later publishes are dropped. */
  close(): Promise<void>;
}

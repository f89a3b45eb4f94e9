/** Counts what the code under test holds open: sockets, timers, listeners outside of its own elements, databases, channels. */

interface Meter {
  /** What is open now, by kind; nothing that is zero. */
  read(): Record<string, number>;
  stop(): void;
}

/** Timers and listeners of the tests themselves, and of the test runner, are not ours. */
const isOurs = () => (new Error().stack ?? '').includes(`${location.origin}/src/`);

/** Begins to count. Ask before the first widget is made. */
export function startLeakMeter(): Meter {
  const open = new Map<unknown, string>();
  const undo: (() => void)[] = [];

  const wrap = <T extends object, K extends keyof T>(object: T, name: K, make: (original: T[K]) => T[K]) => {
    const original = object[name];
    object[name] = make(original);
    undo.push(() => (object[name] = original));
  };

  wrap(
    window,
    'WebSocket',
    (Original) =>
      class extends Original {
        constructor(url: string | URL, protocols?: string | string[]) {
          super(url, protocols);
          open.set(this, 'socket');
          super.addEventListener('close', () => open.delete(this));
        }
      },
  );
  wrap(
    window,
    'BroadcastChannel',
    (Original) =>
      class extends Original {
        constructor(name: string) {
          super(name);
          open.set(this, 'channel');
        }
        override close() {
          super.close();
          open.delete(this);
        }
      },
  );
  wrap(
    window,
    'setTimeout',
    (original) =>
      ((handler: TimerHandler, ms?: number, ...values: unknown[]) => {
        const done = (...given: unknown[]) => {
          open.delete(`timeout ${id}`);
          (handler as (...given: unknown[]) => void)(...given);
        };
        const id: number = original(isOurs() ? done : handler, ms, ...values);
        if (isOurs()) open.set(`timeout ${id}`, 'timer');
        return id;
      }) as typeof setTimeout,
  );
  wrap(window, 'clearTimeout', (original) => (id) => {
    open.delete(`timeout ${String(id)}`);
    original(id);
  });
  wrap(
    window,
    'setInterval',
    (original) =>
      ((handler: TimerHandler, ms?: number, ...values: unknown[]) => {
        const id: number = original(handler, ms, ...values);
        if (isOurs()) open.set(`interval ${id}`, 'timer');
        return id;
      }) as typeof setInterval,
  );
  wrap(window, 'clearInterval', (original) => (id) => {
    open.delete(`interval ${String(id)}`);
    original(id);
  });
  wrap(
    IDBFactory.prototype,
    'open',
    (original) =>
      function (this: IDBFactory, ...values: Parameters<IDBFactory['open']>) {
        const request = original.apply(this, values);
        request.addEventListener('success', () => open.set(request.result, 'database'));
        return request;
      },
  );
  wrap(
    IDBDatabase.prototype,
    'close',
    (original) =>
      function (this: IDBDatabase) {
        open.delete(this);
        original.call(this);
      },
  );
  for (const target of [window, document]) {
    wrap(
      target as EventTarget,
      'addEventListener',
      (original) =>
        function (this: EventTarget, type, listener, options) {
          const isOver = typeof options === 'object' && options.signal?.aborted;
          if (isOurs() && listener && !isOver) {
            const key = { type, listener };
            open.set(key, `listener on ${target === window ? 'window' : 'document'}`);
            const forget = () => open.delete(key);
            if (typeof options === 'object') options.signal?.addEventListener('abort', forget);
            undo.push(forget);
          }
          original.call(this, type, listener, options);
        },
    );
    wrap(
      target as EventTarget,
      'removeEventListener',
      (original) =>
        function (this: EventTarget, type, listener, options) {
          for (const key of open.keys()) {
            if (typeof key === 'object' && key && 'listener' in key && key.listener === listener) open.delete(key);
          }
          original.call(this, type, listener, options);
        },
    );
  }

  return {
    read() {
      const counts: Record<string, number> = {};
      for (const kind of open.values()) counts[kind] = (counts[kind] ?? 0) + 1;
      return counts;
    },
    stop() {
      for (const step of undo.reverse()) step();
    },
  };
}

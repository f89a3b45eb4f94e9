/** What runs inside measured pages. Each function stands for itself: it travels as its text. */

/** What the page of a bench can be asked; installed before anything else of it runs. */
export interface Probe {
  /** All that matches in the page and in every shadow root. */
  find(selector: string): Element[];
  /** Resolves right after the next frame has been painted, with the time, ms. */
  painted(): Promise<number>;
  /** Resolves after the frame in which it was so for the first time; looks before each frame. */
  paintedWhen(isSo: () => boolean): Promise<number>;
  /** How many messages can be read. */
  messages(): number;
}

declare global {
  var probe: Probe;
}

/** Puts the probe into a page. */
export function installProbe(): void {
  const PATIENCE_MS = 30_000;
  const find = (selector: string, root: Document | ShadowRoot = document): Element[] => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? find(selector, shadowRoot) : [])),
  ];
  const beforeFrame = () => new Promise<number>(requestAnimationFrame);
  /** Asked for right before a frame: a task of its own comes after it. */
  const afterFrame = () =>
    new Promise<number>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  let log: Element | undefined;
  globalThis.probe = {
    find: (selector) => find(selector),
    painted: () => beforeFrame().then(afterFrame),
    async paintedWhen(isSo) {
      const deadline = performance.now() + PATIENCE_MS;
      for (;;) {
        await beforeFrame();
        if (isSo()) return afterFrame();
        if (performance.now() > deadline) throw new Error(`Never so: ${isSo.toString()}`);
      }
    },
    messages() {
      // deep-chat has no roles.
      if (!log?.isConnected) [log] = find('[role=log], #messages');
      return log?.querySelectorAll('[role=article], .message-bubble').length ?? 0;
    },
  };
}

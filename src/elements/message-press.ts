/** A finger rests on a message after so long, ms: as long as phones wait themselves. */
const PRESS_MS = 500;
/** A finger that moves further than this wants something else, px. */
const STILL_PX = 10;

/**
 * A finger that rests on a message opens what can be done with it, as in every chat on a phone. One that scrolls, or
 * rests on a link, a button or a field, does not; nor does a mouse, which selects text. Meanwhile the browser selects no
 * text under the finger, unless some is selected already: selecting is among what can be done.
 */
export function onPress(event: PointerEvent): void {
  const { pointerType, isPrimary, clientX, clientY } = event;
  const target = event.target as Element;
  const message = target.closest<HTMLElement>('.message');
  const button = message?.querySelector<HTMLElement>('.actions');
  const isOther = pointerType === 'mouse' || !isPrimary || target.closest('a, button, pre, input, select, cw-form');
  if (!message || !button || isOther || getSelection()?.type === 'Range') return;

  const listeners = new AbortController();
  const { signal } = listeners;
  const release = () => {
    clearTimeout(timer);
    listeners.abort();
    message.toggleAttribute('data-pressed', false);
  };
  const timer = setTimeout(() => {
    button.click();
    ignoreEnd();
  }, PRESS_MS);
  message.toggleAttribute('data-pressed', true);
  const options = { capture: true, signal };
  for (const type of ['pointerup', 'pointercancel', 'scroll']) addEventListener(type, release, options);
  addEventListener('pointerdown', (another) => another.isPrimary || release(), options);
  const move = (moved: PointerEvent) => {
    if (Math.hypot(moved.clientX - clientX, moved.clientY - clientY) > STILL_PX) release();
  };
  addEventListener('pointermove', move, options);
  // What the browser itself would offer for a long press.
  addEventListener('contextmenu', (offer) => offer.preventDefault(), options);
}

/** The end of this touch is no click: that would take the focus out of what has just opened. */
function ignoreEnd(): void {
  const listeners = new AbortController();
  const end = (event: Event) => {
    listeners.abort();
    if (event.cancelable) event.preventDefault();
  };
  const options = { capture: true, passive: false, signal: listeners.signal };
  for (const type of ['touchend', 'touchcancel']) addEventListener(type, end, options);
}

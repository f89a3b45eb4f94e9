import { ref } from 'lit/directives/ref.js';

/** What had the focus before the dialog that is on screen. */
let opener: Element | null = null;

/** The element that has the focus, whatever shadow roots it stands in. */
function focusedElement(): Element | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}

/**
 * Put on a `<dialog>`: as soon as it is there it is shown, and nothing behind it can be reached; as soon as it is gone, the
 * focus is back where it was. (The browser sees to that only when a dialog is closed before it goes.) One at a time.
 */
export const modal = ref((element) => {
  if (element instanceof HTMLDialogElement) {
    opener = focusedElement();
    queueMicrotask(() => element.isConnected && !element.open && element.showModal());
  } else {
    const back = opener;
    queueMicrotask(() => back instanceof HTMLElement && back.focus());
  }
});

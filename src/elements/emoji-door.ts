import { standBeside } from './beside.ts';
import './cw-emoji-picker.ts';
import type { CwPickEvent } from './cw-emoji-picker.ts';

/**
 * Lets somebody pick an emoji, beside `anchor` and within `frame`. Resolves with it, or with undefined when they leave.
 *
 * @param root what the picker is put into; positioned
 */
export function pickEmoji(root: ShadowRoot, anchor: Element, frame: Element = root.host): Promise<string | undefined> {
  root.querySelector('cw-emoji-picker')?.dispatchEvent(new Event('cw-leave'));
  const picker = document.createElement('cw-emoji-picker');
  root.append(picker);
  // Also when the window gets another size, or is zoomed.
  const sizes = new ResizeObserver(() => standBeside(picker, anchor, frame, root.host));
  void picker.updateComplete.then(() => {
    standBeside(picker, anchor, frame, root.host);
    picker.enter();
    if (picker.isConnected) sizes.observe(frame);
  });
  return new Promise((resolve) => {
    const end = (emoji?: string) => {
      sizes.disconnect();
      picker.remove();
      resolve(emoji);
    };
    picker.addEventListener('cw-leave', () => end());
    picker.addEventListener('cw-pick', (event) => end((event as CwPickEvent).emoji));
  });
}

/** Lets somebody pick an emoji that then stands where the caret of a composer's field is. The focus comes back to it. */
export async function insertEmoji(
  composer: HTMLElement,
  button: HTMLElement,
  field: HTMLTextAreaElement,
): Promise<void> {
  const emoji = await pickEmoji(composer.shadowRoot!, button, composer.parentElement ?? composer);
  field.focus();
  if (!emoji) return;
  field.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input'));
}

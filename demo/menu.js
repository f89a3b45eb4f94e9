/**
 * A button that shows and hides the sheet below it: Escape closes and gives the focus back, so does a click elsewhere
 * or leaving by Tab.
 *
 * @param {HTMLElement} root holds a `button[aria-controls]` and the sheet
 * @returns {{ close(): void }}
 */
export function menu(root) {
  const button = root.querySelector('button[aria-controls]');
  const sheet = root.querySelector('.sheet');

  const show = (open) => {
    sheet.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  };

  button.addEventListener('click', () => show(sheet.hidden));
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || sheet.hidden) return;
    show(false);
    button.focus();
  });
  root.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !root.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener('pointerdown', (event) => {
    if (!event.composedPath().includes(root)) show(false);
  });

  return { close: () => show(false) };
}

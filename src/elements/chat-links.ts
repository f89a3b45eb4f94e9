import { toldAlready } from './tell.ts';

/**
 * The page's own way to the chat: any link to `#chat`. Clicks that a script of the page has taken, or by which the browser
 * opens a tab or a window, are none; links in other shadow roots are their own pages' business.
 */
globalThis.document?.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // Scripts fire clicks at the document, too, which is no element.
  if (!(event.target as Partial<Element>).closest?.('[href="#chat"]')) return;
  event.preventDefault();
  document.querySelector('chat-widget')?.show().catch(toldAlready);
});

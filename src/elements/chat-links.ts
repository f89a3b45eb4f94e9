import { toldAlready } from './tell.ts';

/** The page's own way to the chat: any link to `#chat`. Links in other shadow roots are their own pages' business. */
globalThis.document?.addEventListener('click', (event) => {
  // Scripts fire clicks at the document, too, which is no element.
  if (event.defaultPrevented || !(event.target as Partial<Element>).closest?.('[href="#chat"]')) return;
  event.preventDefault();
  document.querySelector('chat-widget')?.show().catch(toldAlready);
});

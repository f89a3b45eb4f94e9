/**
 * A thread is one stop in the tab order: arrow keys walk through its messages, Enter and the menu key open what can be
 * done with the one in focus, whose button is the next stop; Escape puts its exact time away. `event` may be over: then it has no target any more.
 */
export function walkMessages(event: KeyboardEvent, scroller: HTMLElement): void {
  const { key, altKey, ctrlKey, metaKey } = event;
  if (
    altKey ||
    ctrlKey ||
    metaKey ||
    (event.target as Element | null)?.closest('button, a, pre, input, select, cw-form')
  )
    return;
  const messages = [...scroller.querySelectorAll<HTMLElement>('.message')];
  const index = messages.findIndex((message) => message.matches(':focus'));
  if (index >= 0 && ['Enter', 'ContextMenu'].includes(key)) {
    event.preventDefault();
    messages[index].querySelector<HTMLElement>('.actions')?.click();
    return;
  }
  // What is shown with the focus can be put away without moving it (WCAG 2.2, 1.4.13); only then Escape means the panel.
  if (key === 'Escape' && index >= 0 && !messages[index].dataset['quiet']) {
    messages[index].dataset['quiet'] = 'true';
    event.preventDefault();
    return;
  }
  const to = { ArrowUp: index < 0 ? -1 : Math.max(0, index - 1), ArrowDown: index + 1, Home: 0, End: -1 }[key];
  if (to === undefined) return;
  event.preventDefault();
  const next = messages.at(to);
  next?.focus();
  for (const message of messages) {
    delete message.dataset['quiet'];
    const button = message.querySelector<HTMLElement>('.actions');
    if (button) button.tabIndex = message === next ? 0 : -1;
  }
}

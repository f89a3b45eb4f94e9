const warned = new Set<string>();

/** Tells a page's author about a mistake, once per page and mistake. */
export function warnOnce(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(`<chat-widget>: ${message}`);
}

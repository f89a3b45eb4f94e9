/** Tells a page's author what the server did not keep of a visitor. Loaded when there is something to tell. */
export function warnOfUnknown(keys: readonly string[]): void {
  console.warn(
    `<chat-widget>: this inbox keeps known attributes only, and does not know: ${keys.join(', ')}. ` +
      'Define them in the console under Attributes, or leave them out.',
  );
}

/**
 * Sends the form around a `<cw-settings-form>` when Enter is pressed in one of its lines. A browser does that by itself
 * only for fields in the form's own tree.
 */
export function submitOnEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return;
  const [field] = event.composedPath();
  if (!(field instanceof HTMLInputElement) || ['checkbox', 'radio', 'color'].includes(field.type)) return;
  event.preventDefault();
  (event.currentTarget as HTMLFormElement).requestSubmit();
}

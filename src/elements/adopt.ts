import type { createLauncher } from '../launcher.ts';

/**
 * The launcher that was painted before the element was there, by the loader or by the site's server. The element goes on
 * with the same nodes: a press that is under way ends as a click, the focus stays, and nothing moves.
 */
export function adoptLauncher(root: ShadowRoot | null): ReturnType<typeof createLauncher> | undefined {
  const layer = root?.querySelector<HTMLElement>('.layer');
  const button = layer?.querySelector<HTMLButtonElement>('.launcher');
  if (!layer || !button?.querySelector('slot')) return undefined;
  for (const other of [...layer.children]) if (other !== button) other.remove();
  // What the loader does when it is used, the element does now.
  button.onclick = button.onfocus = button.onpointerenter = null;
  return { layer, button };
}

/**
 * What whoever painted it knew of the inbox's looks: the last rule, if that is one of its own. It holds until the settings
 * are here; all else the element has itself.
 */
export function adoptStyle(root: ShadowRoot | null): CSSStyleSheet[] {
  const style = root?.querySelector('style');
  const painted = root?.adoptedStyleSheets[0] ?? style?.sheet;
  const rule = painted?.cssRules[painted.cssRules.length - 1];
  style?.remove();
  if (!rule || !('selectorText' in rule)) return [];
  const sheet = new CSSStyleSheet();
  sheet.insertRule(rule.cssText);
  return [sheet];
}

/** What an inbox says about its launcher, as style: for the element, and for the server, which writes it into a pasted tag. */

/** The part of an inbox's appearance that the launcher shows. */
export interface LauncherAppearance {
  /** CSS colour. */
  readonly color: string;
  /** From the page's edges, px. Default 20. */
  readonly offsetX?: number;
  readonly offsetY?: number;
}

/**
 * A rule on `:host`, which the page's own `chat-widget { … }` beats. An offset of 20 is nothing that the inbox insists on.
 */
export function inboxStyle({ color, offsetX = 20, offsetY = 20 }: LauncherAppearance): string {
  const offset = (axis: string, px: number): string => (px === 20 ? '' : `--chat-offset-${axis}:${px}px;`);
  return `:host{--chat-brand:${color};${offset('x', offsetX)}${offset('y', offsetY)}}`;
}

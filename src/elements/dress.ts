import type { CSSResult } from 'lit';

/** A thread that shows something whose code came later looks as it should from then on. */
export function dress({ adoptedStyleSheets }: ShadowRoot, { styleSheet }: CSSResult): void {
  if (styleSheet && !adoptedStyleSheets.includes(styleSheet)) adoptedStyleSheets.push(styleSheet);
}

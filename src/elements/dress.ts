import type { CSSResult } from 'lit';

/** What shows something whose code came later looks as it should from then on. */
export function dress({ adoptedStyleSheets }: ShadowRoot, { styleSheet }: CSSResult): void {
  if (styleSheet && !adoptedStyleSheets.includes(styleSheet)) adoptedStyleSheets.push(styleSheet);
}

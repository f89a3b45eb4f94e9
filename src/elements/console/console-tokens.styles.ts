import { css } from 'lit';
import { brand } from '../brand.styles.ts';
import { palette } from '../tokens.styles.ts';

/** What only the console says in colour so far. */
const consolePalette = css`
  :host {
    --chat-sunken: light-dark(oklch(0.975 0.004 260), oklch(0.16 0.01 260));
    --chat-success: light-dark(oklch(0.46 0.12 155), oklch(0.79 0.13 155));
    --chat-success-tint: light-dark(oklch(0.96 0.03 155), oklch(0.27 0.045 155));
    --chat-away: light-dark(oklch(0.5 0.02 260), oklch(0.72 0.02 260));
    --chat-away-tint: light-dark(oklch(0.95 0.006 260), oklch(0.27 0.014 260));
  }
`;

/** All of it, with the brand's own properties: for `<chat-console>`, which has no launcher. */
export const tokens = [brand, palette, consolePalette];

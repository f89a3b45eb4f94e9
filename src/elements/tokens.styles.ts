import { css } from 'lit';

try {
  // What a page says and is no colour is the default, instead of nothing at all.
  CSS.registerProperty({
    name: '--cw-brand',
    syntax: '<color>',
    inherits: true,
    initialValue: 'oklch(0.55 0.19 268)',
  });
} catch {
  // In Node, or where another copy of this code has done it.
}

/**
 * Every public custom property, once: those of the launcher stand in launcher.ts, the others here. They stand on `:host`
 * of the two public elements; a page sets them on `chat-widget` or `chat-console`, and everything below inherits. All
 * other style files use them and hold no colours. Light and dark follow the `color-scheme` that the element has; the
 * whole palette follows `--chat-brand`.
 */
export const palette = css`
  :host {
    /* Within sRGB, as it is measured; at rest it is shown as it is. */
    --cw-brand: rgb(from var(--chat-brand) clamp(0, r, 255) clamp(0, g, 255) clamp(0, b, 255) / 1);
    /* Brand as text on a surface: lightness is held where 4.5:1 is sure, whatever the brand. */
    --chat-brand-text: light-dark(
      oklch(from var(--cw-brand) min(l, 0.48) min(c, 0.2) h),
      oklch(from var(--cw-brand) max(l, 0.76) min(c, 0.14) h)
    );
    /* Hovered and selected rows. */
    --chat-brand-tint: color-mix(in oklab, var(--cw-brand) 10%, transparent);
    /* Brand as a surface of its own: what is nearly as light, or as dark, as what it lies on steps back from it. */
    --chat-accent: light-dark(
      oklch(from var(--cw-brand) min(l, 0.9 + c) c h),
      oklch(from var(--cw-brand) max(l, 0.3 - c) c h)
    );
    /* As --chat-on-brand in launcher.ts. */
    --chat-on-accent: lab(from color(from var(--chat-accent) xyz-d65 0 y 0) calc((49.2 - l) * 999) 0 0);
    --chat-on-window: lab(
      from color(from var(--chat-window, var(--cw-brand)) xyz-d65 0 y 0) calc((49.2 - l) * 999) 0 0
    );
    /* Focus ring: visible on every surface. */
    --chat-focus: var(--chat-brand-text);

    --chat-surface: light-dark(oklch(1 0 260), oklch(0.19 0.012 260));
    --chat-raised: light-dark(oklch(0.966 0.005 260), oklch(0.255 0.016 260));
    --chat-line: light-dark(oklch(0.92 0.006 260), oklch(0.31 0.016 260));
    --chat-text: light-dark(oklch(0.24 0.02 260), oklch(0.95 0.006 260));
    --chat-muted: light-dark(oklch(0.48 0.018 260), oklch(0.74 0.014 260));

    --chat-danger: light-dark(oklch(0.5 0.19 25), oklch(0.76 0.13 25));
    --chat-danger-tint: light-dark(oklch(0.96 0.02 25), oklch(0.28 0.06 25));
    --chat-warning: light-dark(oklch(0.48 0.11 70), oklch(0.82 0.12 80));
    --chat-warning-tint: light-dark(oklch(0.965 0.035 85), oklch(0.29 0.045 80));

    /* Bubbles. */
    --chat-own: var(--chat-accent);
    --chat-on-own: lab(from color(from var(--chat-own) xyz-d65 0 y 0) calc((49.2 - l) * 999) 0 0);
    --chat-other: var(--chat-raised);
    --chat-on-other: var(--chat-text);

    --chat-font: system-ui, sans-serif;
    --chat-font-size: 15px;

    --chat-radius-panel: 20px;
    --chat-radius-card: 14px;
    --chat-radius-bubble: 18px;
    --chat-radius-control: 12px;
    --chat-bubble-padding: 8px 14px;
    --chat-message-gap: 16px;

    --chat-panel-width: 400px;
    --chat-panel-height: 704px;
    --chat-shadow-panel:
      0 0 0 1px light-dark(oklch(0.24 0.02 260 / 0.06), oklch(1 0 0 / 0.09)), 0 1px 2px oklch(0.2 0.02 260 / 0.06),
      0 16px 48px -12px oklch(0.2 0.02 260 / 0.28);

    --chat-shadow-float:
      0 0 0 1px light-dark(oklch(0.24 0.02 260 / 0.08), oklch(1 0 0 / 0.12)), 0 4px 16px -4px oklch(0.2 0.02 260 / 0.24);
  }
  .layer {
    font: 400 var(--chat-font-size) / calc(var(--chat-font-size) * 22 / 15) var(--chat-font);
    -webkit-text-size-adjust: 100%;
  }
  @media (prefers-contrast: more) {
    :host {
      --chat-muted: var(--chat-text);
      --chat-line: currentcolor;
    }
  }
`;

/** What every private element starts from: sane boxes, `hidden` that hides, the focus ring, quiet buttons, movements. */
export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
    margin: 0;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  button,
  textarea {
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
  }
  button {
    border: 0;
    padding: 0;
    background: none;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--chat-focus);
    outline-offset: 2px;
  }
  svg {
    display: block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .points:dir(rtl) {
    transform: scaleX(-1);
  }
  .icon-button {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    border-radius: var(--chat-radius-control);
    color: var(--chat-muted);
    transition:
      background-color var(--chat-duration) var(--chat-ease),
      color var(--chat-duration) var(--chat-ease);
  }
  .icon-button:hover {
    background: var(--chat-brand-tint);
    color: var(--chat-text);
  }
  @media (pointer: coarse) {
    .icon-button {
      inline-size: 44px;
      block-size: 44px;
    }
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* What is on its way: shown when it takes longer than a moment. */
  .skeleton {
    display: grid;
    gap: 8px;
    padding-block: 16px;
    animation: appear 200ms 200ms both;
  }
  .skeleton i {
    inline-size: 60%;
    block-size: 38px;
    border-radius: var(--chat-radius-bubble);
    background: var(--chat-raised);
    animation: breathe 1.8s infinite ease-in-out;
  }
  .skeleton :nth-child(3n) {
    justify-self: end;
  }
  @keyframes breathe {
    50% {
      opacity: 0.4;
    }
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition-property: opacity, visibility !important;
    }
  }
`;

import { css } from 'lit';

export const homeStyles = css`
  .hero {
    flex: none;
    padding: max(16px, var(--safe-top, 0px)) 24px 24px;
    position: relative;
    isolation: isolate;
    overflow: hidden;
    background: var(--chat-window, var(--cw-brand));
    color: var(--chat-on-window);
  }
  .hero::before,
  .hero::after {
    content: '';
    position: absolute;
    z-index: -1;
    inset-block-start: -128px;
    inset-inline-end: -128px;
    inline-size: 256px;
    block-size: 256px;
    border-radius: 50%;
    /* Away from the text's own colour: whatever lies on it reads better, never worse. */
    background: oklch(from currentcolor calc(1 - l) 0 0 / 0.08);
  }
  .hero::after {
    inset-block-start: 96px;
    inset-inline-end: -64px;
  }
  .hero-top {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 40px;
    margin-block-end: 20px;
  }
  .hero .icon-button {
    margin-inline-end: -8px;
    color: inherit;
  }
  .hero .icon-button:hover {
    background: color-mix(in oklab, currentcolor 16%, transparent);
  }
  .hero :focus-visible {
    outline-color: currentcolor;
  }
  .hero h2 {
    font-size: 24px;
    line-height: 30px;
    font-weight: 650;
    letter-spacing: -0.018em;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .hero p {
    margin-block-start: 4px;
  }
  .hero .logo {
    --face-size: 40px;
    background: var(--chat-on-window);
    color: var(--chat-window, var(--cw-brand));
  }
  .hero img.logo {
    background: none;
  }
  .faces {
    display: flex;
    margin-inline-start: auto;
    --face-size: 32px;
  }
  .faces div {
    position: relative;
    border-radius: 50%;
    box-shadow: 0 0 0 2px var(--chat-window, var(--cw-brand));
  }
  .faces div + div {
    margin-inline-start: -6px;
  }
  .faces .dot {
    position: absolute;
    inset-block-end: -1px;
    inset-inline-end: -3px;
    border-color: var(--chat-window, var(--cw-brand));
    /* Dark on bright, bright on dark: 3:1 on every brand. */
    background: oklch(from var(--chat-on-window) clamp(0.26, l, 0.87) 0.17 150);
    inline-size: 12px;
    block-size: 12px;
  }

  .home {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--chat-line) transparent;
    padding: 8px 12px;
  }
  .first {
    display: grid;
    justify-items: center;
    margin-block: auto;
    padding: 24px;
    text-align: center;
  }
  .first h3 {
    padding: 16px 0 4px;
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
  }
  .first p {
    max-inline-size: 28ch;
    color: var(--chat-muted);
    text-wrap: balance;
  }
  .illustration {
    inline-size: 132px;
    block-size: 88px;
    stroke: none;
  }
  .theirs {
    fill: color-mix(in oklab, var(--chat-accent) 16%, var(--chat-raised));
  }
  .ours {
    fill: var(--chat-accent);
  }
  .words {
    stroke: var(--chat-on-accent);
    stroke-width: 4;
    opacity: 0.75;
  }

  .home .skeleton i {
    inline-size: 100%;
    block-size: 56px;
    border-radius: var(--chat-radius-card);
  }

  @media (forced-colors: active) {
    .hero {
      border-block-end: 1px solid CanvasText;
    }
  }
`;

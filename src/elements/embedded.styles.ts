import { css } from 'lit';

/** Where the chat is no dialog of a corner, but part of the page, or the whole of it. */
export const embeddedStyles = css`
  /* What the page says of the box of its own element counts. */
  :host {
    display: grid;
    box-sizing: border-box;
    block-size: 100%;
    min-block-size: 420px;
    min-inline-size: 0;
  }
  .embedded {
    position: relative;
    z-index: auto;
    display: block;
    inline-size: auto;
    block-size: auto;
  }
  .embedded > cw-panel {
    position: absolute;
    inset: 0;
    inline-size: auto;
    block-size: auto;
    border-radius: var(--chat-radius-card);
    box-shadow: 0 0 0 1px var(--chat-line);
    transform: none;
    transition: none;
  }
  .embedded > .note {
    position: absolute;
    inset: 16px auto auto 16px;
  }
  @media print {
    .embedded {
      display: none;
    }
  }
`;

/** In another element of the page, which has its place back when the chat is closed. */
export const boxStyles = css`
  :host {
    min-block-size: 0;
  }
  .embedded {
    min-block-size: 420px;
  }
  .embedded:not(:has(> cw-panel[open])) {
    display: none;
  }
`;

/** The whole of it: a card on a calm ground where there is room, else all there is. */
export const wholeStyles = css`
  :host {
    position: fixed;
    inset: 0;
    z-index: 2147483000;
    block-size: auto;
    min-block-size: 0;
  }
  .whole.embedded {
    background: oklch(from var(--chat-surface, Canvas) calc(l - 0.03) c h);
  }
  /* Lines that are longer than this are hard to read. */
  .whole > cw-panel {
    inset-inline: max(0px, 50% - 360px);
    border-radius: 0;
  }
  @media (min-width: 800px) and (min-height: 600px) {
    .whole > cw-panel {
      inset-block: 24px;
      border-radius: var(--chat-radius-panel);
      box-shadow: var(--chat-shadow-panel);
    }
  }
`;

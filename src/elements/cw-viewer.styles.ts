import { css } from 'lit';

export const viewerStyles = css`
  dialog {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    inline-size: 100%;
    block-size: 100%;
    max-inline-size: none;
    max-block-size: none;
    padding: 0;
    border: 0;
    /* A dark room, whatever the page: the same in light and dark. */
    color-scheme: dark;
    background: oklch(0.16 0.01 260 / 0.96);
    color: oklch(0.95 0.006 260);
    animation: appear var(--chat-duration) both;
    overscroll-behavior: contain;
  }
  dialog:not([open]) {
    display: none;
  }
  dialog::backdrop {
    background: none;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: max(8px, env(safe-area-inset-top)) 8px 8px 16px;
    padding-inline: 16px 8px;
  }
  .bar p:first-child {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .name {
    justify-self: start;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  .size {
    justify-self: start;
  }
  .size,
  .place {
    font-size: 12.5px;
    line-height: 16px;
    font-variant-numeric: tabular-nums;
    color: oklch(0.78 0.012 260);
  }
  .place {
    padding-inline: 8px;
  }
  .icon-button,
  .turn {
    color: inherit;
  }
  .icon-button:hover,
  .turn:hover:enabled {
    background: oklch(1 0 0 / 0.14);
    color: inherit;
  }
  :focus-visible {
    outline-color: oklch(0.95 0.006 260);
  }
  .stage {
    display: grid;
    place-items: center;
    min-block-size: 0;
    padding: 0 8px max(8px, env(safe-area-inset-bottom));
    overflow: hidden;
  }
  img {
    max-inline-size: 100%;
    max-block-size: 100%;
    inline-size: auto;
    block-size: auto;
    border-radius: 6px;
    object-fit: contain;
    cursor: zoom-in;
  }
  .zoomed {
    place-items: safe center;
    overflow: auto;
  }
  .zoomed img {
    max-inline-size: none;
    max-block-size: none;
    cursor: zoom-out;
  }
  .turn {
    position: absolute;
    inset-block-start: calc(50% - 22px);
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border-radius: 50%;
    background: oklch(0.16 0.01 260 / 0.6);
  }
  .turn:disabled {
    visibility: hidden;
  }
  .previous {
    inset-inline-start: 8px;
  }
  .next {
    inset-inline-end: 8px;
    transform: scaleX(-1);
  }
`;

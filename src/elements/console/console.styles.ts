import { css } from 'lit';

/** What the console's panes share: text buttons, skeletons, the illustration, tooltips with keyboard hints. */
export const consoleStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    flex: none;
    min-block-size: 36px;
    padding-inline: 14px;
    border-radius: var(--chat-radius-control);
    box-shadow: inset 0 0 0 1px var(--chat-line);
    font-size: 14px;
    line-height: 20px;
    font-weight: 550;
    white-space: nowrap;
    transition:
      background-color var(--chat-duration) var(--chat-ease),
      color var(--chat-duration) var(--chat-ease);
  }
  .button:hover {
    background: var(--chat-brand-tint);
  }
  .button[aria-disabled='true'] {
    cursor: progress;
    opacity: 0.6;
  }
  .button svg {
    inline-size: 18px;
    block-size: 18px;
    margin-inline-start: -2px;
  }

  /* What says where one is now takes the focus as a whole: with room around its words. */
  :is(h1, h2):focus-visible {
    inline-size: fit-content;
    outline-offset: 4px;
    border-radius: 4px;
  }

  .illustration {
    inline-size: 120px;
    block-size: 88px;
    stroke: none;
  }
  .illustration .ground {
    fill: var(--chat-brand-tint);
  }
  .illustration .back {
    fill: color-mix(in oklab, var(--chat-accent) 22%, var(--chat-surface));
  }
  .illustration .front {
    fill: var(--chat-accent);
  }
  .illustration .line {
    fill: none;
    stroke: var(--chat-on-accent);
    stroke-width: 3;
    opacity: 0.85;
  }

  /* Only what takes longer than 200 ms shows that it is being waited for. */
  .skeleton {
    display: grid;
    gap: 2px;
    padding: 2px 8px;
    animation: appear 200ms 200ms backwards;
  }
  .skeleton > div {
    display: grid;
    grid-template: 'face name' 20px 'face words' 20px / 40px minmax(0, 1fr);
    gap: 2px 12px;
    padding: 11px 12px;
  }
  .skeleton > div::before,
  .skeleton i {
    border-radius: 6px;
    background: var(--chat-raised);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .skeleton > div::before {
    content: '';
    grid-area: face;
    block-size: 40px;
    align-self: center;
    border-radius: 50%;
  }
  .skeleton i {
    block-size: 12px;
    align-self: center;
  }
  .skeleton i:first-of-type {
    inline-size: 46%;
  }
  .skeleton i:last-of-type {
    inline-size: 82%;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }

  /* The tooltip repeats the name that the control has in aria-label, and adds the keys: nothing to read aloud. */
  [data-tip] {
    position: relative;
  }
  [data-tip]::after {
    content: attr(data-tip) / '';
    display: var(--tip, block);
    position: absolute;
    z-index: 3;
    inset-block-start: calc(100% + 6px);
    inset-inline-end: 0;
    padding: 4px 8px;
    border-radius: 8px;
    background: var(--chat-text);
    color: var(--chat-surface);
    font-size: 12.5px;
    line-height: 16px;
    font-weight: 500;
    white-space: pre;
    opacity: 0;
    visibility: hidden;
    /* It waits for a pointer that is on its way onto it. */
    transition:
      opacity 120ms 200ms var(--chat-ease),
      visibility 120ms 200ms;
  }
  [data-tip]:focus-visible::after {
    opacity: 1;
    visibility: visible;
    transition-delay: 0s;
  }
  @media (hover: hover) {
    [data-tip]:hover::after {
      opacity: 1;
      visibility: visible;
      transition-delay: 400ms;
    }
  }

  @media (forced-colors: active) {
    .button {
      border: 1px solid;
    }
  }
`;

import { css } from 'lit';

export const attachStyles = css`
  .drop {
    position: absolute;
    inset-inline: 8px;
    inset-block-end: 8px;
    z-index: 3;
    display: grid;
    place-items: center;
    border: 2px dashed var(--chat-brand-text);
    border-radius: var(--chat-radius-card);
    background: color-mix(in oklab, var(--chat-surface) 90%, var(--chat-accent));
    color: var(--chat-brand-text);
    /* What is dropped is the frame's. */
    pointer-events: none;
    animation: appear var(--chat-duration) both;
  }
  .drop p {
    display: grid;
    justify-items: center;
    gap: 8px;
    font-weight: 600;
  }
  .drop svg {
    inline-size: 28px;
    block-size: 28px;
  }
`;

import { css } from 'lit';

export const threadStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    flex: 1;
  }
  /* What is scrolled away lies under the header. */
  :host::before {
    content: '';
    position: absolute;
    inset: 0 0 auto;
    z-index: 2;
    block-size: 10px;
    background: linear-gradient(light-dark(oklch(0.24 0.02 260 / 0.1), oklch(0 0 0 / 0.4)), transparent);
    pointer-events: none;
    opacity: 0;
    transition: opacity var(--chat-duration) var(--chat-ease);
  }
  :host([scrolled])::before {
    opacity: 1;
  }
  .scroller {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--chat-line) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
    border-radius: var(--chat-radius-control);
  }
  .content {
    display: flex;
    flex-direction: column;
    min-block-size: 100%;
    padding: 8px 16px 12px;
  }
  /* Few messages stand next to the composer, not at the top of an empty room. */
  .content > :first-child {
    margin-block-start: auto;
  }
  slot[name='start'] {
    display: flex;
    flex-direction: column;
  }
  .date {
    position: sticky;
    inset-block-start: 4px;
    z-index: 1;
    display: flex;
    justify-content: center;
    margin-block: 16px 0;
    font-size: 12.5px;
    line-height: 16px;
    font-weight: 500;
    pointer-events: none;
  }
  .date span {
    padding: 4px 10px;
    border-radius: 12px;
    background: var(--chat-surface);
    color: var(--chat-muted);
    /* Words that pass below end before its edge, also in the gap above it. */
    box-shadow:
      0 0 0 1px var(--chat-line),
      0 0 0 5px var(--chat-surface);
  }
  .event {
    display: flex;
    justify-content: center;
    align-items: center;
    gap: 6px;
    margin-block-start: 16px;
    font-size: 12.5px;
    line-height: 16px;
    color: var(--chat-muted);
    text-align: center;
  }
  .event svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .event + blockquote {
    inline-size: fit-content;
    max-inline-size: min(100%, 52ch);
    margin: 6px auto 0;
    padding-inline-start: 10px;
    border-inline-start: 3px solid var(--chat-line);
    font-size: 13px;
    line-height: 18px;
    color: var(--chat-muted);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .older,
  .empty {
    padding: 16px;
    font-size: 13px;
    line-height: 18px;
    text-align: center;
    color: var(--chat-muted);
  }
  .empty {
    margin-block: auto;
  }

  .failed-load {
    display: grid;
    justify-items: center;
    gap: 8px;
    margin-block: auto;
    padding: 24px;
    text-align: center;
    color: var(--chat-muted);
  }
  .failed-load svg {
    color: var(--chat-danger);
  }
  .failed-load button {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 36px;
    padding-inline: 12px;
    border-radius: var(--chat-radius-control);
    color: var(--chat-brand-text);
    font-weight: 600;
  }
  .failed-load button svg {
    color: inherit;
  }
  .failed-load button:hover {
    background: var(--chat-brand-tint);
  }
`;

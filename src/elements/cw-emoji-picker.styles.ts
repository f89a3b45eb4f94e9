import { css } from 'lit';

export const emojiPickerStyles = css`
  :host {
    position: absolute;
    z-index: 5;
    display: flex;
    inline-size: min(328px, calc(100% - 24px));
    block-size: 340px;
    border-radius: var(--chat-radius-card);
    background: var(--chat-surface);
    box-shadow: var(--chat-shadow-float);
    overflow: hidden;
    animation: appear var(--chat-duration) var(--chat-ease);
  }
  .picker {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .top {
    display: flex;
    gap: 6px;
    padding: 10px 10px 6px;
  }
  input,
  select {
    min-block-size: 36px;
    border: 1px solid var(--chat-muted);
    border-radius: var(--chat-radius-control);
    background: var(--chat-surface);
    color: inherit;
    font: inherit;
    font-size: 14px;
  }
  input {
    flex: 1;
    min-inline-size: 0;
    padding-inline: 10px;
  }
  /* The ring takes the place of the border. */
  input:focus-visible,
  select:focus-visible {
    outline-offset: -1px;
  }
  .picker:focus-visible {
    outline: none;
  }
  input::-webkit-search-cancel-button {
    appearance: none;
    inline-size: 12px;
    block-size: 12px;
    margin-inline-start: 6px;
    background: currentcolor;
    clip-path: polygon(
      9% 0,
      0 9%,
      41% 50%,
      0 91%,
      9% 100%,
      50% 59%,
      91% 100%,
      100% 91%,
      59% 50%,
      100% 9%,
      91% 0,
      50% 41%
    );
    forced-color-adjust: none;
    cursor: pointer;
  }
  input::placeholder {
    color: var(--chat-muted);
    opacity: 1;
  }
  select {
    padding-inline: 4px;
    cursor: pointer;
  }
  .categories {
    display: grid;
    grid-template-columns: repeat(8, 1fr);
    padding: 0 8px 4px;
    border-block-end: 1px solid var(--chat-line);
  }
  .list {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 0 8px 8px;
    scrollbar-width: thin;
    scrollbar-color: var(--chat-line) transparent;
  }
  h3 {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: 8px 4px 4px;
    background: var(--chat-surface);
    font-size: 12.5px;
    line-height: 16px;
    font-weight: 600;
    color: var(--chat-muted);
  }
  /* Far away rows cost nothing, and the scroll bar knows of them all the same. */
  [role='row'] {
    display: grid;
    grid-template-columns: repeat(8, 1fr);
    content-visibility: auto;
    contain-intrinsic-block-size: 38px;
  }
  .categories button,
  [role='gridcell'] {
    display: grid;
    place-items: center;
    block-size: 38px;
    border-radius: 10px;
    font-size: 22px;
    line-height: 1;
  }
  .categories button {
    block-size: 34px;
    font-size: 18px;
    filter: grayscale(0.6);
  }
  .categories button:hover,
  [role='gridcell']:hover {
    background: var(--chat-brand-tint);
    filter: none;
  }
  button:focus-visible {
    outline-offset: -2px;
  }
  @media (pointer: coarse) {
    input,
    select {
      min-block-size: 44px;
      font-size: 16px;
    }
    [role='gridcell'],
    .categories button {
      block-size: 44px;
    }
    [role='row'] {
      contain-intrinsic-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }
  }
`;

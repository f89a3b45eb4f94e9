import { css } from 'lit';

/** A question in the middle of the screen. */
export const dialogStyles = css`
  dialog {
    inline-size: min(440px, 100% - 32px);
    padding: 24px;
    border: 0;
    border-radius: var(--chat-radius-panel);
    margin: auto;
    background: var(--chat-surface);
    color: var(--chat-text);
    box-shadow: var(--chat-shadow-panel);
  }
  dialog,
  dialog form {
    gap: 12px;
  }
  dialog[open],
  dialog form {
    display: grid;
  }
  dialog[open] {
    animation: rise var(--chat-duration) var(--chat-ease);
  }
  dialog::backdrop {
    background: oklch(0.2 0.02 260 / 0.36);
  }
  dialog h2 {
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
  }
  dialog p {
    text-wrap: pretty;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 8px;
    margin-block-start: 8px;
  }
  @media (forced-colors: active) {
    dialog {
      border: 1px solid;
    }
  }
`;

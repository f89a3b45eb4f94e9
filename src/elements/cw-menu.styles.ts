import { css } from 'lit';

export const menuStyles = css`
  .layer {
    position: fixed;
    z-index: 3;
    inline-size: max-content;
    min-inline-size: 200px;
    max-inline-size: min(300px, 100vw - 32px);
    padding: 6px;
    overflow: auto;
    border: 1px solid transparent;
    border-radius: var(--chat-radius-card);
    background: var(--chat-surface);
    color: var(--chat-text);
    font-size: 14px;
    line-height: 20px;
    font-weight: 400;
    box-shadow: var(--chat-shadow-float);
    animation: appear var(--chat-duration) var(--chat-ease);
  }
  .group + .group {
    margin-block-start: 6px;
    padding-block-start: 6px;
    border-block-start: 1px solid var(--chat-line);
  }
  .item {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: 36px;
    padding: 6px 10px;
    border-radius: 9px;
    text-align: start;
  }
  .item span {
    flex: 1;
  }
  .item svg {
    color: var(--chat-muted);
  }
  .item:hover,
  .item:focus-visible {
    background: var(--chat-brand-tint);
  }
  .item:focus-visible,
  .question :focus-visible {
    outline-color: var(--chat-focus);
  }
  .item:focus-visible {
    outline-offset: -2px;
  }
  .item svg + span + svg {
    color: var(--chat-brand-text);
  }
  .note {
    padding: 12px 14px;
  }
  .question {
    inline-size: 300px;
    padding: 16px;
  }
  .question h3 {
    font-size: 15px;
    line-height: 20px;
    font-weight: 600;
  }
  .question p {
    margin-block: 6px 0;
    color: var(--chat-muted);
    font-size: 13.5px;
  }
  .question .problem {
    color: var(--chat-danger);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 16px;
  }
  @media (pointer: coarse) {
    .item {
      min-block-size: 44px;
    }
  }
`;

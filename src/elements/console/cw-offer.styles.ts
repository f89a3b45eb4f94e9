import { css } from 'lit';

export const offerStyles = css`
  dialog {
    inline-size: min(520px, calc(100vw - 32px));
    max-block-size: calc(100dvh - 32px);
    margin: auto;
    padding: 0;
    border: 0;
    border-radius: var(--chat-radius-panel);
    background: var(--chat-surface);
    color: var(--chat-text);
    box-shadow: var(--chat-shadow-panel);
    overflow: auto;
  }
  dialog::backdrop {
    background: oklch(0.2 0.02 260 / 0.4);
  }
  form {
    display: grid;
    gap: 12px;
    padding: 20px;
  }
  h2 {
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
  }
  .one {
    display: grid;
    gap: 4px;
  }
  fieldset {
    min-inline-size: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
  }
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 16px;
    margin-block: 6px 4px;
  }
  .kinds label,
  .required {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 28px;
    font-weight: 400;
    font-size: 14px;
    white-space: nowrap;
  }
  input[type='radio'] {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--chat-brand-text);
  }
  .hint {
    font-size: 13px;
    line-height: 18px;
    color: var(--chat-muted);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
  }
  .row > input {
    flex: 1 1 140px;
    inline-size: auto;
  }
  .row > select {
    flex: none;
    inline-size: 120px;
  }
  .row > .icon-button {
    margin-inline-start: auto;
  }
  .row > :is(.problem, .options) {
    flex: 1 0 100%;
  }
  .card {
    display: grid;
    gap: 10px;
    padding: 8px 12px 12px;
    border: 1px solid var(--chat-line);
    border-radius: var(--chat-radius-card);
  }
  .card-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-inline-end: -4px;
    font-size: 14px;
    font-weight: 600;
  }
  .problem:empty {
    display: none;
  }
  .link {
    justify-self: start;
  }
  .buttons {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 4px;
  }
  @media (max-width: 480px) {
    .row:has(> [type='url']) {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .row > [type='url'] ~ .icon-button {
      grid-area: 1 / 2 / span 2;
    }
    .row > [type='url'] ~ .problem {
      grid-column: 1 / -1;
    }
  }
  @media (pointer: coarse) {
    .kinds label,
    .required {
      min-block-size: 44px;
    }
  }
`;

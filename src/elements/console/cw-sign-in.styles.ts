import { css } from 'lit';

export const signInStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    place-items: center;
    min-block-size: 100%;
    padding: 24px 16px;
    background: var(--chat-sunken);
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
    inline-size: min(100%, 384px);
    padding: 32px;
    border-radius: var(--chat-radius-panel);
    background: var(--chat-surface);
    box-shadow: var(--chat-shadow-panel);
  }
  header {
    display: grid;
    gap: 4px;
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin-block-end: 12px;
    border-radius: var(--chat-radius-card);
    background: var(--chat-accent);
    color: var(--chat-on-accent);
  }
  .mark svg {
    inline-size: 24px;
    block-size: 24px;
  }
  h1 {
    font-size: 24px;
    line-height: 30px;
    font-weight: 650;
    letter-spacing: -0.015em;
  }
  header p {
    color: var(--chat-muted);
  }
  .notice {
    display: flex;
    gap: 10px;
    padding: 12px 14px;
    border-radius: var(--chat-radius-control);
    background: var(--chat-danger-tint);
    color: var(--chat-danger);
    font-size: 14px;
    line-height: 20px;
  }
  .notice.quiet {
    background: var(--chat-brand-tint);
    color: var(--chat-text);
  }
  .field {
    display: grid;
    gap: 6px;
  }
  label {
    font-size: 13px;
    line-height: 18px;
    font-weight: 550;
  }
  .box {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  input {
    block-size: 44px;
    padding-inline: 14px;
    border: 1px solid light-dark(oklch(from var(--chat-muted) 0.66 c h), oklch(from var(--chat-muted) 0.52 c h));
    border-radius: var(--chat-radius-control);
    background: var(--chat-surface);
    color: inherit;
    font: inherit;
    transition: border-color var(--chat-duration) var(--chat-ease);
  }
  /* The ring takes the place of the border. */
  input:focus-visible {
    outline-offset: -1px;
  }
  input[aria-invalid='true'] {
    border-color: var(--chat-danger);
    box-shadow: 0 0 0 1px var(--chat-danger);
  }
  .box input:not(:only-child) {
    padding-inline-end: 48px;
  }
  .box .icon-button {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 4px;
    margin-block: auto;
  }
  .problem {
    font-size: 13px;
    line-height: 18px;
    color: var(--chat-danger);
  }
  .submit {
    block-size: 44px;
    border-radius: var(--chat-radius-control);
    background: var(--chat-accent);
    color: var(--chat-on-accent);
    font-weight: 600;
    transition: filter var(--chat-duration) var(--chat-ease);
  }
  .submit:hover {
    filter: brightness(1.06);
  }
  .submit[aria-disabled='true'] {
    cursor: progress;
    opacity: 0.72;
  }
  @media (pointer: coarse) {
    input {
      font-size: 16px;
    }
  }
  @media (forced-colors: active) {
    form,
    .submit {
      border: 1px solid;
    }
    input:focus-visible {
      outline: 2px solid Highlight;
    }
  }
`;

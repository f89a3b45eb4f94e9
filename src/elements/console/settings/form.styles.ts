import { css } from 'lit';
import { selectStyles } from '../../select.styles.ts';

/** Fields, their labels and what stands below them: for every form of the settings. */
export const formStyles = css`
  .field {
    display: grid;
    gap: 6px;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 24px;
  }
  label,
  legend {
    font-size: 13.5px;
    line-height: 18px;
    font-weight: 600;
  }
  legend {
    padding: 0;
  }
  .hint,
  .none,
  .unit {
    font-size: 13px;
    line-height: 18px;
    color: var(--chat-muted);
    text-wrap: pretty;
  }
  .error {
    font-size: 13px;
    line-height: 18px;
    font-weight: 550;
    color: var(--chat-danger);
  }
  .warning {
    padding: 8px 12px;
    border-radius: var(--chat-radius-control);
    background: var(--chat-warning-tint);
    color: var(--chat-warning);
    font-size: 13px;
    line-height: 18px;
  }
  input:not([type='checkbox'], [type='radio'], [type='color']),
  textarea,
  select {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 40px;
    padding: 8px 12px;
    border: 1px solid light-dark(oklch(from var(--chat-muted) 0.66 c h), oklch(from var(--chat-muted) 0.52 c h));
    border-radius: var(--chat-radius-control);
    background: var(--chat-surface);
    color: inherit;
    font: inherit;
    text-align: start;
    transition: border-color var(--chat-duration) var(--chat-ease);
  }
  textarea {
    display: block;
    resize: vertical;
    field-sizing: content;
    min-block-size: 64px;
    max-block-size: 240px;
  }
  ${selectStyles}
  :is(input, textarea, select):not([type='checkbox'], [type='radio'], [type='color']):focus-visible {
    /* The ring takes the place of the border. */
    outline-offset: -1px;
  }
  /* In WebKit the focus is in a part of them, and never visible. */
  :is([type='date'], [type='time']):focus {
    outline: 2px solid var(--chat-focus);
    outline-offset: -1px;
  }
  :is(input, textarea, select)[aria-invalid='true']:not([type='checkbox']) {
    border-color: var(--chat-danger);
    box-shadow: 0 0 0 1px var(--chat-danger);
  }
  input[type='checkbox']:not([role='switch']),
  input[type='radio'] {
    inline-size: 18px;
    block-size: 18px;
    accent-color: var(--chat-brand-text);
  }
  .primary {
    background: var(--chat-accent);
    color: var(--chat-on-accent);
    box-shadow: none;
  }
  .primary:hover {
    background: var(--chat-accent);
    filter: brightness(1.06);
  }
  .danger {
    color: var(--chat-danger);
  }
  .text-button {
    min-block-size: 28px;
    padding-inline: 8px;
    border-radius: 8px;
    color: var(--chat-brand-text);
    font-size: 13px;
    line-height: 18px;
    font-weight: 550;
    white-space: nowrap;
  }
  .text-button:hover {
    background: var(--chat-brand-tint);
  }
  [aria-disabled='true'] {
    opacity: 0.45;
    cursor: default;
  }
  @media (pointer: coarse) {
    input:not([type='checkbox'], [type='radio'], [type='color']),
    textarea,
    select {
      min-block-size: 44px;
      font-size: 16px;
    }
    .text-button {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    :is(input, textarea, select):focus-visible {
      outline: 2px solid Highlight;
    }
    .primary {
      border: 1px solid;
    }
  }
`;

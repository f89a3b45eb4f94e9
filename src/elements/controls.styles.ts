import { css } from 'lit';
import { linkStyles } from './link.styles.ts';
import { selectStyles } from './select.styles.ts';

/** Fields, their labels and the buttons beside them, wherever a visitor is asked for something. */
export const controlStyles = css`
  label,
  legend {
    font-size: 13px;
    line-height: 18px;
    font-weight: 550;
  }
  input,
  select,
  .area {
    inline-size: 100%;
    min-inline-size: 0;
    block-size: 40px;
    padding-inline: 12px;
    border: 1px solid light-dark(oklch(from var(--chat-muted) 0.66 c h), oklch(from var(--chat-muted) 0.52 c h));
    border-radius: var(--chat-radius-control);
    background: var(--chat-surface);
    color: inherit;
    font: inherit;
    font-size: var(--chat-font-size);
    transition: box-shadow var(--chat-duration) var(--chat-ease);
  }
  .area {
    block-size: auto;
    padding-block: 8px;
    line-height: 22px;
    resize: none;
    field-sizing: content;
    min-block-size: 62px;
    max-block-size: 150px;
  }
  ${selectStyles}
  input:focus-visible,
  select:focus-visible,
  .area:focus-visible {
    outline-offset: 0;
    border-color: transparent;
  }
  /* In WebKit the focus is in a part of it, and never visible. */
  [type='date']:focus {
    outline: 2px solid var(--chat-focus);
  }
  [aria-invalid='true'] {
    border-color: var(--chat-danger);
  }
  ::placeholder {
    color: var(--chat-muted);
    opacity: 1;
  }
  input[type='checkbox'] {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin: 1px;
    accent-color: var(--chat-brand-text);
  }
  input[type='checkbox']:focus-visible {
    outline-offset: 2px;
  }

  .primary,
  .secondary {
    min-block-size: 40px;
    padding-inline: 16px;
    border-radius: var(--chat-radius-control);
    font-weight: 600;
  }
  .primary {
    background: var(--chat-accent);
    color: var(--chat-on-accent);
  }
  .secondary {
    background: var(--chat-raised);
    color: var(--chat-text);
  }
  .danger {
    background: var(--chat-danger);
    color: var(--chat-surface);
  }
  .primary:active,
  .secondary:active {
    transform: scale(0.98);
  }
  [aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }
  ${linkStyles}
  .problem {
    color: var(--chat-danger);
    font-size: 13px;
    line-height: 18px;
  }
  .problem:empty {
    display: none;
  }

  @media (pointer: coarse) {
    .primary,
    .secondary {
      min-block-size: 44px;
    }
    input:not([type='checkbox']),
    select,
    .area {
      min-block-size: 44px;
      /* iOS zooms the page into fields under 16 px. */
      font-size: max(16px, var(--chat-font-size));
    }
    input[type='checkbox'] {
      inline-size: 24px;
      block-size: 24px;
    }
  }
  @media (forced-colors: active) {
    .primary,
    .secondary {
      border: 1px solid;
    }
  }
`;

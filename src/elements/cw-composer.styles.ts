import { css } from 'lit';

export const composerStyles = css`
  :host {
    position: relative;
    display: block;
    padding: 8px 12px max(12px, var(--safe-bottom, 0px));
  }
  .field {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 5px;
    border: 1px solid var(--chat-line);
    border-radius: 24px;
    background: var(--chat-surface);
    cursor: text;
    transition:
      border-color var(--chat-duration) var(--chat-ease),
      box-shadow var(--chat-duration) var(--chat-ease);
  }
  .field:has(textarea:focus) {
    border-color: var(--chat-brand-text);
    box-shadow: 0 0 0 3px var(--chat-brand-tint);
  }
  /* The replica in ::after makes the grid cell as tall as the text; the textarea fills the cell. */
  .grow {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    max-block-size: calc(6lh + 14px);
    overflow: hidden;
  }
  .grow::after {
    content: attr(data-value) ' ';
    visibility: hidden;
  }
  .grow::after,
  textarea {
    grid-area: 1 / 1;
    min-inline-size: 0;
    padding: 7px 4px 7px 12px;
    padding-inline: 12px 4px;
    border: 0;
    font: inherit;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  textarea {
    max-block-size: inherit;
    resize: none;
    background: none;
    outline: none;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  textarea::placeholder {
    color: var(--chat-muted);
    opacity: 1;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .tool,
  .send {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    color: var(--chat-muted);
  }
  .tool:hover {
    background: var(--chat-brand-tint);
    color: var(--chat-text);
  }
  .tool ~ .grow {
    margin-inline-start: -8px;
  }
  .send {
    background: var(--chat-accent);
    color: var(--chat-on-accent);
    transition:
      background-color var(--chat-duration) var(--chat-ease),
      transform var(--chat-duration) var(--chat-ease);
  }
  .send:disabled {
    background: var(--chat-raised);
    color: var(--chat-muted);
    cursor: default;
  }
  .send:active:enabled {
    transform: scale(0.94);
  }
  #hint {
    padding: 6px 14px 0;
    font-size: 12.5px;
    line-height: 16px;
    font-variant-numeric: tabular-nums;
    color: var(--chat-muted);
  }
  #hint:empty {
    display: none;
  }
  #hint.problem {
    color: var(--chat-danger);
  }
  @media (pointer: coarse) {
    /* iOS zooms the page into fields under 16 px. */
    .grow::after,
    textarea {
      font-size: max(16px, var(--chat-font-size));
    }
    .tool,
    .send {
      inline-size: 44px;
      block-size: 44px;
    }
    .grow::after,
    textarea {
      padding-block: 11px;
    }
  }
  @media (forced-colors: active) {
    .field:has(textarea:focus) {
      outline: 2px solid Highlight;
      outline-offset: 1px;
    }
    .send {
      border: 1px solid ButtonText;
    }
  }
`;

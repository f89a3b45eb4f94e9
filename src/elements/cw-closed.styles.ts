import { css } from 'lit';

export const closedStyles = css`
  :host {
    display: block;
    flex: none;
  }
  form {
    margin: 4px 12px;
    padding: 12px 14px;
    border-radius: var(--chat-radius-card);
    background: var(--chat-raised);
    animation: rise var(--chat-duration) var(--chat-ease);
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: start;
    padding-inline-end: 4px;
    padding-block-start: 8px;
  }
  .thanks {
    display: flex;
    justify-content: center;
    align-items: center;
    gap: 6px;
    padding: 8px 16px;
    font-size: 13px;
    line-height: 18px;
    color: var(--chat-muted);
    animation: appear var(--chat-duration);
  }
  .thanks svg {
    inline-size: 16px;
    block-size: 16px;
  }
  fieldset {
    border: 0;
    padding: 0;
    min-inline-size: 0;
  }
  legend {
    padding: 9px 0 0;
  }
  .scores {
    display: flex;
    align-items: center;
    margin-inline-start: -7px;
  }
  .score {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: var(--chat-radius-control);
    color: var(--chat-muted);
    cursor: pointer;
  }
  .score svg {
    inline-size: 26px;
    block-size: 26px;
    stroke-width: 1.4;
  }
  .score.on {
    color: var(--chat-brand-text);
  }
  .on svg {
    fill: currentcolor;
  }
  .score:hover {
    background: var(--chat-brand-tint);
  }
  .score:has(:focus-visible) {
    outline: 2px solid var(--chat-focus);
    outline-offset: -2px;
  }
  .chosen {
    margin-inline-start: 8px;
    font-size: 13px;
    line-height: 18px;
    color: var(--chat-muted);
  }
  .comment {
    grid-column: 1 / -1;
    display: grid;
    gap: 6px;
    padding-block-start: 8px;
    padding-inline-end: 10px;
    animation: appear var(--chat-duration);
  }
  .comment .primary {
    justify-self: start;
  }
  .optional {
    margin-inline-start: 6px;
    color: var(--chat-muted);
    font-size: 12.5px;
    font-weight: 400;
  }
  @media (pointer: coarse) {
    .score {
      inline-size: 44px;
      block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    form {
      border: 1px solid;
    }
    .score.on {
      color: Highlight;
    }
  }
`;

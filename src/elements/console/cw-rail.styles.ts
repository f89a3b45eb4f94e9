import { css } from 'lit';

export const railStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 4px;
    padding-block: 10px;
    background: var(--chat-sunken);
  }
  [role='tablist'] {
    display: grid;
    gap: 4px;
    inline-size: 100%;
    padding-inline: 4px;
  }
  [role='tab'],
  .switch {
    display: grid;
    justify-items: center;
    border-radius: var(--chat-radius-control);
    color: var(--chat-muted);
    font-size: 10.5px;
    line-height: 14px;
    font-weight: 550;
    transition:
      background-color var(--chat-duration) var(--chat-ease),
      color var(--chat-duration) var(--chat-ease);
  }
  [role='tab']:hover,
  .switch:hover {
    color: var(--chat-text);
    background: var(--chat-brand-tint);
  }
  [role='tab'] {
    position: relative;
    gap: 3px;
    padding: 9px 0 7px;
  }
  [aria-selected='true'],
  [aria-current] {
    color: var(--chat-brand-text);
    background: var(--chat-brand-tint);
  }
  .badge {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-start: calc(50% + 3px);
    min-inline-size: 7px;
    padding-inline: 4px;
    border: 2px solid var(--chat-sunken);
    border-radius: 99px;
    box-sizing: content-box;
    background: var(--chat-accent);
    color: var(--chat-on-accent);
    font-size: 10.5px;
    line-height: 15px;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  .agent {
    position: relative;
    display: grid;
    justify-items: center;
    gap: 6px;
    margin-block-start: auto;
  }
  .face {
    --face-size: 34px;
  }
  .switch {
    gap: 4px;
    inline-size: 48px;
    padding-block: 7px 6px;
  }
  .who {
    position: relative;
  }
  /* Filled when visitors see that somebody is there, else a ring. */
  .who::after {
    content: '';
    position: absolute;
    inset-block-end: -2px;
    inset-inline-end: -2px;
    inline-size: 9px;
    block-size: 9px;
    border: 2.5px solid var(--chat-away);
    border-radius: 50%;
    background: var(--chat-surface);
    box-shadow: 0 0 0 2px var(--chat-sunken);
  }
  .unknown .who::after {
    content: none;
  }
  .online .who::after {
    border-color: var(--chat-success);
    background: var(--chat-success);
  }
  .problem {
    position: absolute;
    z-index: 3;
    inset-block-end: 4px;
    inset-inline-start: calc(100% + 8px);
    inline-size: max-content;
    max-inline-size: 240px;
    padding: 8px 12px;
    border-radius: var(--chat-radius-control);
    background: var(--chat-danger-tint);
    color: var(--chat-danger);
    font-size: 13px;
    line-height: 18px;
    font-weight: 550;
  }
  /* Beside the rail, not below it. */
  [data-tip]::after {
    inset-block: auto 4px;
    inset-inline: calc(100% + 8px) auto;
  }
  :host([bar]) [data-tip]::after {
    inset-block: auto calc(100% + 8px);
    inset-inline: auto 0;
  }
  :host([bar]) {
    flex-direction: row;
    padding: 6px 8px max(6px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--chat-line);
  }
  :host([bar]) [role='tablist'] {
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 112px);
  }
  :host([bar]) .problem {
    inset-block-end: calc(100% + 8px);
    inset-inline: auto 8px;
  }
  :host([bar]) .agent {
    grid-auto-flow: column;
    align-items: center;
    margin-block: 0;
  }
  @media (forced-colors: active) {
    [aria-selected='true'],
    [aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;

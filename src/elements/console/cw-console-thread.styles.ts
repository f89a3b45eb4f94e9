import { css } from 'lit';

export const consoleThreadStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    background: var(--chat-surface);
  }
  .head {
    position: relative;
    z-index: 2;
    display: flex;
    align-items: center;
    gap: 12px;
    flex: none;
    min-block-size: 60px;
    padding: 6px 12px 6px 20px;
    padding-inline: 20px 12px;
    border-block-end: 1px solid var(--chat-line);
  }
  .back {
    margin-inline: -12px -8px;
  }
  .face {
    --face-size: 36px;
  }
  .who {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  h2 {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    font-size: 15px;
    line-height: 22px;
    font-weight: 600;
  }
  .proof {
    display: flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
  }
  .proof cw-verification {
    flex: none;
  }
  .email {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 12.5px;
    line-height: 16px;
    color: var(--chat-muted);
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .icon-button[aria-pressed='true'] {
    background: var(--chat-brand-tint);
    color: var(--chat-brand-text);
  }
  .problem {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 7px 20px;
    background: var(--chat-danger-tint);
    color: var(--chat-danger);
    font-size: 13px;
    line-height: 18px;
  }
  .problem svg {
    inline-size: 18px;
    block-size: 18px;
  }
  cw-thread {
    flex: 1;
    min-block-size: 0;
  }
  /* Lines stay readable on a wide screen. */
  cw-thread,
  cw-composer {
    inline-size: 100%;
    max-inline-size: 880px;
    margin-inline: auto;
  }
  .missing {
    display: grid;
    flex: 1;
    place-content: center;
    justify-items: center;
    gap: 4px;
    padding: 32px;
    text-align: center;
    color: var(--chat-muted);
  }
  .missing h2 {
    margin-block-start: 16px;
    color: var(--chat-text);
    font-size: 17px;
    line-height: 24px;
    white-space: normal;
  }
  .missing .button {
    margin-block-start: 12px;
    color: var(--chat-text);
  }
  [data-begun] {
    position: relative;
  }
  [data-begun]::after {
    content: '';
    position: absolute;
    inset-block-start: 5px;
    inset-inline-end: 5px;
    inline-size: 8px;
    block-size: 8px;
    border: 2px solid var(--chat-surface);
    border-radius: 50%;
    background: var(--chat-brand-text);
    box-sizing: content-box;
  }
  :host([narrow]) .resolve span {
    /* The icon alone; its name stays in aria-label. */
    display: none;
  }
  :host([narrow]) .resolve {
    padding-inline: 8px;
  }
  :host([narrow]) .resolve svg {
    margin: 0;
  }
`;

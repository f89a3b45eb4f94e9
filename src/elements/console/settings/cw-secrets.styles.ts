import { css } from 'lit';
import { dialogStyles } from './dialog.styles.ts';

export const secretsStyles = [
  dialogStyles,
  css`
    :host {
      display: block;
    }
    section {
      display: grid;
      justify-items: start;
      gap: 12px;
      padding-block-start: 32px;
      border-block-start: 1px solid var(--chat-line);
    }
    h2 {
      font-size: 17px;
      line-height: 24px;
      font-weight: 600;
    }
    section > .hint:first-of-type {
      margin-block-start: -8px;
    }
    ul {
      display: grid;
      gap: 12px;
      inline-size: 100%;
      padding: 0;
      list-style: none;
    }
    li {
      display: grid;
      gap: 6px;
      padding: 16px;
      border-radius: var(--chat-radius-card);
      background: var(--chat-sunken);
      box-shadow: 0 0 0 1px var(--chat-line);
    }
    h3 {
      font-size: 15px;
      line-height: 20px;
      font-weight: 600;
    }
    .value {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
    }
    code {
      flex: 1 1 200px;
      min-inline-size: 0;
      padding: 8px 12px;
      border-radius: 8px;
      background: var(--chat-surface);
      font:
        13px/18px ui-monospace,
        'SF Mono',
        Menlo,
        Consolas,
        monospace;
      overflow-wrap: anywhere;
      user-select: all;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-block-start: 6px;
    }
    .acts .button {
      background: var(--chat-surface);
    }
    @media (forced-colors: active) {
      li {
        border: 1px solid;
      }
    }
  `,
];

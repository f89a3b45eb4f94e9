import { css } from 'lit';
import { dialogStyles } from './dialog.styles.ts';

/** A page that no schema makes: rows of what there is, a form for one more below, and what has just happened. */
export const rowsStyles = [
  dialogStyles,
  css`
    :host {
      display: grid;
      gap: 24px;
    }
    ul {
      display: grid;
      padding: 0;
      border-radius: var(--chat-radius-card);
      box-shadow: 0 0 0 1px var(--chat-line);
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      padding: 12px 16px;
    }
    li + li {
      border-block-start: 1px solid var(--chat-line);
    }
    .name {
      font-weight: 550;
    }
    form {
      display: grid;
      gap: 20px;
      padding-block-start: 24px;
      border-block-start: 1px solid var(--chat-line);
    }
    cw-settings-form {
      gap: 20px;
    }
    h2 {
      font-size: 17px;
      line-height: 24px;
      font-weight: 600;
    }
    .news:empty {
      display: none;
    }
    .news {
      padding: 10px 14px;
      border-radius: var(--chat-radius-control);
      background: var(--chat-success-tint);
      color: var(--chat-success);
      font-size: 14px;
      line-height: 20px;
      overflow-wrap: anywhere;
    }
  `,
];

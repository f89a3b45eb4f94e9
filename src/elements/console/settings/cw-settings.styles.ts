import { css } from 'lit';
import { dialogStyles } from './dialog.styles.ts';

export const settingsStyles = [
  dialogStyles,
  css`
    :host {
      display: grid;
      grid-template: minmax(0, 1fr) / 208px minmax(0, 1fr) minmax(0, 464px);
      min-block-size: 0;
      min-inline-size: 0;
      background: var(--chat-surface);
    }
    .rest {
      grid-column: 1 / -1;
      display: grid;
      place-content: center;
      justify-items: center;
      gap: 16px;
      padding: 24px;
      color: var(--chat-muted);
      text-align: center;
    }
    nav ~ .rest {
      grid-column: 2 / -1;
    }
    .wait {
      animation: appear 200ms 200ms backwards;
    }
    nav {
      display: grid;
      align-content: start;
      gap: 2px;
      overflow-y: auto;
      padding: 20px 12px;
      border-inline-end: 1px solid var(--chat-line);
    }
    nav select,
    .inbox {
      margin-block-end: 12px;
    }
    .inbox {
      padding-inline: 12px;
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    nav a {
      display: flex;
      align-items: center;
      min-block-size: 36px;
      padding: 4px 12px;
      border-radius: var(--chat-radius-control);
      color: var(--chat-muted);
      font-size: 14px;
      line-height: 20px;
      font-weight: 550;
      text-decoration: none;
      transition: background-color var(--chat-duration) var(--chat-ease);
    }
    nav a:hover {
      background: var(--chat-brand-tint);
      color: var(--chat-text);
    }
    nav a[aria-current] {
      background: var(--chat-brand-tint);
      color: var(--chat-brand-text);
    }
    hr {
      inline-size: 100%;
      margin: 12px 0;
      border: 0;
      border-block-start: 1px solid var(--chat-line);
    }

    .work {
      display: grid;
      grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
      min-block-size: 0;
    }
    .alone {
      grid-column: 2 / -1;
    }
    .scroll {
      overflow-y: auto;
      padding: 28px 32px 40px;
    }
    .scroll > * {
      max-inline-size: 600px;
      margin-inline: auto;
    }
    .alone .scroll > * {
      margin-inline: 0;
    }
    header {
      display: grid;
      gap: 2px;
      margin-block-end: 28px;
    }
    header p {
      color: var(--chat-muted);
    }
    h1 {
      font-size: 24px;
      line-height: 30px;
      font-weight: 650;
      letter-spacing: -0.015em;
      outline: none;
    }
    cw-secrets {
      display: block;
      margin-block-start: 40px;
    }
    .bar {
      display: flex;
      align-items: center;
      justify-content: end;
      flex-wrap: wrap;
      gap: 8px;
      padding: 10px 32px;
      border-block-start: 1px solid var(--chat-line);
      background: var(--chat-surface);
    }
    .bar p {
      flex: 1 1 140px;
      min-inline-size: 0;
      font-size: 13px;
      line-height: 18px;
    }
    .state {
      color: var(--chat-muted);
    }
    aside {
      display: grid;
      grid-template-rows: minmax(0, 1fr);
      min-block-size: 0;
      padding: 20px;
      border-inline-start: 1px solid var(--chat-line);
      background: var(--chat-sunken);
    }

    :host([layout='medium']),
    :host([layout='narrow']) {
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    }
    .strip {
      grid-auto-flow: column;
      grid-auto-columns: max-content;
      align-items: center;
      overflow: auto hidden;
      padding: 8px 16px;
      border-inline-end: 0;
      border-block-end: 1px solid var(--chat-line);
      scrollbar-width: none;
      /* With the pages beside the one that is shown. */
      scroll-padding-inline: 96px;
    }
    .strip select {
      inline-size: auto;
      max-inline-size: 160px;
      margin: 0;
      margin-inline-end: 8px;
    }
    .strip .inbox {
      margin: 0;
      padding-inline: 0 12px;
    }
    .strip hr {
      inline-size: 0;
      block-size: 24px;
      margin: 0 8px;
      border-inline-start: 1px solid var(--chat-line);
    }
    :host(:not([layout='wide'])) :is(.work, aside, nav ~ .rest) {
      grid-area: 2 / 1;
    }
    :host(:not([layout='wide'])) aside {
      grid-template-rows: auto minmax(0, 1fr);
      justify-items: stretch;
      gap: 12px;
      padding: 12px 16px 16px;
      border: 0;
    }
    :host(:not([layout='wide'])) aside > .button {
      justify-self: start;
    }
    :host([layout='narrow']) .scroll {
      padding: 20px 16px 32px;
    }
    :host([layout='narrow']) .bar {
      padding: 8px 16px;
    }
    :host([layout='narrow']) .bar p {
      flex-basis: 72px;
    }
    :host([layout='narrow']) .bar .error {
      flex-basis: 100%;
    }
    @media (pointer: coarse) {
      nav a {
        min-block-size: 44px;
      }
    }
    /* As at a zoom of 400 %: nothing is scrolled sideways. */
    @media (max-width: 359.98px) {
      .strip {
        grid-auto-flow: row;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        overflow: hidden auto;
        max-block-size: 30vh;
      }
      .strip hr {
        display: none;
      }
    }
    @media (forced-colors: active) {
      nav a[aria-current] {
        outline: 2px solid Highlight;
        outline-offset: -2px;
      }
    }
  `,
];

import { css } from 'lit';
import { rowsStyles } from './rows.styles.ts';

export const agentsStyles = [
  rowsStyles,
  css`
    :host {
      --face-size: 36px;
    }
    li {
      column-gap: 12px;
    }
    .who {
      flex: 1 1 180px;
      min-inline-size: 0;
    }
    .who p {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .you {
      margin-inline-start: 6px;
      font-weight: 400;
    }
    .disabled :is(.face, .who) {
      opacity: 0.6;
    }
    li select {
      inline-size: auto;
    }
    :disabled {
      opacity: 0.45;
      cursor: default;
    }
    form > .button {
      justify-self: start;
    }
  `,
];

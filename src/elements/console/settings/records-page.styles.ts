import { css } from 'lit';
import { rowsStyles } from './rows.styles.ts';

export const recordsStyles = [
  rowsStyles,
  css`
    .what {
      flex: 1 1 200px;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    code {
      font-size: 12.5px;
    }
    form .answers {
      justify-content: start;
    }
    .none:empty {
      display: none;
    }
  `,
];

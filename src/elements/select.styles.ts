import { css } from 'lit';

/**
 * The arrow of a list to choose from, drawn by us: engines put theirs right at the border, each its own. Two strokes,
 * each across a square of 6 px.
 */
export const selectStyles = css`
  select {
    padding-inline-end: 34px;
    appearance: none;
    background-image:
      linear-gradient(45deg, transparent 41%, currentcolor 41% 59%, transparent 59%),
      linear-gradient(-45deg, transparent 41%, currentcolor 41% 59%, transparent 59%);
    background-position:
      calc(100% - 19px) calc(50% + 1px),
      calc(100% - 14px) calc(50% + 1px);
    background-repeat: no-repeat;
    background-size: 6px 6px;
    cursor: pointer;
  }
  select:dir(rtl) {
    background-position:
      14px calc(50% + 1px),
      19px calc(50% + 1px);
  }
  @media (forced-colors: active) {
    select {
      appearance: auto;
      background-image: none;
    }
  }
`;

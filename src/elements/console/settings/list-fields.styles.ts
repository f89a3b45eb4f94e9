import { css } from 'lit';

/** Lists of texts, lists of rows, and the hours of a week. */
export const listFieldStyles = css`
  ul,
  ol {
    display: grid;
    gap: 8px;
    padding: 0;
    list-style: none;
  }
  .entry {
    display: flex;
    gap: 4px;
    align-items: center;
  }
  .add {
    justify-self: start;
    margin-block-start: 2px;
    color: var(--chat-brand-text);
  }
  .rows > li {
    position: relative;
    border-radius: var(--chat-radius-card);
    background: var(--chat-sunken);
    box-shadow: 0 0 0 1px var(--chat-line);
  }
  .rows > li > :is(.error, .warning) {
    margin: 0 16px 12px;
  }
  summary {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 48px;
    padding-inline: 14px 124px;
    border-radius: inherit;
    font-weight: 550;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::before {
    content: '';
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border: solid var(--chat-muted);
    border-width: 0 1.75px 1.75px 0;
    transform: rotate(-45deg);
    transition: transform var(--chat-duration) var(--chat-ease);
  }
  summary:dir(rtl)::before {
    transform: rotate(135deg);
  }
  details[open] > summary::before {
    transform: rotate(45deg);
  }
  summary span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row-buttons {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 6px;
    display: flex;
  }
  .row {
    display: grid;
    gap: 20px;
    padding: 4px 16px 18px;
  }

  .week {
    display: grid;
    border-radius: var(--chat-radius-card);
    box-shadow: 0 0 0 1px var(--chat-line);
  }
  .day {
    display: grid;
    grid-template-columns: 96px minmax(0, 1fr) auto;
    gap: 4px 12px;
    align-items: start;
    padding: 8px 8px 8px 14px;
  }
  .day + .day {
    border-block-start: 1px solid var(--chat-line);
  }
  .day-name,
  .ranges > .none,
  .day-buttons {
    min-block-size: 36px;
    line-height: 36px;
  }
  .day-name {
    font-size: 14px;
    font-weight: 550;
  }
  .ranges {
    display: grid;
    gap: 6px;
  }
  .range {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .range input[type='time'] {
    inline-size: auto;
    flex: 0 1 96px;
    min-block-size: 36px;
    padding: 4px 8px;
    font-variant-numeric: tabular-nums;
  }
  .range ::-webkit-calendar-picker-indicator {
    display: none;
  }
  .day-buttons {
    display: flex;
    align-items: center;
  }
  @media (max-width: 599.98px) {
    .day {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .ranges {
      grid-column: 1 / -1;
      grid-row: 2;
    }
    .ranges > .none {
      min-block-size: 0;
      line-height: 20px;
    }
  }
  @media (pointer: coarse) {
    summary {
      padding-inline-end: 148px;
    }
  }
  @media (forced-colors: active) {
    .rows > li,
    .week {
      border: 1px solid;
    }
  }
`;

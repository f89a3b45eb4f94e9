import { css } from 'lit';

export const detailsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--chat-surface);
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    flex: none;
    min-block-size: 60px;
    padding-inline: 20px 10px;
  }
  h2 {
    font-size: 15px;
    line-height: 22px;
    font-weight: 600;
  }
  .scroller {
    flex: 1;
    min-block-size: 0;
    padding: 4px 20px 24px;
    overflow-y: auto;
    overscroll-behavior: contain;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
    scrollbar-color: var(--chat-line) transparent;
  }
  .person {
    display: grid;
    justify-items: center;
    gap: 2px;
    padding-block: 4px 20px;
    text-align: center;
  }
  .person .face {
    --face-size: 64px;
    margin-block-end: 10px;
  }
  .person strong {
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  .person .email {
    color: var(--chat-muted);
    font-size: 14px;
    line-height: 20px;
  }
  .person cw-verification {
    margin-block-start: 8px;
  }
  .person .hint {
    margin-block-start: 6px;
  }
  .hint {
    font-size: 12.5px;
    line-height: 16px;
    color: var(--chat-muted);
  }
  section {
    padding-block: 16px;
    border-block-start: 1px solid var(--chat-line);
  }
  h3 {
    margin-block-end: 8px;
    font-size: 13px;
    line-height: 18px;
    font-weight: 600;
    color: var(--chat-muted);
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 8px 16px;
    font-size: 14px;
    line-height: 20px;
  }
  dt {
    color: var(--chat-muted);
  }
  dd {
    text-align: end;
    font-variant-numeric: tabular-nums;
    white-space: pre-line;
  }
  dd .hint {
    display: block;
  }
  ul {
    display: grid;
    gap: 2px;
    margin-inline: -10px;
    padding: 0;
    list-style: none;
  }
  a {
    color: inherit;
  }
  .email a {
    display: inline-block;
    padding-block: 2px;
    text-decoration-color: var(--chat-line);
    text-underline-offset: 3px;
  }
  li a,
  .happening {
    display: grid;
    padding: 6px 10px;
    border-radius: var(--chat-radius-control);
    text-decoration: none;
    font-size: 14px;
    line-height: 20px;
    transition: background-color var(--chat-duration) var(--chat-ease);
  }
  a:hover {
    background: var(--chat-brand-tint);
  }
  .email a:hover {
    background: none;
    text-decoration-color: currentcolor;
  }
  li .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  section > .button {
    margin-block-start: 8px;
  }
  li .hint {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    font-variant-numeric: tabular-nums;
  }
  .problem {
    display: grid;
    justify-items: start;
    gap: 8px;
    font-size: 14px;
    line-height: 20px;
    color: var(--chat-muted);
  }
`;

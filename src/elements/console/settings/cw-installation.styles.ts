import { css } from 'lit';

export const installationStyles = css`
  :host {
    display: grid;
    gap: 32px;
  }
  section {
    display: grid;
    gap: 8px;
    min-inline-size: 0;
  }
  h2 {
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
  }
  .line {
    display: flex;
    gap: 8px;
    align-items: center;
  }
  .snippet {
    display: grid;
    gap: 8px;
    min-inline-size: 0;
    padding: 14px 16px;
    border-radius: var(--chat-radius-card);
    background: var(--chat-sunken);
    box-shadow: inset 0 0 0 1px var(--chat-line);
  }
  .snippet .button {
    justify-self: end;
    background: var(--chat-surface);
  }
  pre {
    margin: 0;
    overflow-x: auto;
    font:
      13px/20px ui-monospace,
      'SF Mono',
      Menlo,
      Consolas,
      monospace;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  details {
    border-radius: var(--chat-radius-card);
    box-shadow: 0 0 0 1px var(--chat-line);
  }
  summary {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-block-size: 44px;
    padding: 8px 16px;
    border-radius: inherit;
    font-weight: 550;
    cursor: pointer;
  }
  .later {
    padding: 2px 10px;
    border-radius: 99px;
    background: var(--chat-warning-tint);
    color: var(--chat-warning);
    font-size: 12.5px;
    line-height: 16px;
    font-weight: 550;
  }
  details .snippet {
    margin: 4px 8px 8px;
  }
  @media (forced-colors: active) {
    .snippet,
    details {
      border: 1px solid;
    }
  }
`;

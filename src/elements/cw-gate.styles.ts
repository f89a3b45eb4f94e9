import { css } from 'lit';

export const gateStyles = css`
  :host {
    border-block-start: 1px solid var(--chat-line);
  }
  h3 {
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
  }
  p {
    margin-block-end: 4px;
    color: var(--chat-muted);
    font-size: 13.5px;
    line-height: 20px;
  }
  cw-form {
    padding-block: 4px;
  }
`;

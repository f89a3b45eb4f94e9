import { css } from 'lit';

/** What a file looks like that is no picture, before it is sent and afterwards: its kind, its name, what else is to be said. */
export const fileCardStyles = css`
  .file-kind {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 10px;
    background: var(--chat-brand-tint);
    color: var(--chat-brand-text);
    overflow: hidden;
  }
  .file-words {
    display: grid;
    min-inline-size: 0;
    font-size: 13px;
    line-height: 18px;
  }
  .file-name {
    /* A name in Latin letters stands where the lines begin, also in Arabic. */
    justify-self: start;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 500;
  }
  .file-meta {
    justify-self: start;
    font-size: 12.5px;
    line-height: 16px;
    font-variant-numeric: tabular-nums;
    color: var(--chat-muted);
  }
`;

import { css } from 'lit';

export const attachmentsStyles = css`
  :host {
    display: block;
    /* Who shows it has no margins. */
    padding-block-end: 8px;
  }
  ul {
    display: grid;
    gap: 4px;
    max-block-size: 172px;
    padding: 0;
    overflow-y: auto;
    scrollbar-width: thin;
    list-style: none;
  }
  li {
    position: relative;
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 52px;
    padding: 6px 4px 6px 6px;
    padding-inline: 6px 4px;
    border-radius: var(--chat-radius-card);
    background: var(--chat-raised);
    overflow: hidden;
  }
  img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .file-words {
    flex: 1;
  }
  .problem,
  .hint {
    color: var(--chat-muted);
    font-size: 12.5px;
    line-height: 16px;
  }
  .problem {
    color: var(--chat-danger);
  }
  .failed {
    background: var(--chat-danger-tint);
  }
  .failed .file-kind {
    background: none;
    color: var(--chat-danger);
  }
  .hint {
    padding: 6px 8px 0;
  }
  progress {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    inline-size: 100%;
    block-size: 3px;
    border: 0;
    appearance: none;
    background: none;
    color: var(--chat-brand-text);
    accent-color: var(--chat-brand-text);
  }
  progress::-webkit-progress-bar {
    background: none;
  }
  progress::-webkit-progress-value {
    background: var(--chat-brand-text);
    border-radius: 2px;
    transition: inline-size var(--chat-duration) linear;
  }
  progress::-moz-progress-bar {
    background: var(--chat-brand-text);
    border-radius: 2px;
  }
  @media (forced-colors: active) {
    li {
      border: 1px solid CanvasText;
    }
  }
`;

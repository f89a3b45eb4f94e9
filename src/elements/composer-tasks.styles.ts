import { css } from 'lit';

/** Above the composer's field: what the text is about. */
export const composerTaskStyles = css`
  .task {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 0 8px 6px;
    font-size: 13px;
    line-height: 18px;
    animation: appear var(--chat-duration) var(--chat-ease);
  }
  .task > svg {
    color: var(--chat-brand-text);
  }
  .task-words {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .task-words strong {
    font-weight: 600;
    color: var(--chat-brand-text);
  }
  .task-words span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--chat-muted);
  }
`;

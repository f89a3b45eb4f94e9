import { css } from 'lit';

/** What a message offers below its text: adopted by a thread with the first that does. */
export const messageContentStyles = css`
  .message:has(> .cards, > .form) {
    inline-size: 100%;
    max-inline-size: 100%;
  }
  .message:has(> .form) > .line {
    max-inline-size: 78%;
  }
  .replies,
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: 4px;
  }
  .tile .buttons,
  .message > .buttons {
    flex-direction: column;
    align-items: stretch;
  }
  .choice {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 36px;
    padding: 6px 14px;
    border: 1px solid var(--chat-brand-text);
    border-radius: 18px;
    background: var(--chat-surface);
    color: var(--chat-brand-text);
    font-size: 14px;
    line-height: 20px;
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    overflow-wrap: anywhere;
    transition: background-color var(--chat-duration) var(--chat-ease);
  }
  .choice svg {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
  }
  .buttons .choice {
    border-radius: var(--chat-radius-control);
  }
  .choice:not(:disabled):hover {
    background: var(--chat-brand-tint);
  }
  .choice:disabled {
    border-color: var(--chat-line);
    color: var(--chat-muted);
    cursor: default;
  }

  .cards {
    display: flex;
    gap: 10px;
    /* To the very edge of the thread. */
    inline-size: calc(100% + 16px);
    margin-block-start: 4px;
    padding-block: 2px;
    padding-inline: 2px 16px;
    list-style: none;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scroll-snap-type: x proximity;
    scrollbar-width: thin;
    scrollbar-color: var(--chat-line) transparent;
  }
  /* As at a zoom of 400 %: nothing is scrolled sideways. */
  @media (max-width: 359.98px) {
    .cards {
      flex-direction: column;
    }
  }
  .tile {
    display: flex;
    flex-direction: column;
    flex: none;
    inline-size: min(220px, 80%);
    overflow: hidden;
    border: 1px solid var(--chat-line);
    border-radius: var(--chat-radius-card);
    background: var(--chat-surface);
    scroll-snap-align: start;
  }
  .tile img {
    display: block;
    inline-size: 100%;
    aspect-ratio: 16 / 10;
    object-fit: cover;
    background: var(--chat-raised);
  }
  .card-words {
    flex: 1;
    padding: 10px 12px;
    font-size: 14px;
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .card-words strong {
    font-weight: 600;
  }
  .card-words p {
    color: var(--chat-muted);
  }
  .tile .buttons {
    margin: 0;
    padding: 0 12px 12px;
  }

  .form {
    inline-size: 100%;
    margin-block-start: 4px;
    padding: 14px;
    border: 1px solid var(--chat-line);
    border-radius: var(--chat-radius-card);
  }
  .form-state {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 4px;
    font-size: 13px;
    line-height: 18px;
    color: var(--chat-muted);
  }
  .form-state svg {
    inline-size: 16px;
    block-size: 16px;
  }
  @media (pointer: coarse) {
    .choice {
      min-block-size: 44px;
      border-radius: 22px;
    }
  }
`;

import { css } from 'lit';

export const extrasStyles = css`
  .banner {
    display: flex;
    gap: 10px;
    margin: 4px 0 8px;
    padding: 12px 14px;
    border-radius: var(--chat-radius-card);
    background: var(--chat-warning-tint);
    color: var(--chat-warning);
    font-size: 13.5px;
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .cards {
    display: grid;
    flex: none;
    gap: 8px;
    margin-block: 4px 8px;
  }
  .cards ~ .first .illustration {
    display: none;
  }
  .card {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: 0 12px;
    overflow: hidden;
    border-radius: var(--chat-radius-card);
    background: var(--chat-raised);
    color: inherit;
    text-decoration: none;
  }
  a.card {
    transition: background-color var(--chat-duration) var(--chat-ease);
  }
  a.card:hover {
    background: var(--chat-brand-tint);
  }
  .card:focus-visible {
    outline-offset: -2px;
  }
  .card img {
    grid-column: 1 / -1;
    inline-size: 100%;
    aspect-ratio: 2 / 1;
    object-fit: cover;
  }
  .card-words {
    display: grid;
    gap: 2px;
    padding: 12px 14px;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .card-title {
    font-weight: 600;
  }
  .card-text {
    color: var(--chat-muted);
    font-size: 13.5px;
    line-height: 20px;
  }
  .card > svg {
    inline-size: 16px;
    block-size: 16px;
    margin-inline-end: 14px;
    color: var(--chat-muted);
  }

  .foot {
    display: grid;
    flex: 0 1 auto;
    gap: 8px;
    min-block-size: 0;
    padding: 12px 16px max(16px, var(--safe-bottom, 0px));
    overflow: hidden auto;
  }
  .foot p {
    color: var(--chat-muted);
    font-size: 13px;
    line-height: 18px;
    text-align: center;
  }
  .foot > .primary {
    min-block-size: 44px;
    padding-inline: 16px;
    border-radius: var(--chat-radius-control);
    background: var(--chat-accent);
    color: var(--chat-on-accent);
    font-weight: 600;
  }
  .foot > .primary:active {
    transform: scale(0.98);
  }
  .powered {
    flex: none;
    padding: 0 16px 8px;
    color: var(--chat-muted);
    font-size: 12px;
    line-height: 16px;
    text-align: center;
  }
  @media (forced-colors: active) {
    .card,
    .banner,
    .foot > .primary {
      border: 1px solid;
    }
  }
`;

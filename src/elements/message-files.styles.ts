import { css } from 'lit';

export const filesStyles = css`
  .files {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 4px;
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .own .files {
    align-items: flex-end;
  }
  .picture {
    display: block;
    max-inline-size: 100%;
    border-radius: 14px;
    background: var(--chat-raised);
    overflow: hidden;
    cursor: zoom-in;
  }
  .picture img {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
    object-fit: cover;
    /* Its edge, where it is as light as the surface. */
    box-shadow: inset 0 0 0 1px var(--chat-line);
  }
  .picture.gone {
    opacity: 0.5;
    cursor: default;
  }
  .card {
    display: flex;
    align-items: center;
    gap: 10px;
    min-inline-size: 0;
    max-inline-size: 100%;
    padding: 8px 12px 8px 8px;
    padding-inline: 8px 12px;
    border-radius: 14px;
    background: var(--chat-other);
    color: var(--chat-on-other);
    text-decoration: none;
  }
  .card:hover {
    background: color-mix(in oklab, var(--chat-other), var(--chat-text) 6%);
  }
  .card > svg {
    color: var(--chat-muted);
  }
  .files audio {
    inline-size: 260px;
    max-inline-size: 100%;
    block-size: 40px;
  }
  .files video {
    inline-size: 280px;
    max-inline-size: 100%;
    aspect-ratio: 16 / 9;
    border-radius: 14px;
    background: #000;
  }
  .message:focus-visible .files :is(.picture, .card):first-child {
    outline: 2px solid var(--chat-focus);
    outline-offset: 2px;
  }
  .failed .files {
    opacity: 0.6;
  }
  @media (forced-colors: active) {
    .card,
    .picture {
      border: 1px solid CanvasText;
    }
  }
`;

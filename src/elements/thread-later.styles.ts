import { css } from 'lit';

/** Of what comes to a thread when it stands there: who is typing, the way to the end, what was not sent, a finger. */
export const laterStyles = css`
  .typing .bubble {
    display: flex;
    gap: 4px;
    padding: 14px;
  }
  .group.typing > .face {
    margin-block-end: 4px;
  }
  .typing i {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: var(--chat-muted);
    /* Under five seconds: whatever moves for longer needs a way to stop it (WCAG 2.2, 2.2.2). */
    animation: breathe 1.2s 4 ease-in-out;
  }
  .typing i:nth-of-type(2) {
    animation-delay: 0.15s;
  }
  .typing i:nth-of-type(3) {
    animation-delay: 0.3s;
  }

  .newest {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: fit-content;
    display: flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 36px;
    min-block-size: 36px;
    padding-inline: 8px;
    border-radius: 18px;
    background: var(--chat-surface);
    color: var(--chat-brand-text);
    font-size: 13px;
    line-height: 18px;
    font-weight: 600;
    box-shadow: var(--chat-shadow-float);
    animation: rise var(--chat-duration) var(--chat-ease);
  }
  .newest:not([aria-label]) {
    padding-inline: 8px 14px;
  }
  .newest:hover {
    background: var(--chat-raised);
  }
  @media (pointer: coarse) {
    .newest {
      min-block-size: 44px;
      border-radius: 22px;
      padding-inline: 12px;
    }
  }

  .failed .bubble {
    background: var(--chat-surface);
    color: var(--chat-text);
    box-shadow: inset 0 0 0 1.5px var(--chat-danger);
  }
  .failure {
    padding-inline: 4px;
    font-size: 12.5px;
    line-height: 16px;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    color: var(--chat-danger);
  }
  .failure svg {
    inline-size: 16px;
    block-size: 16px;
  }
  /* A long reason stands beside its icon. */
  .failure span {
    max-inline-size: calc(100% - 24px);
  }
  .failure button {
    min-block-size: 28px;
    padding-inline: 6px;
    border-radius: 8px;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .failure button:hover {
    background: var(--chat-danger-tint);
  }
  @media (pointer: coarse) {
    .failure button {
      min-block-size: 44px;
    }
  }

  /* Under a finger that rests on it. */
  [data-pressed] .line {
    -webkit-touch-callout: none;
    -webkit-user-select: none;
    user-select: none;
  }
  [data-pressed] .bubble {
    transform: scale(0.98);
    transition: transform var(--chat-duration) 120ms var(--chat-ease);
  }
  @media (prefers-reduced-motion: reduce) {
    [data-pressed] .bubble {
      transform: none;
    }
  }
  @media (forced-colors: active) {
    .newest {
      border: 1px solid ButtonText;
    }
    .typing i {
      background: CanvasText;
    }
  }
`;

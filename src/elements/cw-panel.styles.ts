import { css } from 'lit';

export const panelStyles = css`
  :host {
    --corner: right;
    position: fixed;
    inset-block-end: calc(max(var(--chat-offset-y), env(safe-area-inset-bottom)) + var(--chat-launcher-size) + 12px);
    inset-inline-end: max(var(--chat-offset-x), env(safe-area-inset-right));
    inline-size: min(var(--chat-panel-width), 100vw - 2 * var(--chat-offset-x));
    block-size: min(var(--chat-panel-height), 100dvh - var(--chat-offset-y) - var(--chat-launcher-size) - 28px);
    display: block;
    border-radius: var(--chat-radius-panel);
    box-shadow: var(--chat-shadow-panel);
    color: var(--chat-text);
    /* What a page says of itself is no word on what is said here. */
    -webkit-user-select: text;
    user-select: text;
    transform-origin: bottom var(--corner);
    visibility: hidden;
    opacity: 0;
    transform: scale(0.96);
    transition:
      opacity var(--chat-duration) var(--chat-ease),
      transform var(--chat-duration) var(--chat-ease),
      visibility 0s var(--chat-duration);
  }
  :host([open]) {
    visibility: visible;
    opacity: 1;
    transform: none;
    /* At once, or the composer could not take the focus. */
    transition-delay: 0s;
  }
  :host([position='left']) {
    --corner: left;
    inset-inline: max(var(--chat-offset-x), env(safe-area-inset-left)) auto;
  }
  :host(:dir(rtl)) {
    --corner: left;
  }
  :host([position='left']:dir(rtl)) {
    --corner: right;
  }
  /* A dialog, so that it can be a modal one on a phone: everywhere else it lies in its place as any box. */
  .panel {
    position: static;
    display: flex;
    flex-direction: column;
    inline-size: 100%;
    max-inline-size: none;
    block-size: 100%;
    max-block-size: none;
    padding: 0;
    border: 0;
    color: inherit;
    overflow: hidden;
    border-radius: inherit;
    background: var(--chat-surface);
    outline: none;
  }

  /* So little room, as at a zoom of 400 % or on a phone's side: all of it scrolls, and the messages stay readable. */
  @media (max-height: 399.98px) {
    .panel {
      overflow: hidden auto;
    }
    .panel > * {
      flex-shrink: 0;
    }
    .home {
      overflow: visible;
    }
    cw-thread {
      min-block-size: 160px;
    }
  }

  /* The launcher closes, too; on a phone there is none. */
  .close {
    display: none;
  }
  :host([full]:not([data-close='hide'])) .close,
  :host([data-close='show']) .close {
    display: grid;
  }

  .notice {
    display: flex;
    align-items: center;
    gap: 8px;
    flex: none;
    padding: 8px 16px;
    background: var(--chat-warning-tint);
    color: var(--chat-warning);
    font-size: 13px;
    line-height: 18px;
  }
  .notice p {
    flex: 1;
  }
  .notice button {
    min-block-size: 24px;
    font-weight: 600;
    text-decoration: underline;
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      transform: none;
    }
  }
  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }
  }
`;

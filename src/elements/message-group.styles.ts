import { css } from 'lit';

export const messageStyles = css`
  .group {
    display: flex;
    align-items: flex-end;
    gap: 8px;
    margin-block-start: var(--chat-message-gap);
  }
  .stack {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 2px;
    min-inline-size: 0;
    flex: 1;
  }
  .own .stack {
    align-items: flex-end;
  }
  /* The face stands beside the last bubble, not beside the line of time under it. */
  .group > .face {
    margin-block-end: 20px;
  }
  .name,
  .meta {
    padding-inline: 4px;
    font-size: 12.5px;
    line-height: 16px;
    color: var(--chat-muted);
  }
  .name {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-block-end: 2px;
  }
  .meta {
    display: flex;
    gap: 6px;
    margin-block-start: 2px;
    font-variant-numeric: tabular-nums;
  }
  .status:not(.icon)::before {
    content: '·' / '';
    margin-inline-end: 6px;
  }
  /* An answer that comes at once needs no word about waiting. */
  .status.sending {
    animation: appear 200ms 400ms both;
  }

  .message {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: inherit;
    gap: 2px;
    max-inline-size: min(78% + 30px, 100%);
    outline: none;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 2px;
    max-inline-size: 100%;
  }
  .own .line {
    flex-direction: row-reverse;
  }
  /* Where there is no button its place stays: the bubble is as wide before and after. */
  .line:not(:has(.actions)) {
    padding-inline-end: 30px;
  }
  .own .line:not(:has(.actions)) {
    padding-inline: 30px 0;
  }
  .bubble {
    min-inline-size: 0;
    padding: var(--chat-bubble-padding);
    border-radius: var(--chat-radius-bubble);
    background: var(--chat-other);
    color: var(--chat-on-other);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .own .bubble {
    background: var(--chat-own);
    color: var(--chat-on-own);
  }
  .other .message:not(:first-child, .name + .message) .bubble {
    border-start-start-radius: 6px;
  }
  .other .message:has(+ .message) .bubble {
    border-end-start-radius: 6px;
  }
  .own .message:not(:first-child, .name + .message) .bubble {
    border-start-end-radius: 6px;
  }
  .own .message:has(+ .message) .bubble {
    border-end-end-radius: 6px;
  }
  .message:focus-visible .bubble {
    outline: 2px solid var(--chat-focus);
    outline-offset: 2px;
  }
  .deleted .bubble {
    background: none;
    color: var(--chat-muted);
    box-shadow: inset 0 0 0 1px var(--chat-line);
    font-style: italic;
  }

  /* Quiet beside each message: to see where the pointer or the focus is, and always where there is no pointer. */
  .actions {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 28px;
    block-size: 28px;
    border-radius: 50%;
    color: var(--chat-muted);
    opacity: 0;
    transition: opacity var(--chat-duration) var(--chat-ease);
  }
  .actions svg {
    stroke-width: 2.5;
  }
  .actions:hover {
    background: var(--chat-brand-tint);
    color: var(--chat-text);
  }
  .message:is(:hover, :focus-within) .actions,
  .actions[aria-expanded='true'] {
    opacity: 1;
  }
  @media (hover: none) {
    .actions {
      opacity: 0.7;
    }
  }
  @media (pointer: coarse) {
    .actions {
      inline-size: 32px;
      block-size: 44px;
      margin-block: -4px;
    }
  }

  .message.fresh {
    animation: rise var(--chat-duration) var(--chat-ease);
  }
  .bubble a {
    color: inherit;
    text-underline-offset: 2px;
    text-decoration-thickness: 1px;
    border-radius: 4px;
  }
  .bubble a:hover {
    text-decoration-thickness: 2px;
  }
  .bubble a:focus-visible {
    outline-color: currentcolor;
    outline-offset: 1px;
  }
  .host {
    font-size: 12.5px;
  }

  .exact {
    position: absolute;
    inset-block-end: calc(100% + 4px);
    inset-inline-start: 0;
    z-index: 2;
    padding: 3px 8px;
    border-radius: 8px;
    background: var(--chat-text);
    color: var(--chat-surface);
    font-size: 12.5px;
    line-height: 16px;
    font-variant-numeric: tabular-nums;
    inline-size: max-content;
    max-inline-size: 260px;
    pointer-events: none;
    visibility: hidden;
    opacity: 0;
    transition: opacity var(--chat-duration) var(--chat-ease);
  }
  .own .exact {
    inset-inline: auto 0;
  }
  .message:focus:not([data-quiet]) .exact {
    visibility: visible;
    opacity: 1;
  }

  .new {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-block-start: 16px;
    font-size: 12.5px;
    line-height: 16px;
    font-weight: 600;
    color: var(--chat-brand-text);
  }
  .new::before,
  .new::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: color-mix(in oklab, currentcolor 40%, transparent);
  }
  .status.icon svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .status.seen.icon {
    color: var(--chat-brand-text);
  }

  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
    }
  }
`;

import { css } from 'lit';

export const troubleStyles = css`
  .foot.closed {
    display: grid;
    flex: 0 1 auto;
    gap: 12px;
    min-block-size: 0;
    padding: 16px 16px max(16px, var(--safe-bottom, 0px));
    overflow: hidden auto;
    border-block-start: 1px solid var(--chat-line);
    text-align: center;
    animation: appear var(--chat-duration);
  }
  /* What it invites to cannot be done: this stands there instead. */
  .home:has(~ .closed) .first {
    display: none;
  }
  .home:has(~ .alone) {
    flex: 0 1 auto;
    padding-block: 0;
  }
  .foot.alone {
    flex: 1;
    align-content: center;
    border: 0;
  }
  .alone [role] > svg {
    box-sizing: border-box;
    inline-size: 56px;
    block-size: 56px;
    margin: 0 auto 12px;
    padding: 15px;
    border-radius: 50%;
    background: var(--chat-raised);
    color: var(--chat-muted);
  }
  .closed h3 {
    font-size: 15px;
    line-height: 22px;
    font-weight: 600;
  }
  .foot.closed p {
    color: var(--chat-muted);
    font-size: 13px;
    line-height: 18px;
    text-wrap: balance;
  }
  .act {
    min-block-size: 44px;
    padding-inline: 16px;
    border-radius: var(--chat-radius-control);
    background: var(--chat-accent);
    color: var(--chat-on-accent);
    font-weight: 600;
  }
  .act:active {
    transform: scale(0.98);
  }
  .closed figure {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 4px 12px;
    margin: 0;
    padding: 10px 6px 10px 14px;
    padding-inline: 14px 6px;
    border-radius: var(--chat-radius-card);
    background: var(--chat-raised);
    text-align: start;
  }
  .closed figcaption {
    font-size: 12.5px;
    line-height: 16px;
    color: var(--chat-muted);
  }
  .closed blockquote {
    grid-area: 2 / 1;
    max-block-size: 88px;
    margin: 0;
    overflow: hidden auto;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    user-select: text;
  }
  .closed figure button {
    grid-area: 1 / 2 / span 2;
    min-block-size: 36px;
    padding-inline: 10px;
    border-radius: 8px;
    color: var(--chat-brand-text);
    font-size: 13px;
    font-weight: 600;
  }
  .closed figure button:hover {
    background: var(--chat-brand-tint);
  }

  .notice.lapsed {
    background: var(--chat-raised);
    color: inherit;
  }
  /* One question at a time. */
  .lapsed ~ cw-verify:not([busy]) {
    display: none;
  }
  .lapsed svg {
    flex: none;
    color: var(--chat-muted);
  }
  .lapsed button {
    color: var(--chat-brand-text);
  }

  @media (pointer: coarse) {
    .closed figure button {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .act,
    .closed figure {
      border: 1px solid;
    }
  }
`;

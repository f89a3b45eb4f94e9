import { css } from 'lit';

/** The quiet bar above whatever is not the home screen. */
export const barStyles = css`
  .bar {
    display: flex;
    align-items: center;
    flex: none;
    gap: 8px;
    min-block-size: 56px;
    padding: 6px 8px;
    padding-block-start: max(6px, var(--safe-top, 0px));
    border-block-end: 1px solid var(--chat-line);
    --face-size: 32px;
  }
  .who {
    flex: 1;
    min-inline-size: 0;
    padding-inline-start: 4px;
  }
  .who h2 {
    font-size: 15px;
    line-height: 20px;
    font-weight: 600;
  }
  .who p {
    font-size: 12.5px;
    line-height: 16px;
    color: var(--chat-muted);
  }
  .who h2 {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  cw-menu {
    display: contents;
  }
  .more svg {
    stroke-width: 2.5;
  }
  .more[aria-busy='true'] {
    animation: breathe 1.2s 200ms infinite ease-in-out;
  }
  .bar .on {
    color: oklch(0.62 0.17 150);
  }
  /* One line is all there is room for. */
  .bar p + p {
    display: none;
  }

  /* One question at a time: how it was, unless somebody is at their e-mail already. */
  cw-closed[asks] ~ cw-verify:not([busy]),
  cw-closed[asks]:has(~ cw-verify[busy]) {
    display: none;
  }

  .go-on {
    padding: 0 16px 8px;
    text-align: center;
  }
  .go-on button {
    min-block-size: 36px;
    padding-inline: 12px;
    border-radius: 8px;
    color: var(--chat-brand-text);
    font-size: 14px;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  /* What is scrolled away lies under the bar: a shadow that stays, and what hides it at the very beginning. */
  .bar ~ .home {
    background:
      linear-gradient(var(--chat-surface) 50%, transparent) local no-repeat 0 0 / 100% 24px,
      linear-gradient(light-dark(oklch(0.24 0.02 260 / 0.1), oklch(0 0 0 / 0.4)), transparent) no-repeat 0 0 / 100% 10px;
  }
  .start {
    padding: 0;
  }
  .welcome {
    align-self: flex-start;
    flex: none;
    max-inline-size: calc(88% - 16px);
    margin: 16px 16px 0;
    padding: 10px 14px;
    border-radius: var(--chat-radius-bubble);
    border-end-start-radius: 6px;
    background: var(--chat-other);
    color: var(--chat-on-other);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  cw-thread > .welcome {
    max-inline-size: 88%;
    margin: 8px 0 0;
  }
`;

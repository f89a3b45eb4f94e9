import { css } from 'lit';

export const chatConsoleStyles = css`
  :host {
    display: block;
    block-size: 100vh;
    block-size: 100dvh;
    overflow: hidden;
    color-scheme: light dark;
    background: var(--chat-surface);
    color: var(--chat-text);
    font: 15px / 22px var(--chat-font);
    text-align: start;
  }
  cw-sign-in {
    block-size: 100%;
    overflow-y: auto;
  }
  .wait {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 16px;
    block-size: 100%;
    padding: 24px;
    color: var(--chat-muted);
    text-align: center;
    animation: appear 200ms 200ms backwards;
  }
`;

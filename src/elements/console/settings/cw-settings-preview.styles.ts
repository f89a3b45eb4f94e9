import { css } from 'lit';

export const settingsPreviewStyles = css`
  :host {
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    gap: 10px;
    min-block-size: 0;
    block-size: 100%;
  }
  /* What is fixed in the page is fixed in the device: the widget finds its corner, and the sizes are the stage's. */
  .stage {
    container-type: size;
    contain: strict;
    position: relative;
    overflow: hidden;
    border-radius: var(--chat-radius-card);
    background: var(--chat-raised);
    box-shadow: inset 0 0 0 1px var(--chat-line);
  }
  .device {
    position: absolute;
    inset: 0;
    transform: translateZ(0);
  }
  /* There the widget fills the screen, so the stage is a small screen: tan(atan2()) makes a number of two lengths. */
  @media (max-width: 599.98px) {
    .device {
      inset: 0 auto auto 50%;
      inline-size: 100vw;
      block-size: 100dvh;
      border-radius: 32px;
      overflow: hidden;
      box-shadow: 0 0 0 1px var(--chat-line);
      translate: -50%;
      scale: min(tan(atan2(100cqb, 100dvh)), tan(atan2(100cqi, 100vw)));
      transform-origin: top;
    }
  }
  chat-widget {
    --chat-offset: 16px;
    --chat-panel-width: min(400px, 100cqi - 32px);
    --chat-panel-height: min(704px, 100cqb - 100px);
  }
  /* A page to stand on, drawn: grey lines where words would be. */
  .page {
    position: absolute;
    inset: 28px 28px auto;
    display: grid;
    gap: 14px;
    opacity: 0.7;
  }
  .page i {
    block-size: 12px;
    inline-size: 88%;
    border-radius: 6px;
    background: var(--chat-line);
  }
  .page i:first-child {
    block-size: 22px;
    inline-size: 46%;
    margin-block-end: 8px;
  }
  .page i:nth-child(3n) {
    inline-size: 64%;
  }
  .hint {
    font-size: 12.5px;
    line-height: 16px;
    color: var(--chat-muted);
    text-wrap: pretty;
  }
`;

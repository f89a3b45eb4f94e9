import { css } from 'lit';

/** The panel of a phone. */
export const fullScreenStyles = css`
  :host([full]) {
    inset: 0;
    inline-size: auto;
    block-size: 100dvh;
    border-radius: 0;
    box-shadow: none;
    transform-origin: bottom;
    --safe-top: env(safe-area-inset-top);
    --safe-bottom: env(safe-area-inset-bottom);
  }
  /* In the top layer by itself: nothing of the page is above it, and all of that is inert. */
  .panel:modal {
    position: fixed;
    inset: 0;
    block-size: 100dvh;
    padding-inline: env(safe-area-inset-left) env(safe-area-inset-right);
    overscroll-behavior: contain;
    animation: arrive var(--chat-duration) var(--chat-ease);
  }
  /* The keyboard stands where the edge was. */
  :host([full][keyboard]) {
    --safe-bottom: 0px;
  }
  /* While the keyboard comes and goes, the page does not show below. */
  .panel::backdrop {
    background: var(--chat-surface);
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: scale(0.96);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    @keyframes arrive {
      from {
        opacity: 0;
      }
    }
  }
  @media (forced-colors: active) {
    :host([full]) {
      border: 0;
    }
  }
`;

import { css } from 'lit';

/** What the launcher says. */
export interface LauncherState {
  /** Accessible name, the unread count included. */
  readonly label: string;
  /** The panel is open: the icon is a chevron. */
  readonly open: boolean;
  /** The panel is on its way. */
  readonly busy?: boolean;
}

/** For whatever moves. */
export const motionStyles = css`
  :host {
    --chat-duration: 200ms;
    --chat-ease: cubic-bezier(0.2, 0.8, 0.2, 1);
  }
`;

/**
 * What the launcher does beyond resting, from the beginning. What it counts with comes with what there is to count
 * (badge.ts), what an open one looks like with the panel (open-launcher.ts).
 */
export const launcherStateStyles = css`
  .shut,
  .bare > .launcher {
    display: none;
  }
  /* What stands above the launcher stands in its place. */
  .bare {
    --chat-launcher-size: -12px;
  }
  .launcher {
    transition: transform var(--chat-duration) var(--chat-ease);
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
  }
  .launcher:hover {
    transform: scale(1.05);
  }
  .launcher:active {
    transform: scale(0.95);
  }
  .launcher[aria-busy='true'] svg {
    animation: wait 1.2s 200ms infinite ease-in-out;
  }
  @keyframes wait {
    50% {
      opacity: 0.35;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .launcher,
    .launcher svg {
      transition: opacity 160ms;
      animation: none;
    }
    .launcher:hover,
    .launcher:active {
      transform: none;
    }
  }
  @media (forced-colors: active) {
    .launcher:focus-visible {
      outline-color: Highlight;
    }
  }
`;

/** Shows `state` on a launcher. */
export function updateLauncher(button: HTMLButtonElement, state: LauncherState): void {
  button.setAttribute('aria-label', state.label);
  button.setAttribute('aria-expanded', String(state.open));
  button.setAttribute('aria-busy', String(state.busy === true));
}

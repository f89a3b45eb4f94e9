import { css } from 'lit';
import { createLauncher, icon } from '../launcher.ts';
import { adoptLauncher } from './adopt.ts';

/** What the launcher says. */
export interface LauncherState {
  /** Accessible name, the unread count included. */
  readonly label: string;
  /** Messages not read; 0 shows no badge. */
  readonly unread: number;
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

/** What the launcher does beyond resting: it opens, waits and counts. */
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
  .launcher svg {
    transition:
      transform var(--chat-duration) var(--chat-ease),
      opacity var(--chat-duration);
  }
  .launcher .down,
  .launcher[aria-expanded='true'] .chat {
    opacity: 0;
    transform: rotate(-45deg) scale(0.6);
  }
  .launcher .down {
    transform: rotate(45deg) scale(0.6);
  }
  .launcher[aria-expanded='true'] .down {
    opacity: 1;
    transform: none;
  }
  .launcher[aria-busy='true'] svg {
    animation: wait 1.2s 200ms infinite ease-in-out;
  }
  @keyframes wait {
    50% {
      opacity: 0.35;
    }
  }
  .badge {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: -3px;
    box-sizing: border-box;
    min-inline-size: 22px;
    block-size: 22px;
    padding-inline: 6px;
    border-radius: 11px;
    background: oklch(0.54 0.21 25);
    color: #fff;
    font: 600 12.5px/22px var(--chat-font, system-ui);
    font-variant-numeric: tabular-nums;
    text-align: center;
    box-shadow: 0 0 0 2px light-dark(#fff, oklch(0.19 0.012 260));
  }
  .badge:empty,
  .launcher[aria-expanded='true'] .badge {
    display: none;
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
    .badge {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

/** The launcher at rest, the one in `root` if it is there already, with the chevron and the badge. */
export function createLiveLauncher(root: ShadowRoot | null): ReturnType<typeof createLauncher> {
  const launcher = adoptLauncher(root) ?? createLauncher();
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.setAttribute('part', 'badge');
  // The name of the button says it in words.
  badge.setAttribute('aria-hidden', 'true');
  launcher.button.firstElementChild!.append(icon('down', 'm5.5 9 6.5 6.5L18.5 9'));
  launcher.button.append(badge);
  return launcher;
}

/** Shows `state` on a launcher that `createLiveLauncher` made. */
export function updateLauncher(button: HTMLButtonElement, state: LauncherState): void {
  button.setAttribute('aria-label', state.label);
  button.setAttribute('aria-expanded', String(state.open));
  button.setAttribute('aria-busy', String(state.busy === true));
  button.querySelector('.badge')!.textContent = state.unread > 99 ? '99+' : state.unread ? String(state.unread) : '';
}

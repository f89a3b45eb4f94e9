import { css } from 'lit';
import { icon } from '../launcher.ts';

/** The launcher of an open panel: a chevron. */
export const openLauncherStyles = css`
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
  @media (prefers-reduced-motion: reduce) {
    .launcher svg {
      transition: opacity 160ms;
    }
  }
`;

/** Gives a launcher what it shows while the panel is open. */
export function addChevron(launcher: HTMLElement): void {
  if (!launcher.querySelector('.down')) launcher.firstElementChild!.append(icon('down', 'm5.5 9 6.5 6.5L18.5 9'));
}

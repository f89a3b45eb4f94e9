import { css } from 'lit';
import { dress } from './dress.ts';

const badgeStyles = css`
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
  @media (forced-colors: active) {
    .badge {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

/** Shows on the launcher of a widget how much is unread; 0 shows nothing. The name of the button says it in words. */
export function countOnLauncher({ shadowRoot }: HTMLElement, unread: number): void {
  const launcher = shadowRoot?.querySelector('.launcher');
  if (!shadowRoot || !launcher) return;
  dress(shadowRoot, badgeStyles);
  let badge = launcher.querySelector('.badge');
  if (!badge) {
    badge = document.createElement('span');
    badge.className = 'badge';
    badge.setAttribute('part', 'badge');
    badge.setAttribute('aria-hidden', 'true');
    launcher.append(badge);
  }
  badge.textContent = unread > 99 ? '99+' : unread ? String(unread) : '';
}

import { css, html, nothing } from 'lit';
import type { WidgetSettings } from '../api/protocol.ts';
import { initials } from '../text/initials.ts';

/** The inbox's logo, or its team's first letter on the brand. Decorative: the name stands beside it. */
export function logo(settings: WidgetSettings | null) {
  const { logoUrl, teamName } = settings?.appearance ?? {};
  if (logoUrl) return html`<img class="logo" alt="" src=${logoUrl} />`;
  return teamName ? html`<span class="logo" aria-hidden="true">${initials(teamName).slice(0, 1)}</span>` : nothing;
}

/** For whoever shows it. `--face-size` is its size. */
export const logoStyles = css`
  .logo {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: var(--face-size);
    block-size: var(--face-size);
    border-radius: 30%;
    outline: 1px solid transparent;
    outline-offset: -1px;
    object-fit: cover;
    background: var(--chat-accent);
    color: var(--chat-on-accent);
    font-size: calc(var(--face-size) * 0.45);
    font-weight: 650;
  }
`;

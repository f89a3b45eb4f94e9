import { css, html } from 'lit';
import type { Author } from '../api/protocol.ts';
import { initials } from '../text/initials.ts';
import { personIcon } from './icons.ts';

/** So many colours tell faces without a picture apart. */
const HUES = 6;

/**
 * A person's picture, or their initials on a colour that is always the same for them, or a silhouette while nobody
 * knows a name. Decorative: the name stands beside it.
 */
export function face(person: Pick<Author, 'id' | 'name' | 'avatarUrl'>) {
  if (person.avatarUrl)
    return html`<img class="face" part="avatar" alt="" src=${person.avatarUrl} referrerpolicy="no-referrer" />`;
  return person.name
    ? html`<span part="avatar" class="face hue-${hueOf(person.id)}" aria-hidden="true">${initials(person.name)}</span>`
    : html`<span part="avatar" class="face nobody" aria-hidden="true">${personIcon}</span>`;
}

function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) >>> 0;
  return sum % HUES;
}

/** For whoever shows faces. `--face-size` is the diameter. */
export const faceStyles = css`
  .face {
    --face: oklch(0.6 0.16 268);
    display: grid;
    place-items: center;
    flex: none;
    inline-size: var(--face-size, 28px);
    block-size: var(--face-size, 28px);
    border-radius: 50%;
    /* Its edge, where there are no colours. */
    outline: 1px solid transparent;
    outline-offset: -1px;
    object-fit: cover;
    background: color-mix(in oklab, var(--face) 18%, var(--chat-surface));
    color: light-dark(oklch(from var(--face) 0.42 c h), oklch(from var(--face) 0.86 calc(c * 0.7) h));
    font-size: calc(var(--face-size, 28px) * 0.39);
    line-height: 1;
    font-weight: 600;
    user-select: none;
    -webkit-user-select: none;
  }
  .nobody {
    --face: var(--chat-muted);
    color: var(--chat-muted);
  }
  .nobody svg {
    inline-size: 52%;
    block-size: 52%;
  }
  .hue-1 {
    --face: oklch(0.6 0.12 200);
  }
  .hue-2 {
    --face: oklch(0.6 0.13 155);
  }
  .hue-3 {
    --face: oklch(0.65 0.13 75);
  }
  .hue-4 {
    --face: oklch(0.62 0.16 28);
  }
  .hue-5 {
    --face: oklch(0.6 0.16 330);
  }
`;

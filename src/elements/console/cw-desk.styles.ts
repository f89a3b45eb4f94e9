import { css } from 'lit';

export const deskStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) / 56px 340px minmax(0, 1fr) auto;
    grid-template-areas: 'banner banner banner banner' 'rail list thread details';
    block-size: 100%;
    overflow: hidden;
    background: var(--chat-surface);
  }
  .banner {
    grid-area: banner;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 7px 16px;
    background: var(--chat-warning-tint);
    color: var(--chat-warning);
    font-size: 13px;
    line-height: 18px;
    font-weight: 550;
    animation: late 200ms 1s backwards;
  }
  .banner button {
    min-block-size: 24px;
    font-weight: 600;
    text-decoration: underline;
  }
  .banner.danger {
    background: var(--chat-danger-tint);
    color: var(--chat-danger);
  }
  .banner svg {
    inline-size: 18px;
    block-size: 18px;
  }
  /* Most losses mend before anybody needs to know. */
  @keyframes late {
    from {
      opacity: 0;
    }
  }
  cw-rail {
    grid-area: rail;
    border-inline-end: 1px solid var(--chat-line);
  }
  cw-console-list {
    grid-area: list;
    border-inline-end: 1px solid var(--chat-line);
  }
  main {
    grid-area: thread;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-inline-size: 0;
    min-block-size: 0;
  }
  .rest {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 4px;
    padding: 32px;
    background: var(--chat-surface);
    color: var(--chat-muted);
    text-align: center;
  }
  .rest h2 {
    margin-block-start: 16px;
    color: var(--chat-text);
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
  }
  .rest .keys {
    margin-block-start: 8px;
    font-size: 12.5px;
    line-height: 16px;
  }
  @media (pointer: coarse) {
    .rest .keys {
      display: none;
    }
  }
  aside {
    grid-area: details;
    display: grid;
    inline-size: 320px;
    min-block-size: 0;
    border-inline-start: 1px solid var(--chat-line);
  }
  dialog {
    inset: 0 0 0 auto;
    inset-inline: auto 0;
    inline-size: min(320px, 100%);
    block-size: 100%;
    max-block-size: none;
    max-inline-size: none;
    padding: 0;
    border: 0;
    background: var(--chat-surface);
    color: inherit;
    box-shadow: var(--chat-shadow-panel);
  }
  dialog[open] {
    display: grid;
    animation: slide var(--chat-duration) var(--chat-ease);
  }
  dialog:dir(rtl) {
    --slide: -24px;
  }
  dialog::backdrop {
    background: oklch(0.2 0.02 260 / 0.36);
    animation: late var(--chat-duration) var(--chat-ease);
  }
  @keyframes slide {
    from {
      opacity: 0;
      transform: translateX(var(--slide, 24px));
    }
  }

  cw-settings,
  :host([setting]) .rest {
    grid-area: list / list / details / details;
  }

  :host([layout='narrow']) {
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    grid-template-areas: 'banner' 'list' 'rail';
  }
  :host([layout='narrow']) :is(cw-console-list, cw-rail) {
    border: 0;
  }
  :host([layout='narrow']) cw-settings,
  :host([layout='narrow'][setting]) .rest {
    grid-area: list;
  }
  :host([layout='narrow']) main {
    grid-area: list / 1 / rail;
  }
  /* Hidden, but still there: the list keeps its place for the way back. */
  :host([layout='narrow'][reading]) :is(cw-console-list, cw-rail),
  :host([layout='narrow']:not([reading])) main {
    visibility: hidden;
  }
  :host([layout='narrow']) dialog {
    inline-size: 100%;
  }
`;

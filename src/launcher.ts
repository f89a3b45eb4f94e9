/**
 * The launcher at rest: markup, style and icon. It imports nothing, so that whoever paints the button first, the element
 * or the loader, paints the same one; what it does beyond resting stands in elements/launcher-view.ts. It is built node
 * by node: a page may forbid `innerHTML` (Trusted Types).
 */

/** Marks style sheets for editors and for the build, which takes the white space out. */
const css = String.raw;

/** The custom properties that the launcher needs at rest; brand.styles.ts and tokens.styles.ts have the rest. */
export const brandStyles = css`
  :host {
    --chat-brand: oklch(0.55 0.19 268);
    /* Opaque: what is measured below is what a screen shows. */
    --cw-brand: rgb(from var(--chat-brand) r g b / 1);
    /* White or black, whichever has 4.5:1 on it: y is the luminance that WCAG counts with, and at 0.18, l 49.2, both have. */
    --chat-on-brand: lab(from color(from var(--cw-brand) xyz-d65 0 y 0) calc((49.2 - l) * 999) 0 0);
    --chat-offset: 20px;
    --chat-offset-x: var(--chat-offset);
    --chat-offset-y: var(--chat-offset);
    --chat-launcher-size: 56px;
  }
`;

/**
 * `.layer` starts from `all: initial`, so nothing that a page inherits into the element reaches the chat, except what
 * should: direction, colour scheme and custom properties. As a popover it stands in the top layer.
 */
export const launcherStyles = css`
  :host {
    display: contents;
  }
  :host([hidden]) {
    display: none !important;
  }
  .layer {
    all: initial;
    position: fixed;
    z-index: 2147483000;
    inline-size: 0;
    block-size: 0;
    color-scheme: inherit;
  }
  .launcher {
    all: unset;
    box-sizing: border-box;
    inset-block-end: max(var(--chat-offset-y), env(safe-area-inset-bottom));
    display: grid;
    place-items: center;
    /* To be seen where colours are forced. */
    border: 2px solid #0000;
    inline-size: var(--chat-launcher-size);
    block-size: var(--chat-launcher-size);
    border-radius: var(--chat-radius-launcher, 50%);
    background: var(--cw-brand);
    color: var(--chat-on-brand);
    cursor: pointer;
    box-shadow: var(--chat-shadow-launcher, 0 1px 3px #0003, 0 8px 24px -4px rgb(from var(--cw-brand) r g b / 0.45));
  }
  .note {
    inset-block-end: calc(var(--chat-offset-y) + var(--chat-launcher-size) + 12px);
    max-inline-size: 240px;
    padding: 12px;
    border: 1px solid;
    border-radius: 12px;
    background: Canvas;
    color: CanvasText;
    font: 15px system-ui;
  }
  .launcher,
  .note {
    position: fixed;
    inset-inline-end: max(var(--chat-offset-x), env(safe-area-inset-right));
  }
  .left :is(.launcher, .note) {
    inset-inline: max(var(--chat-offset-x), env(safe-area-inset-left)) auto;
  }
  /* Two rings: on any page one of them has 3:1. */
  .launcher:focus-visible {
    outline: 2px solid #fff;
    box-shadow: 0 0 0 4px #000;
  }
  .launcher svg {
    grid-area: 1 / 1;
    inline-size: 30px;
    block-size: 30px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .chat :first-child {
    fill: currentcolor;
  }
  .chat :last-child {
    stroke: var(--cw-brand);
    stroke-width: 2.25;
  }
  @media print {
    .layer {
      display: none;
    }
  }
`;

/** The icon of the launcher: a bubble, and dots in it. */
export const chatPaths = [
  'M12 3c-5 0-9 3.5-9 8 0 2.5 1.3 4.7 3.3 6.2V21l4-2.2L12 19c5 0 9-3.5 9-8s-4-8-9-8Z',
  'M8 11.1v.1m4-.1v.1m4-.1v.1',
] as const;

/** Makes what stands beside the launcher: why nothing opens. */
export function createNote(words: string): HTMLElement {
  const note = document.createElement('div');
  note.className = 'note';
  note.role = 'alert';
  note.textContent = words;
  return note;
}

/** Makes the layer that everything stands in, and the launcher's button in it. */
export function createLauncher(): { readonly layer: HTMLElement; readonly button: HTMLButtonElement } {
  const layer = document.createElement('div');
  const button = document.createElement('button');
  // It needs no `type`: no form of the page reaches in here.
  button.className = 'launcher';
  button.part.add('launcher');
  button.ariaHasPopup = 'dialog';
  const slot = document.createElement('slot');
  slot.name = 'launcher';
  slot.append(icon('chat', ...chatPaths));
  button.append(slot);
  layer.className = 'layer';
  layer.append(button);
  return { layer, button };
}

/** Puts the layer into the browser's top layer, or, with a `zIndex`, to that height in the page. */
export function placeLayer(layer: HTMLElement, zIndex: number | undefined): void {
  layer.style.zIndex = zIndex === undefined ? '' : String(zIndex);
  // Without popovers there is the z-index of the style sheet.
  if (!('showPopover' in layer)) return;
  const popover = zIndex === undefined ? 'manual' : null;
  if (layer.popover !== popover) layer.popover = popover;
  if (popover && layer.isConnected && !layer.matches(':popover-open')) layer.showPopover();
}

/** A drawing of strokes, 24 by 24. */
export function icon(name: string, ...paths: readonly string[]): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.classList.add(name);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.ariaHidden = 'true';
  for (const path of paths) {
    const shape = document.createElementNS(namespace, 'path');
    shape.setAttribute('d', path);
    svg.append(shape);
  }
  return svg;
}

/**
 * The launcher as a site's own server can render it, in Node or anywhere else: nothing of a browser is needed here.
 *
 * @packageDocumentation
 */
import { inboxStyle } from './inbox-style.ts';
import { brandStyles, chatPaths, launcherStyles } from './launcher.ts';

/** What the launcher of one page says and looks like. */
export interface LauncherOptions {
  /** What it is called, in the page's language. Default `Open chat`. */
  readonly label?: string;
  /** The inbox's brand: a CSS colour. Default: the widget's own. */
  readonly color?: string;
  /** Which side it stands on; `right` is where lines end. Default `right`. */
  readonly position?: 'left' | 'right';
  /** From the page's edges, px. Default 20. */
  readonly offsetX?: number;
  readonly offsetY?: number;
  /** Of the page's Content Security Policy, where that forbids styles without one. */
  readonly nonce?: string;
}

/**
 * The launcher of a `<chat-widget>` as declarative shadow DOM, to be written between its tags: it is on screen before any
 * script has come. The element, or the loader, takes over this very button: it keeps its place and the focus, and a press
 * that is under way opens the chat.
 *
 *     `<chat-widget inbox="shop">${renderLauncher({ color: '#0a7d4f' })}</chat-widget>`
 *
 * Only a page that is parsed by the browser has shadow roots from it; `innerHTML` ignores it.
 * Source: HTML, “The template element”, `shadowrootmode`.
 *
 * @throws RangeError a colour or a distance that could be anything else
 */
export function renderLauncher(options: LauncherOptions = {}): string {
  const { label = 'Open chat', color, position, offsetX = 20, offsetY = 20, nonce } = options;
  for (const distance of [offsetX, offsetY])
    if (!Number.isFinite(distance)) throw new RangeError(`"${distance}" is no distance in px.`);
  if (color !== undefined && !/^[\w#%.,/() -]+$/.test(color)) throw new RangeError(`"${color}" is no colour.`);
  const looks = { color: color ?? 'oklch(0.55 0.19 268)', offsetX, offsetY };
  // Last: what the element keeps until it has the settings.
  const own = color || offsetX !== 20 || offsetY !== 20 ? inboxStyle(looks) : '';
  const side = position === 'left' ? ' left' : '';
  const [bubble, dots] = chatPaths;
  return [
    '<template shadowrootmode="open">',
    `<style${nonce ? ` nonce="${escape(nonce)}"` : ''}>${tidy(brandStyles + launcherStyles)}${own}</style>`,
    `<div class="layer${side}"><button class="launcher" part="launcher" aria-haspopup="dialog"`,
    ` aria-label="${escape(label)}" aria-expanded="false"><slot name="launcher">`,
    `<svg class="chat" viewBox="0 0 24 24" aria-hidden="true"><path d="${bubble}"></path><path d="${dots}"></path></svg>`,
    '</slot></button></div></template>',
  ].join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function tidy(style: string): string {
  return style.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' ');
}

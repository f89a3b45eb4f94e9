import { embeddedStyles, wholeStyles } from './embedded.styles.ts';

/** How a chat stands in its page. */
export type Mode = 'floating' | 'inline' | 'page';

const [inline, whole] = [embeddedStyles.styleSheet!, wholeStyles.styleSheet!];

/** Has a widget's shadow root, and the layer in it, stand in the page as `mode` says. */
export function embed(root: ShadowRoot, layer: HTMLElement, mode: Mode): void {
  const sheets = { floating: [], inline: [inline], page: [inline, whole] }[mode];
  const others = root.adoptedStyleSheets.filter((sheet) => sheet !== inline && sheet !== whole);
  root.adoptedStyleSheets = [...others, ...sheets];
  layer.classList.toggle('embedded', mode !== 'floating');
  layer.classList.toggle('whole', mode === 'page');
}

/** How something is drawn, as numbers and words that can be compared. */

/** Places and computed styles of elements, by where they stand. */
export type Look = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** What is a page's to say, wherever it is: the direction, and the light that it has. */
const INHERITED = /^(direction|color-scheme|unicode-bidi|-webkit-locale|-webkit-rtl-ordering)$/;

/** Of all elements below `root`, shadow roots included. Places are counted from the corner that chats stand in. */
export function lookOf(root: ParentNode, except: (element: Element) => boolean = () => false): Look {
  const look = new Map<string, Record<string, string>>();
  const walk = (parent: ParentNode, path: string): void => {
    [...parent.children].forEach((element, index) => {
      if (except(element)) return;
      const name = `${path} > ${element.localName}${element.className && `.${String(element.getAttribute('class'))}`}:${index}`;
      look.set(name, { ...placeOf(element), ...stylesOf(element) });
      if (element.shadowRoot) walk(element.shadowRoot, `${name} #`);
      walk(element, name);
    });
  };
  walk(root, '');
  return look;
}

/** What of `before` is another thing in `after`, in words; empty when they look the same. */
export function differences(before: Look, after: Look, only: RegExp = /^/): string[] {
  const found: string[] = [];
  for (const [name, styles] of before) {
    const now = after.get(name);
    if (!now) found.push(`${name} is gone`);
    else
      for (const [property, value] of Object.entries(styles)) {
        if (only.test(property) && now[property] !== value)
          found.push(`${name}: ${property} was ${value}, is ${String(now[property])}`);
      }
  }
  for (const name of after.keys()) if (!before.has(name)) found.push(`${name} is new`);
  return found;
}

/** Names of what `placeOf` tells. */
export const PLACES = /^@/;

function placeOf(element: Element): Record<string, string> {
  const { left, top, width, height } = element.getBoundingClientRect();
  const round = (pixels: number) => pixels.toFixed(1);
  return { '@left': round(left), '@top': round(top), '@width': round(width), '@height': round(height) };
}

function stylesOf(element: Element): Record<string, string> {
  const styles = getComputedStyle(element);
  const told: Record<string, string> = {};
  for (const property of styles)
    if (!INHERITED.test(property)) {
      // WebKit has two names for the font that a page does not name.
      told[property] = styles.getPropertyValue(property).replace('-webkit-standard', 'serif');
    }
  return told;
}

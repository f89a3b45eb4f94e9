import { backgroundOf, colourOf, contrast } from '../colour.ts';
import { around, controlsIn, described, outwards, restyle, STILL } from '../flat-tree.ts';

/** So far around a control its ring may stand: a field shows the focus of the textbox in it. */
const NEAR = 3;
/** WCAG 2.2, 1.4.11 */
const LEAST_CONTRAST = 3;
const LEAST_PX = 2;

interface Ring {
  readonly contrast: number;
  readonly width: number;
}

interface Look {
  readonly outline: string;
  readonly width: number;
  readonly border: string;
  readonly shadow: string;
}

/**
 * Controls whose focus is not seen: no ring of 2 px, one that does not stand out from what is behind it (2.4.7, 1.4.11),
 * or a control that lies under something else (2.4.11). Moves the focus; the last key must have been pressed, not the pointer.
 */
export function hiddenFocus(root: Element): string[] {
  const still = restyle(root, STILL);
  try {
    // The preview of the settings is a widget, with scenes of its own.
    const isOwn = (control: Element) =>
      ![...outwards(control)].some((each) => each !== root && each.matches('chat-widget'));
    const controls = controlsIn(root).filter((control) => !control.matches(':disabled') && isOwn(control));
    const at = Math.max(
      0,
      controls.findIndex((control) => control.matches(':focus')),
    );
    // From where the focus is: a menu is left with it.
    return [...controls.slice(at), ...controls.slice(0, at)].flatMap((control) => problemOf(control));
  } finally {
    still();
  }
}

function problemOf(control: HTMLElement): string[] {
  const root = control.getRootNode() as ShadowRoot;
  if (!control.isConnected || !control.checkVisibility({ visibilityProperty: true })) return [];
  if (root.activeElement === control) control.blur();
  const near = nearTo(control);
  const before = near.map(lookOf);
  control.focus({ focusVisible: true } as FocusOptions);
  // Some engines scroll to it later.
  control.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  // A menu that leads its focus on has said where it is.
  if (root.activeElement !== control) return [];
  const rings = near.flatMap((element, index) => ringsOf(element, before[index]!));
  const suffices = (ring: Ring) => ring.contrast >= LEAST_CONTRAST && ring.width >= LEAST_PX;
  const best = rings.find(suffices) ?? rings[0];
  if (!best) return [`${described(control)}: nothing shows its focus`];
  if (best.contrast < LEAST_CONTRAST) return [`${described(control)}: its ring has ${best.contrast.toFixed(2)} : 1`];
  if (best.width < LEAST_PX) return [`${described(control)}: its ring has ${best.width} px`];
  return isCovered(control) ? [`${described(control)}: lies under something else`] : [];
}

/** The control, what stands around it, and what stands in it. */
function nearTo(control: HTMLElement): Element[] {
  const outer = [...outwards(control)].slice(0, NEAR);
  return [control, ...outer, ...control.querySelectorAll('.bubble')];
}

function lookOf(element: Element): Look {
  const { outlineStyle, outlineColor, outlineWidth, borderTopColor, borderTopWidth, boxShadow } =
    getComputedStyle(element);
  const width = outlineStyle === 'none' ? 0 : parseFloat(outlineWidth);
  return {
    outline: width ? outlineColor : '',
    width,
    border: parseFloat(borderTopWidth) ? borderTopColor : '',
    shadow: boxShadow,
  };
}

/** What has come around it with the focus, and how it stands out from what it stands on. */
function ringsOf(element: Element, before: Look): Ring[] {
  const now = lookOf(element);
  const rings: Ring[] = [];
  const offset = parseFloat(getComputedStyle(element).outlineOffset) || 0;
  // A ring inside stands on the element itself, one outside on what is around it.
  const behind = (inside: boolean) => backgroundOf(inside ? element : (around(element) ?? element));
  if (now.outline && now.outline + now.width !== before.outline + before.width) {
    rings.push({ contrast: contrast(colourOf(now.outline), behind(offset < 0)), width: now.width });
  }
  for (const [colour, width, inside] of shadowRings(now.shadow, before.shadow)) {
    rings.push({ contrast: contrast(colourOf(colour), behind(inside)), width });
  }
  return rings;
}

/** The rings among new shadows: those without blur or offset, in a colour that is opaque. */
function shadowRings(now: string, before: string): [colour: string, width: number, inside: boolean][] {
  if (now === before || now === 'none') return [];
  return now.split(/,(?![^(]*\))/).flatMap((shadow) => {
    const [x, y, blur, spread] = (shadow.match(/-?[\d.]+px/g) ?? []).map(parseFloat);
    const colour = shadow.replace(/-?[\d.]+px|inset/g, '').trim();
    return x === 0 && y === 0 && blur === 0 && spread ? [[colour, spread, shadow.includes('inset')]] : [];
  });
}

/** Nothing of it can be pressed where it is on screen. */
function isCovered(control: HTMLElement): boolean {
  const shown = control.matches('.unseen') ? (control.closest('label') ?? control) : control;
  const { left, top, right, bottom } = shown.getBoundingClientRect();
  const points = [
    [(left + right) / 2, (top + bottom) / 2],
    [left + 3, top + 3],
    [right - 3, top + 3],
    [left + 3, bottom - 3],
    [right - 3, bottom - 3],
  ] as const;
  return !points.some(([x, y]) => {
    const hit = deepest(x, y);
    return (
      hit && (hit === shown || [...outwards(hit)].includes(shown) || [...outwards(shown)].slice(0, 1).includes(hit))
    );
  });
}

function deepest(x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y);
  for (let inner = hit; inner?.shadowRoot;) {
    inner = inner.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit;
}

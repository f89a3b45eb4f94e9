/** Colours as a screen shows them, and WCAG's contrast of two. */
import { outwards } from './flat-tree.ts';

/** Red, green, blue from 0 to 255, and how opaque, from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
  willReadFrequently: true,
})!;
const known = new Map<string, Colour>();

/** Whatever CSS writes, `oklch()` and `color()` too. */
export function colourOf(css: string): Colour {
  let colour = known.get(css);
  if (!colour) {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = css;
    pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data;
    known.set(css, (colour = [red, green, blue, alpha / 255]));
  }
  return colour;
}

/** `over` on `under`. */
export function laid([r, g, b, alpha]: Colour, [r0, g0, b0]: Colour): Colour {
  const mix = (one: number, other: number) => one * alpha + other * (1 - alpha);
  return [mix(r, r0), mix(g, g0), mix(b, b0), 1];
}

/** What one sees behind what stands in `element`, its own background included. */
export function backgroundOf(element: Element): Colour {
  const layers: Colour[] = [];
  for (const each of [element, ...outwards(element)]) {
    const colour = colourOf(getComputedStyle(each).backgroundColor);
    layers.push(colour);
    if (colour[3] === 1) break;
  }
  return layers.reduceRight((under, over) => laid(over, under), [255, 255, 255, 1] as Colour);
}

/** WCAG 2.2, "contrast ratio". */
export function contrast(one: Colour, background: Colour): number {
  const [dark = 0, bright = 0] = [luminance(laid(one, background)), luminance(background)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

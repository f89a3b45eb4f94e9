import { expect } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { tokens } from '../../src/elements/console/console-tokens.styles.ts';
import { WINDOW_COLORS } from '../../src/window-colors.ts';
import { colourOf, contrast, laid, type Colour } from '../a11y/colour.ts';
import { randomColours } from './random-colours.ts';

class ColourStage extends LitElement {
  static override styles = tokens;

  protected override render() {
    return html`<i></i>`;
  }
}
customElements.define('test-colour-stage', ColourStage);

/** Brands from all around the wheel, dark to bright. */
const hues = Array.from({ length: 12 }, (_, n) => n * 30);
const wheel = [20, 35, 45, 50, 55, 70].flatMap((lightness) => hues.map((hue) => `hsl(${hue} 70% ${lightness}%)`));

/** Those where the choice is hardest, and whatever else a page may take for a colour. */
const odd = [
  ...['#000', '#fff', '#777', '#757575', '#767676', '#ff0', '#00f', '#0f0', '#f00', '#0ff', '#f0f', '#4364df'],
  // What no screen can show.
  ...['oklch(0.5 0.4 150)', 'oklch(0.9 0.4 80)', 'oklch(0.6 0.37 300)', 'color(display-p3 0 0.48 0)', 'lch(0 130 40)'],
  // What shows through, what depends, and what is no colour at all.
  ...['transparent', '#ff08', '#0000ff20', 'currentcolor', 'light-dark(#111, #eee)', 'light-dark(#eee, #111)'],
  ...['Canvas', 'AccentColor', 'none', '36 88 76', 'url(brand.png)', ''],
];

/** What reads on what. The tint shows what it lies on through. */
const READS: readonly (readonly [text: string, ...on: string[]])[] = [
  ['on-brand', 'brand'],
  ['on-accent', 'accent'],
  ['on-own', 'own'],
  ['on-window', 'brand'],
  ['on-other', 'other'],
  ...['surface', 'raised'].flatMap((ground) =>
    ['text', 'muted', 'brand-text'].flatMap((text) => [[text, ground] as const, [text, 'brand-tint', ground] as const]),
  ),
];

/** Graphics, and the ring of what has the focus. */
const SEEN = [
  ['focus', 'surface'],
  ['focus', 'raised'],
  ['focus', 'brand-tint', 'surface'],
] as const;

describe('the palette', () => {
  const stage = document.createElement('test-colour-stage') as ColourStage;
  before(async () => {
    document.body.append(stage);
    await stage.updateComplete;
  });
  after(() => stage.remove());

  /** A token's colour as the browser shows it. */
  function colour(token: string): Colour {
    const probe = stage.shadowRoot!.querySelector<HTMLElement>('i')!;
    probe.style.color = `var(${token === 'brand' ? '--cw-brand' : `--chat-${token}`})`;
    return colourOf(getComputedStyle(probe).color);
  }

  function expectContrast(least: number, [text, ...grounds]: readonly string[], brand: string): void {
    const ground = grounds.map(colour).reduceRight((below, above) => laid(above, below));
    const found = contrast(colour(text), ground);
    expect(found, `${text} on ${grounds.join(' over ')}, with the brand "${brand}"`).to.be.at.least(least);
  }

  function expectReadable(brands: readonly string[]): void {
    for (const brand of brands) {
      stage.style.setProperty('--chat-brand', brand);
      for (const pair of READS) expectContrast(4.5, pair, brand);
      for (const pair of SEEN) expectContrast(3, pair, brand);
    }
  }

  for (const scheme of ['light', 'dark']) {
    it(`is readable with 100 random brands, ${scheme}`, () => {
      stage.style.colorScheme = scheme;
      expectReadable(randomColours(100, 20261120));
    });

    it(`is readable with brands from all around the wheel, ${scheme}`, () => {
      stage.style.colorScheme = scheme;
      expectReadable(wheel);
    });

    it(`is readable with black, white and yellow, with what shows through, and with what is no colour, ${scheme}`, () => {
      stage.style.colorScheme = scheme;
      expectReadable(odd);
    });

    it(`steps back from the surface where the brand is as light, or as dark, ${scheme}`, () => {
      stage.style.colorScheme = scheme;
      for (const brand of ['#fff', '#fefefe', '#000', '#0b0b0f', '#14161b', 'transparent']) {
        stage.style.setProperty('--chat-brand', brand);
        expectContrast(1.2, ['accent', 'surface'], brand);
      }
    });

    it(`keeps what a page has for its bubbles and its head readable, ${scheme}`, () => {
      stage.style.colorScheme = scheme;
      for (const colour of [...Object.values(WINDOW_COLORS), ...randomColours(50, 6)]) {
        for (const name of ['own', 'accent', 'window']) {
          stage.style.setProperty(`--chat-${name}`, colour);
          expectContrast(4.5, [`on-${name}`, name], colour);
          stage.style.removeProperty(`--chat-${name}`);
        }
      }
    });

    it(`is readable in its other colours, ${scheme}`, () => {
      stage.style.colorScheme = scheme;
      for (const name of ['danger', 'warning', 'success', 'away']) {
        expectContrast(4.5, [name, 'surface'], '');
        expectContrast(4.5, [name, `${name}-tint`], '');
      }
    });
  }
});

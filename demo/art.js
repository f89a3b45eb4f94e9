import { svg } from './dom.js';

/**
 * The drawings are real .svg files. Each is read once and kept as a <symbol> of this sheet, so that one drawing serves
 * every colour: a symbol takes `--body` and `--trim` from the place where it is used (see styles/tokens.css).
 */
const sheet = svg('svg', { class: 'art-sheet', 'aria-hidden': 'true' });
const asked = new Set();

/**
 * A drawing from art/, in the colours of a tone.
 *
 * @param {string} name file name without `.svg`
 * @param {{ tone?: string, label?: string, viewBox?: string }} [options] without a label it is decoration
 */
export function drawing(name, { tone, label, viewBox = '0 0 400 400' } = {}) {
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' };
  return svg('svg', { class: 'drawing', viewBox, 'data-tone': tone, ...named }, placed(name));
}

/** A drawing at a place inside another one. `hanging` leaves out its shadow on the ground. */
export function placed(name, { tone, x, y, size, hanging = false } = {}) {
  load(name);
  return svg('use', {
    href: `#art-${name}`,
    x,
    y,
    width: size,
    height: size,
    'data-tone': tone,
    'data-hanging': hanging,
  });
}

function load(name) {
  if (asked.has(name)) return;
  asked.add(name);
  if (!sheet.isConnected) document.body.append(sheet);
  // XMLHttpRequest parses the file itself: fetch() with DOMParser would need a Trusted Types policy.
  const request = new XMLHttpRequest();
  request.responseType = 'document';
  request.addEventListener('load', () => {
    const root = request.response?.documentElement;
    if (!root) return console.warn(`demo: no drawing "${name}"`);
    const symbol = svg('symbol', { id: `art-${name}`, viewBox: root.getAttribute('viewBox') });
    symbol.append(...[...root.childNodes].map((node) => document.importNode(node, true)));
    sheet.append(symbol);
  });
  request.open('GET', `/demo/art/${name}.svg`);
  request.send();
}

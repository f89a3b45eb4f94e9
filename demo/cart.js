import { bagById } from './catalogue.js';
import { recall, remember } from './storage.js';

const KEY = 'sanderling:cart';
const MOST = 9;

/** @typedef {{ id: string, tone: string, count: number }} Line */

/** What lies in the cart. Fires `change`. */
class Cart extends EventTarget {
  /** @type {Line[]} */
  #lines = recall(KEY, []).filter((line) => bagById(line?.id)?.tones.includes(line.tone) && line.count > 0);

  get lines() {
    return this.#lines;
  }

  get count() {
    return this.#lines.reduce((sum, line) => sum + line.count, 0);
  }

  get total() {
    return this.#lines.reduce((sum, line) => sum + line.count * bagById(line.id).price, 0);
  }

  add(id, tone) {
    const held = this.#lines.find((line) => line.id === id && line.tone === tone);
    this.setCount(id, tone, (held?.count ?? 0) + 1);
  }

  /** Zero takes the line out. */
  setCount(id, tone, count) {
    const line = { id, tone, count: Math.min(count, MOST) };
    const at = this.#lines.findIndex((held) => held.id === id && held.tone === tone);
    this.#lines = at < 0 ? [...this.#lines, line] : this.#lines.with(at, line);
    this.#lines = this.#lines.filter((held) => held.count > 0);
    remember(KEY, this.#lines);
    this.dispatchEvent(new Event('change'));
  }
}

export const cart = new Cart();

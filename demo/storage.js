/** Reads a JSON value; storage may be refused (private windows, strict settings), and the shop then just forgets. */
export function recall(key, fallback) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Keeps a JSON value; null removes it. */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing kept: the page works without.
  }
}

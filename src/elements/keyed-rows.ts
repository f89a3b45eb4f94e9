/** The rows that stand in a place, by key. */
const standing = new WeakMap<Element, Map<string, HTMLElement>>();

/**
 * Gives each item a row of its own in `place`, in order, and draws it there. A row stays as long as there is its key, and
 * is not moved when others come or go around it: what stands in it keeps focus, selection and movements. (Lit's `repeat`
 * does so without rows, in four times the code. `place` belongs to nobody else.)
 */
export function drawRows<Item extends { readonly key: string }>(
  place: Element,
  items: readonly Item[],
  draw: (item: Item, row: HTMLElement) => void,
): void {
  const before = standing.get(place);
  const rows = new Map(items.map(({ key }) => [key, before?.get(key) ?? document.createElement('div')]));
  for (const [key, row] of before ?? []) if (!rows.has(key)) row.remove();
  standing.set(place, rows);
  let next = place.firstElementChild;
  for (const item of items) {
    const row = rows.get(item.key)!;
    if (row === next) next = row.nextElementSibling;
    else place.insertBefore(row, next);
    draw(item, row);
  }
}

/** Of what was drawn last in a place. */
const drawn = new WeakMap<Element, readonly unknown[]>();

/** Says whether something else is to be drawn in a place than last time; without `parts` it may be. */
export function isOther(place: Element, parts: readonly unknown[] = []): boolean {
  const before = drawn.get(place);
  drawn.set(place, parts);
  return !parts.length || parts.length !== before?.length || parts.some((part, at) => part !== before[at]);
}

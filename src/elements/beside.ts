/** Distance from what it belongs to, and from the edges above and below, px. */
const GAP = 4;
/** Distance from the edges at the sides: the composer's, px. */
const SIDE = 12;

/**
 * Stands `floating` below `anchor`, or above where there is more room, within `frame`; `origin` is what it is positioned in.
 * Its end is at the anchor's end where that is nearer to the frame's, so that it grows towards the middle.
 */
export function standBeside(floating: HTMLElement, anchor: Element, frame: Element, origin = frame): void {
  const from = origin.getBoundingClientRect();
  const room = frame.getBoundingClientRect();
  const at = anchor.getBoundingClientRect();
  floating.style.maxBlockSize = `${room.height - 2 * GAP}px`;
  const { width, height } = floating.getBoundingClientRect();
  const fitsBelow = at.bottom + GAP + height <= room.bottom || room.bottom - at.bottom > at.top - room.top;
  const top = fitsBelow ? at.bottom + GAP : at.top - GAP - height;
  const left = at.left + at.width / 2 > room.left + room.width / 2 ? at.right - width : at.left;
  const within = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
  floating.style.top = `${within(top, room.top + GAP, room.bottom - height - GAP) - from.top}px`;
  floating.style.left = `${within(left, room.left + SIDE, room.right - width - SIDE) - from.left}px`;
}

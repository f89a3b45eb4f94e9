/** What the bench asks of a list that is no product. */
export interface FloorList {
  /** So many messages are there. */
  make(count: number): void;
  /** Shows them, at their end. */
  open(): void;
  /** One more. */
  append(): void;
  /** Fifty older ones, with what is on screen kept in its place. */
  prepend(): void;
}

declare global {
  /** Undefined in a page with a product. */
  var floor: FloorList | undefined;
}

/** A `before=` that no page of ours gave out: answer 400. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
  constructor() {
    super('The cursor is not one that this server gave out.');
  }
}

/** Where a page of conversations ended: the last one's `updatedAt`, and its number for those of the same ms. */
export interface Keyset {
  readonly updatedAt: number;
  readonly number: number;
}

/** Cursors are opaque to clients; they carry the keyset, so that no page is skipped or seen twice as rows come in. */
export function encodeCursor({ updatedAt, number }: Keyset): string {
  return `${updatedAt.toString(36)}.${number.toString(36)}`;
}

/** @throws BadCursor */
export function decodeCursor(cursor: string): Keyset {
  if (!/^[0-9a-z]{1,10}\.[0-9a-z]{1,10}$/.test(cursor)) throw new BadCursor();
  const [updatedAt = '', number = ''] = cursor.split('.');
  return { updatedAt: parseInt(updatedAt, 36), number: parseInt(number, 36) };
}

/** The cursor of a list that is ordered by serial number alone. @throws BadCursor */
export function decodeNumberCursor(cursor: string): number {
  if (!/^[0-9]{1,15}$/.test(cursor)) throw new BadCursor();
  return Number(cursor);
}

/** How many rows a page may hold: 1 to 100; 50 when it is not said. */
export function pageLimit(limit: number | undefined, most = 100): number {
  return Math.min(Math.max(Math.trunc(limit ?? 50), 1), most);
}

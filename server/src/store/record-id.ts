/** What an `{id}` of an address stands for: conversations, contacts and agents have a UUID and a serial number. */
export type RecordId =
  { readonly column: 'id'; readonly value: string } | { readonly column: 'number'; readonly value: number };

/** A UUID as we write it: lower case, with hyphens (RFC 9562, 4). */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads it; null for what can be neither, so that garbage costs no query. */
export function parseRecordId(given: string): RecordId | null {
  if (/^[1-9][0-9]{0,14}$/.test(given)) return { column: 'number', value: Number(given) };
  const id = given.toLowerCase();
  return UUID.test(id) ? { column: 'id', value: id } : null;
}

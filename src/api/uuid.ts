let lastMs = 0;

/** Bytes as lower-case hex digits. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** All that are made from here on sort after this one, which an earlier page made, whatever its clock said. */
export function uuidsAfter(id: string): void {
  lastMs = Math.max(lastMs, parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/**
 * A UUID version 7 (RFC 9562 §5.7) that sorts after all that were made here before: its time runs ahead of the clock
 * when several are made within one millisecond, or while the clock goes back. Works where `crypto.randomUUID` does not
 * (pages without https).
 */
export function uuid(): string {
  lastMs = Math.max(Date.now(), lastMs + 1);
  const time = lastMs.toString(16).padStart(12, '0');
  const random = crypto.getRandomValues(new Uint8Array(10));
  const rest = hexOf(random);
  const variant = '89ab'[random[9] & 3];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

/**
 * The six digits in what a person has typed or pasted; undefined when it is no code. What a mail program puts around
 * them, and digits of Arabic keyboards, are forgiven.
 */
export function readCode(typed: string): string | undefined {
  const latin = typed.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
  const digits = latin.normalize('NFKC').replace(/\D/g, '');
  return digits.length === 6 ? digits : undefined;
}

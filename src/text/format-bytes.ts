const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** How large a file is, in the reader's language: `812 bytes`, `1.4 MB`. Decimal, as file managers and shops count. */
export function formatBytes(bytes: number, lang: string): string {
  // 999,600 would be written as 1,000 kB.
  const power = bytes < 1_000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes * 1.00051) / 3));
  const value = bytes / 1_000 ** power;
  const maximumFractionDigits = power > 0 && value < 99.95 ? 1 : 0;
  return new Intl.NumberFormat(lang, {
    style: 'unit',
    unit: UNITS[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits,
  }).format(value);
}

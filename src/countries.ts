/** In which countries there is a chat. Element, page and server say it the same. */

/** Countries as two letters (ISO 3166-1). */
export interface Countries {
  /** Nobody there sees a chat. Where there is one, `include` does not count. */
  readonly exclude?: readonly string[];
  /** Nobody elsewhere does. Empty or missing: everywhere. */
  readonly include?: readonly string[];
}

/**
 * Whether there is a chat for who is in this country. Who is nobody knows where is shown it by `exclude`, not by `include`.
 */
export function isShownIn({ exclude = [], include = [] }: Countries, country: string | undefined): boolean {
  const isAmong = (list: readonly string[]): boolean =>
    list.some((one) => one.toUpperCase() === country?.toUpperCase());
  return exclude.length ? !isAmong(exclude) : !include.length || isAmong(include);
}

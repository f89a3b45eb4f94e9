/** A language tag as Intl takes it (BCP 47), and none for what is none: browsers pass on what their system says. */
export function canonical(tag: unknown): readonly string[] {
  try {
    return typeof tag === 'string' && tag ? Intl.getCanonicalLocales(tag) : [];
  } catch {
    return [];
  }
}

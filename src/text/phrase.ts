/** A phrase that depends on a count: one form for each plural category that the language has. */
export type Plural = Partial<Readonly<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** Puts `values` in the places of a phrase: `fill('{name} is typing', { name: 'Ada' })`. A place without a value stays. */
export function fill(phrase: string, values: Readonly<Record<string, string | number>>): string {
  return phrase.replace(/\{(\w+)\}/g, (place, key: string) =>
    Object.hasOwn(values, key) ? String(values[key]) : place,
  );
}

/** The form for `count` by the rules of `lang` (CLDR, through Intl.PluralRules), its `{count}` written in that language. */
export function plural(lang: string, forms: Plural, count: number): string {
  const form = forms[new Intl.PluralRules(lang).select(count)] ?? forms.other;
  return fill(form, { count: new Intl.NumberFormat(lang).format(count) });
}

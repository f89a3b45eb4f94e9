import { localeOf, type WidgetLocale } from '../../../src/text/launcher-names.ts';

/** The best language of an `Accept-Language` (RFC 9110) that there are words of, English included; else English. */
export function localeFor(acceptLanguage: string | undefined): WidgetLocale {
  return (
    tagsOf(acceptLanguage ?? '')
      .map(localeOfTag)
      .find((locale) => locale !== undefined) ?? 'en'
  );
}

/** The language that an `Accept-Language` wants most, as two small letters; undefined when it names none that has two. */
export function languageFor(acceptLanguage: string | undefined): string | undefined {
  return tagsOf(acceptLanguage ?? '')
    .map((tag) => /^[a-z]{2}(?=-|$)/i.exec(tag)?.[0].toLowerCase())
    .find((language) => language !== undefined);
}

/** The tags of the header, those that are wanted most first; what weighs nothing is not wanted. */
function tagsOf(header: string): readonly string[] {
  return header
    .slice(0, 1_000)
    .split(',')
    .map((range) => {
      const [tag = '', weight] = range.split(';');
      const quality = Number(/^\s*q=([\d.]+)\s*$/i.exec(weight ?? 'q=1')?.[1]);
      return { tag: tag.trim(), quality };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
}

function localeOfTag(tag: string): WidgetLocale | undefined {
  try {
    return localeOf(tag);
  } catch {
    // `*`, or no language at all.
    return undefined;
  }
}

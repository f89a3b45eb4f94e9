import type { WidgetLocale } from '../../../src/text/launcher-names.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The beginning of a mail's HTML, up to its body. */
export function mailHead(lang: WidgetLocale, title: string): string {
  const direction = ['ar', 'fa', 'he'].includes(lang) ? 'rtl' : 'ltr';
  return [
    '<!doctype html>',
    `<html lang="${lang}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${escapeHtml(title)}</title></head>`,
  ].join('\n');
}

/** A text as HTML shows it, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

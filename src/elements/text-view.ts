import type { Language } from '../text/language.ts';
import { onDemand } from './on-demand.ts';

/** What few messages have: markup, a quote, emoji, a trace of what became of them. */
export const messageExtras = onDemand(() => import('./message-extras.ts'));

/** Links that stand in a text as themselves. */
const linkedTexts = onDemand(() => import('./link-view.ts'));

/** A text without these means what it says. */
const MARKS = /[*_`\\]|\]\(|~~~|^ {0,3}(?:[>•-]|\d{1,9}[.)]) ?/m;

/** A text without these has no link in it. */
const LINKS = /:\/\/|www\.|(?:mailto|tel):|@/i;

/** Texts that were read, in each language: a thread is rendered far more often than a message comes. */
const read = new WeakMap<Language['of'], Map<string, unknown>>();
const MOST_VIEWS = 300;

/** There is markup in it, or it looks like it. */
export const isMarked = (text: string): boolean => MARKS.test(text);

/** There is nothing in it but words. */
export const isBare = (text: string): boolean => !MARKS.test(text) && !LINKS.test(text);

/**
 * A message's text as a template. What few messages have comes when the first of them is to be shown: until then the text
 * stands there as it was typed, and `onLoad` says when it can be shown better.
 */
export function textView(text: string, language: Language, onLoad: () => void): unknown {
  let views = read.get(language.of);
  if (!views) {
    views = new Map<string, unknown>();
    read.set(language.of, views);
  }
  const known = views.get(text);
  if (known) return known;
  let view: unknown;
  if (isMarked(text)) view = messageExtras(onLoad)?.richText(text, language);
  else if (LINKS.test(text)) view = linkedTexts(onLoad)?.linkedText(text, language);
  if (!view) return text;
  if (views.size === MOST_VIEWS) views.clear();
  views.set(text, view);
  return view;
}

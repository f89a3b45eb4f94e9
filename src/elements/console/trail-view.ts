import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SiteEvent, TrailItem } from '../../api/protocol.ts';
import type { ConsoleWords } from '../../text/console-strings.ts';
import { formatExact, formatShort } from '../../text/format-time.ts';
import { fill } from '../../text/phrase.ts';
import type { Aside } from '../thread-days.ts';
import { pageLink } from './pages-of.ts';

/** What a contact did on the site, latest first, in the details of a conversation. */
export function trailView(
  items: readonly TrailItem[],
  { strings, lang }: ConsoleWords,
  showMore: (() => void) | undefined,
) {
  if (!items.length) return nothing;
  return html`
    <section>
      <h3 id="trail">${strings.trail}</h3>
      <ul aria-labelledby="trail">
        ${repeat(
          items,
          ({ id }) => id,
          (item) => html`<li>${item.type === 'page' ? pageView(item, lang) : eventView(item, lang)}</li>`,
        )}
      </ul>
      ${showMore ? html`<button class="button" type="button" @click=${showMore}>${strings.trailMore}</button>` : nothing}
    </section>
  `;
}

/** Among the messages: oldest first. */
export function eventAsides(items: readonly TrailItem[], { strings, lang }: ConsoleWords): readonly Aside[] {
  return items
    .filter((item): item is SiteEvent => item.type === 'event')
    .map((event) => ({
      key: `trail-${event.id}`,
      at: event.at,
      view: html`<p class="event" part="event" title=${formatExact(event.at, lang)}>
        ${fill(strings.siteEvent, { name: [event.name, dataOf(event)].filter(Boolean).join(' – ') })}
      </p>`,
    }))
    .reverse();
}

function pageView({ url, title, at }: Extract<TrailItem, { type: 'page' }>, lang: string) {
  const link = pageLink(url);
  return html`<a href=${link?.url ?? nothing} target="_blank" rel="noopener noreferrer nofollow" title=${url}>
    <span class="cut" dir="auto">${title ?? link?.label ?? url}</span>
    <span class="hint"><span class="cut">${link?.label ?? url}</span>${timeView(at, lang)}</span>
  </a>`;
}

function eventView(event: SiteEvent, lang: string) {
  return html`<div class="happening">
    <span dir="auto">${event.name}</span>
    <span class="hint"><span dir="auto">${dataOf(event)}</span>${timeView(event.at, lang)}</span>
  </div>`;
}

const timeView = (at: number, lang: string) =>
  html`<time datetime=${new Date(at).toISOString()} title=${formatExact(at, lang)}>${formatShort(at, lang)}</time>`;

/** `bag: Skerry, count: 2` */
function dataOf({ data = {} }: SiteEvent): string {
  const words = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.entries(data)
    .map(([key, value]) => `${key}: ${words(value)}`)
    .join(', ');
}

/** What rules can ask of a page and its visitor's browser, by the keys of `PARAMETERS`. */

const UTM = /^utm_(source|medium|term|campaign|content)$/;

/** What the server, or the page, knows better than the browser. */
export interface PageKnowledge {
  /** Two letters, by the IP address. */
  readonly country?: string;
  /** Two letters, by what the browser asks servers for. */
  readonly language?: string;
  /** The page that was tracked last, when it is another than the address says. */
  readonly pageUrl?: string;
}

/** A parameter's value; undefined: it is not known, or not one of the page. */
export function pageParameter(key: string, known: PageKnowledge = {}): string | undefined {
  switch (key) {
    case 'page_url':
      return known.pageUrl ?? location.href;
    case 'referrer_url':
      return document.referrer || undefined;
    case 'language':
      return (
        known.language ??
        navigator.languages
          .find((tag) => /^[a-z]{2}(-|$)/i.test(tag))
          ?.slice(0, 2)
          .toLowerCase()
      );
    case 'country':
      return known.country;
    default:
      return UTM.test(key) ? (new URL(landingUrl()).searchParams.get(key) ?? undefined) : undefined;
  }
}

/** The address on which the visit landed, wherever a router has gone since. */
function landingUrl(): string {
  const [landing] = performance.getEntriesByType('navigation');
  return landing?.name ?? location.href;
}

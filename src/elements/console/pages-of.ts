import type { Entry } from '../../api/protocol.ts';

/** A page that somebody wrote from. */
export interface WrittenPage {
  readonly url: string;
  /** Host and path, without what only machines read. */
  readonly label: string;
  /** Last time, ms. */
  readonly at: number;
}

/** The pages that a contact's messages came from, latest first, each once. Only addresses that are safe as links. */
export function pagesOf(entries: readonly Entry[]): readonly WrittenPage[] {
  const pages = new Map<string, WrittenPage>();
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i];
    if (entry.type !== 'message' || !entry.pageUrl || pages.has(entry.pageUrl)) continue;
    const url = URL.canParse(entry.pageUrl) ? new URL(entry.pageUrl) : null;
    if (!url || !/^https?:$/.test(url.protocol)) continue;
    const path = decoded(url.pathname).replace(/\/$/, '');
    pages.set(entry.pageUrl, { url: url.href, label: url.host + path, at: entry.at });
  }
  return [...pages.values()];
}

/** As people read it; an address that is encoded wrongly stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

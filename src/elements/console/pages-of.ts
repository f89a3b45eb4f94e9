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
    const link = pageLink(entry.pageUrl);
    if (link) pages.set(entry.pageUrl, { ...link, at: entry.at });
  }
  return [...pages.values()];
}

/** An address that is safe as a link, and what people read in its place; undefined for any other. */
export function pageLink(address: string): Pick<WrittenPage, 'url' | 'label'> | undefined {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return { url: url.href, label: url.host + decoded(url.pathname).replace(/\/$/, '') };
}

/** As people read it; an address that is encoded wrongly stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A place in the settings. */
export interface SettingsPlace {
  /** Id of the inbox; empty: none is named. */
  readonly inboxId: string;
  /** Name of the page; empty: none is named. */
  readonly page: string;
}

/** Where a page of an inbox's settings stands: the page's hash. Without an inbox, a page of the whole server. */
export function settingsAddress({ inboxId, page }: Partial<SettingsPlace> = {}): string {
  const steps = [inboxId, page].filter((step): step is string => Boolean(step)).map(encodeURIComponent);
  return ['#/settings', ...steps].join('/');
}

/** The place that a hash names; undefined for any other. One step names a page of the whole server. */
export function settingsPlaceIn(hash: string): SettingsPlace | undefined {
  const [root, start, ...steps] = hash.split('/');
  if (root !== '#' || start !== 'settings' || steps.length > 2) return undefined;
  try {
    const [first = '', second] = steps.map(decodeURIComponent);
    return second === undefined ? { inboxId: '', page: first } : { inboxId: first, page: second };
  } catch {
    return undefined;
  }
}

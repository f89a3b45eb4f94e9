/** On what kind of device a page is looked at. The server writes this function into pasted tags, so it stands alone. */

/** `mobile`, in settings, means the latter two. */
export type Device = 'desktop' | 'ios' | 'android';

/** What a browser says of itself: its `navigator`. */
export interface Browser {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
}

/** By what a browser says of itself; an iPad says that it is a Mac, which has no touch screen. */
export function deviceOf({ userAgent, maxTouchPoints }: Browser): Device {
  if (/Android/.test(userAgent)) return 'android';
  return /iP(hone|ad|od)/.test(userAgent) || (/Mac/.test(userAgent) && maxTouchPoints > 1) ? 'ios' : 'desktop';
}

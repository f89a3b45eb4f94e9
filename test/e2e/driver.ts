/** What each engine does its own way. Everything else about pages stands once, in page.ts. */

export type EngineName = 'chromium' | 'firefox' | 'webkit';

/** A running browser. */
export interface Driver {
  readonly engine: EngineName;
  /** A profile of its own: storage, cookies and cache shared with nobody. */
  newProfile(): Promise<ProfileDriver>;
  close(): Promise<void>;
}

export interface ProfileDriver {
  newTab(): Promise<TabDriver>;
  close(): Promise<void>;
}

/** One tab. Input goes where a person's would: to the tab in front. */
export interface TabDriver {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page with one argument; argument and result travel as JSON. */
  evaluate<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** `pressed`: what happens between the button's going down and its coming up. */
  click(x: number, y: number, pressed?: () => Promise<unknown>): Promise<void>;
  /** Types into what has the focus, key by key. */
  type(text: string): Promise<void>;
  /** `Enter`, `Shift+Tab`; names as in `KeyboardEvent.key`. */
  press(combination: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** A PNG file. */
  screenshot(file: string): Promise<void>;
  close(): Promise<void>;
}

/** The viewport that tabs start with, in CSS pixels. */
export const VIEWPORT = { width: 1280, height: 900 };

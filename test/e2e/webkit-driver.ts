/** WebKitGTK over WebDriver: a profile is a browser of its own, a tab is one of its windows. */
import { writeFile } from 'node:fs/promises';
import type { Webkit } from '../../scripts/browsers.mjs';
import { WebKitSession } from '../../scripts/webkit-driver.mjs';
import type { Driver, ProfileDriver, TabDriver } from './driver.ts';
import { VIEWPORT } from './driver.ts';

export function webkitDriver(programs: Webkit): Driver {
  return {
    engine: 'webkit',
    newProfile: async () => new WebKitProfile(await WebKitSession.start(programs)),
    close: async () => undefined,
  };
}

class WebKitProfile implements ProfileDriver {
  readonly #session: WebKitSession;
  #hasTab = false;

  constructor(session: WebKitSession) {
    this.#session = session;
  }

  async newTab(): Promise<TabDriver> {
    const tab = new WebKitTab(this.#session, await (this.#hasTab ? this.#openWindow() : this.#firstWindow()));
    this.#hasTab = true;
    await tab.resize(VIEWPORT.width, VIEWPORT.height);
    return tab;
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  async #firstWindow(): Promise<string> {
    return (await this.#session.command('GET', '/window')) as string;
  }

  async #openWindow(): Promise<string> {
    const { handle } = (await this.#session.command('POST', '/window/new', { type: 'window' })) as { handle: string };
    return handle;
  }
}

class WebKitTab implements TabDriver {
  readonly #session: WebKitSession;
  readonly #handle: string;

  constructor(session: WebKitSession, handle: string) {
    this.#session = session;
    this.#handle = handle;
  }

  async goto(url: string): Promise<void> {
    await this.#command('POST', '/url', { url });
  }

  async reload(): Promise<void> {
    await this.#command('POST', '/refresh');
  }

  async evaluate<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    const script = `return (${run.toString()})(arguments[0]);`;
    return (await this.#command('POST', '/execute/sync', { script, args: [argument ?? null] })) as Result;
  }

  async click(x: number, y: number, pressed?: () => Promise<unknown>): Promise<void> {
    await this.#switch();
    const move = { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) };
    const [down, up] = [
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    if (pressed) {
      await this.#session.mouse(move, down);
      await pressed();
      await this.#session.mouse(up);
    } else {
      await this.#session.mouse(move, down, up);
    }
  }

  async type(text: string): Promise<void> {
    await this.#switch();
    await this.#session.type(text);
  }

  async press(combination: string): Promise<void> {
    await this.#switch();
    await this.#session.press(combination);
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#switch();
    await this.#session.resize(width, height);
  }

  async screenshot(file: string): Promise<void> {
    const png = (await this.#command('GET', '/screenshot')) as string;
    await writeFile(file, Buffer.from(png, 'base64'));
  }

  async close(): Promise<void> {
    await this.#command('DELETE', '/window');
  }

  /** Commands go to the window that was switched to last. */
  async #switch(): Promise<void> {
    await this.#session.command('POST', '/window', { handle: this.#handle });
  }

  async #command(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> {
    await this.#switch();
    return this.#session.command(method, path, body);
  }
}

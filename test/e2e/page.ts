/**
 * A page as a person has it in front of them: they find things by role and name, click, type and read. The same in every
 * engine; nothing here knows an element's inside.
 *
 * Whatever is asked for may still be on its way, so every action and every expectation looks again until it is there, and
 * fails after `PATIENCE_MS` saying what was there instead.
 */
import assert from 'node:assert/strict';
import type { ProfileDriver, TabDriver } from './driver.ts';
import type { Selector, Sighting } from './look.ts';
import { look } from './look.ts';

const PATIENCE_MS = 180_000;
const BETWEEN_LOOKS_MS = 40;

export type Name = string | RegExp;

/** Somebody's browser: all its pages share storage and cookies, and share them with no other `Profile`. */
export class Profile {
  readonly #driver: ProfileDriver;

  constructor(driver: ProfileDriver) {
    this.#driver = driver;
  }

  async open(url: string): Promise<Page> {
    const page = new Page(await this.#driver.newTab());
    await page.goto(url);
    return page;
  }

  async close(): Promise<void> {
    await this.#driver.close();
  }
}

/** Finds what has a role and a name. */
abstract class Place {
  abstract find(role: string, name?: Name): Thing;

  button(name: Name): Thing {
    return this.find('button', name);
  }

  dialog(name?: Name): Thing {
    return this.find('dialog', name);
  }

  textbox(name: Name): Thing {
    return this.find('textbox', name);
  }
}

/** One tab. */
export class Page extends Place {
  readonly tab: TabDriver;

  constructor(tab: TabDriver) {
    super();
    this.tab = tab;
  }

  async goto(url: string): Promise<void> {
    await this.tab.goto(url);
  }

  async reload(): Promise<void> {
    await this.tab.reload();
  }

  override find(role: string, name?: Name): Thing {
    return new Thing(this.tab, { role, ...nameOf(name) });
  }

  /** The network is back, and the browser says so: who waits for the next attempt makes it now. */
  async comesOnline(): Promise<void> {
    await this.evaluate(() => void dispatchEvent(new Event('online')), null);
  }

  async press(combination: string): Promise<void> {
    await this.tab.press(combination);
  }

  /** Runs a function in the page; its argument and its result travel as JSON. */
  async evaluate<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    return this.tab.evaluate(run, argument);
  }

  async screenshot(file: string): Promise<void> {
    await this.tab.screenshot(file);
  }
}

/** Something on a page, whether it is there already or not. */
export class Thing extends Place {
  readonly #tab: TabDriver;
  readonly #selector: Selector;

  constructor(tab: TabDriver, selector: Selector) {
    super();
    this.#tab = tab;
    this.#selector = selector;
  }

  /** Something inside of this. */
  override find(role: string, name?: Name): Thing {
    return new Thing(this.#tab, { role, ...nameOf(name), within: this.#selector });
  }

  /** All that match right now. */
  async all(): Promise<Sighting[]> {
    return this.#tab.evaluate(look, this.#selector);
  }

  /**
   * Clicks its middle, when it is there, alone, at rest and in nobody's shade.
   *
   * @param pressed what happens between the button's going down and its coming up
   */
  async click(pressed?: () => Promise<unknown>): Promise<void> {
    let last: Sighting | undefined;
    const { x, y } = await this.#until('can be clicked', ([sighting, ...others]) => {
      const isAtRest = last?.x === sighting?.x && last?.y === sighting?.y;
      last = sighting;
      return others.length === 0 && isAtRest && sighting?.isReachable ? sighting : undefined;
    });
    await this.#tab.click(x, y, pressed);
  }

  /** Clicks into it, types, key by key, and waits until it holds all of that. */
  async type(text: string): Promise<void> {
    await this.click();
    await this.#tab.type(text);
    await this.#until(`holds "${text}"`, ([sighting]) => (sighting?.value.includes(text) ? sighting : undefined));
  }

  /** Waits until this, and nothing else, is written in it. */
  async holds(text: string): Promise<void> {
    await this.#until(`holds "${text}"`, ([sighting]) => (sighting?.value === text ? sighting : undefined));
  }

  /** Waits until it is there and can be seen. */
  async isThere(): Promise<Sighting> {
    return this.#until('is there', ([sighting]) => sighting);
  }

  /** Waits until nothing like it is there. */
  async isGone(): Promise<void> {
    await this.#until('is gone', (sightings) => (sightings.length ? undefined : true));
  }

  async hasFocus(): Promise<void> {
    await this.#until('has the focus', (sightings) => sightings.find((sighting) => sighting.hasFocus));
  }

  /** Waits until each of these texts can be read in it. */
  async reads(...texts: readonly Name[]): Promise<void> {
    await this.#until(`reads ${texts.join(', ')}`, (sightings) =>
      sightings.find(({ text }) => texts.every((wanted) => placesOf(wanted, text).length > 0)),
    );
  }

  /** Of what is there now, none reads this. (To say that it stays away, wait for what would come with it first.) */
  async doesNotRead(text: string): Promise<void> {
    const sightings = await this.all();
    const wrong = sightings.find((sighting) => sighting.text.includes(text));
    assert.ok(sightings.length > 0, `There is no ${describe(this.#selector)}.`);
    assert.equal(wrong, undefined, `${describe(this.#selector)} reads "${text}".`);
  }

  /** Waits until it can be read in it once each, in this order. */
  async readsOnceEach(...texts: readonly string[]): Promise<void> {
    await this.#until(`reads once each, in this order: ${texts.join(' · ')}`, (sightings) =>
      sightings.find(({ text }) => {
        const places = texts.map((wanted) => placesOf(wanted, text));
        const isInOrder = places.every(([place = 0], index) => index === 0 || place > (places[index - 1]?.[0] ?? 0));
        return isInOrder && places.every(({ length }) => length === 1);
      }),
    );
  }

  async #until<Result>(what: string, check: (sightings: Sighting[]) => Result | undefined): Promise<Result> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const sightings = await this.#lookAgain(deadline);
      const result = check(sightings);
      if (result !== undefined) return result;
      if (performance.now() > deadline) assert.fail(await this.#complaint(what, sightings));
      await pause();
    }
  }

  /** A page that is just being replaced by the next one answers nobody. */
  async #lookAgain(deadline: number): Promise<Sighting[]> {
    try {
      return await this.all();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      return [];
    }
  }

  async #complaint(what: string, sightings: Sighting[]): Promise<string> {
    const found = sightings.map(({ name, text, value, isReachable }) => ({ name, text, value, isReachable }));
    const seen = found.length ? found : await this.#tab.evaluate(look, { role: this.#selector.role });
    return [
      `No ${describe(this.#selector)} ${what} within ${PATIENCE_MS / 1000} s.`,
      found.length ? 'It was:' : `Every ${this.#selector.role} on the page:`,
      JSON.stringify(seen, null, 2),
    ].join('\n');
  }
}

function nameOf(name: Name | undefined): Pick<Selector, 'name'> {
  if (name === undefined) return {};
  return { name: typeof name === 'string' ? name : [name.source, name.flags] };
}

function describe({ role, name, within }: Selector): string {
  const called = name === undefined ? '' : ` ${typeof name === 'string' ? `"${name}"` : `/${name.join('/')}`}`;
  return `${role}${called}${within ? ` in ${describe(within)}` : ''}`;
}

/** Where a text stands in another. */
function placesOf(wanted: Name, text: string): number[] {
  const pattern = typeof wanted === 'string' ? wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : wanted.source;
  return [...text.matchAll(new RegExp(pattern, 'g'))].map(({ index }) => index);
}

/** Between two looks only: nothing ever relies on how long it takes. */
function pause(): Promise<void> {
  // eslint-disable-next-line no-restricted-syntax
  return new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
}

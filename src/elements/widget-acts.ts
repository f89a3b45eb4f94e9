import type { Matcher } from '../api/rules.ts';
import type { LauncherPlace } from './launcher-part.ts';
import type { OutreachHost } from './outreach-host.ts';
import type { Outreach } from './outreach.ts';
import type { Page } from './trail-part.ts';
import { tell, toldAlready } from './tell.ts';
import { WidgetFacts } from './widget-facts.ts';

/** The methods of `Outreach` that a widget has, too. */
const ACTS = ['moveLauncher', 'trackPage', 'trackEvent', 'compare', 'getParameterValue'] as const;

export type Acts = Pick<WidgetActs, (typeof ACTS)[number]>;

/**
 * What a page has its `<chat-widget>` do that most pages never do. The code comes with the first such act, and each act is
 * the method of `Outreach` of that name.
 */
export abstract class WidgetActs extends WidgetFacts {
  /** Has a value from the first act on. */
  #outreach: Promise<Outreach> | undefined;

  protected abstract readonly outreachHost: OutreachHost;

  /** Moves the launcher, and the panel with it; what is left out stays. Resolves when the movement is over. */
  abstract moveLauncher(place: LauncherPlace): Promise<void>;

  /** Compares two values as rules do (docs/rules.md): `=`, `!=`, `contains`, `!contains`, `>`, `<`, `>=`, `<=`. */
  abstract compare(a: unknown, matcher: Matcher, b: unknown): Promise<boolean>;

  /** What rules would find by this key (docs/rules.md): `page_url`, `country`, `utm_source` and so on; undefined: not known. */
  abstract getParameterValue(key: string): Promise<unknown>;

  /**
   * The visitor looks at a page: agents see it, and it is `page_url` for triggers and rules from now on. What is left out is
   * as the browser shows it. The same page said twice, by this or by a router, counts once. Held until there is a session.
   */
  abstract trackPage(page?: Page): Promise<void>;

  /**
   * The visitor did something: agents see it among the messages. `name` has at most 100 characters, `data` at most 2,048 as
   * JSON. Held until there is a session.
   */
  abstract trackEvent(name: string, data?: Readonly<Record<string, unknown>>): Promise<void>;

  /**
   * What these acts are the methods of, for pages that want answers at once. Rejects with ChatError, `offline`, when its code
   * cannot be loaded.
   */
  outreach(): Promise<Outreach> {
    return (this.#outreach ??= import('./outreach.ts').then(
      ({ Outreach }) => new Outreach(this.outreachHost),
      (error: unknown) => {
        this.#outreach = undefined;
        throw tell(this, error);
      },
    ));
  }

  /** Goes on where the tag was that this one replaces. */
  protected inheritOutreach(from: WidgetActs): void {
    if (!from.#outreach) return;
    this.endOutreach();
    this.#outreach = from.#outreach;
    from.#outreach = undefined;
    this.#outreach.then((outreach) => outreach.moveTo(this.outreachHost), toldAlready);
  }

  protected endOutreach(): void {
    this.#outreach?.then((outreach) => outreach.end(), toldAlready);
    this.#outreach = undefined;
  }
}

for (const name of ACTS) {
  Object.assign(WidgetActs.prototype, {
    async [name](this: WidgetActs, ...words: unknown[]) {
      const outreach = await this.outreach();
      return (outreach[name] as (...all: unknown[]) => unknown).apply(outreach, words);
    },
  });
}

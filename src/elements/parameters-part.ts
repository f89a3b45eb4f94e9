import { pageParameter } from '../api/page-parameters.ts';
import { ATTRIBUTE_PREFIX, parameterOf } from '../api/rules.ts';
import type { VisitorData } from '../api/protocol.ts';
import type { OutreachHost } from './outreach-host.ts';
import { recordOf } from './session-options.ts';
import { warnOnce } from './warn-once.ts';

/** What rules can ask of this page and its visitor. */
export class ParametersPart {
  readonly #at: () => OutreachHost;
  readonly #pageUrl: () => string;

  /** @param pageUrl the page that was tracked last */
  constructor(at: () => OutreachHost, pageUrl: () => string) {
    this.#at = at;
    this.#pageUrl = pageUrl;
  }

  /** See `ChatWidget.getParameterValue`. */
  value(key: string): unknown {
    const parameter = parameterOf(String(key));
    if (!parameter || (parameter.triggersOnly && !key.startsWith(ATTRIBUTE_PREFIX))) {
      warnOnce(`getParameterValue() does not know "${String(key)}".`);
      return undefined;
    }
    const host = this.#at();
    if (parameter.triggersOnly) {
      const { custom } = (recordOf('visitor', host.element.visitor) ?? {}) as VisitorData;
      return custom?.[key.slice(ATTRIBUTE_PREFIX.length)];
    }
    const { country, language } = host.client()?.state.settings ?? {};
    return pageParameter(key, { country, language, pageUrl: this.#pageUrl() });
  }
}

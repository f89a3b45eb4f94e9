import type { ChatClientOptions } from '../api/chat-client.ts';
import type { WidgetSettings } from '../api/protocol.ts';
import { pageSettings, pageStyle, type KnownSettings, type Said } from '../page-settings.ts';
import { warn } from './widget-options.ts';

/** What a page says of looks, on its way to where it counts: the launcher at rest, and the settings of the client. */
export class PageLook {
  readonly #said: Said;
  readonly #sheet = new CSSStyleSheet();

  constructor(widget: HTMLElement) {
    this.#said = (name) => Reflect.get(widget, name);
    widget.shadowRoot?.adoptedStyleSheets.push(this.#sheet);
    this.adapt();
  }

  /** Of the launcher, while the inbox's settings are not here. */
  get appearance(): Partial<WidgetSettings['appearance']> {
    return pageSettings<KnownSettings>({}, this.#said).appearance ?? {};
  }

  /** See `ChatClientOptions.settingsFor`. */
  readonly settingsFor: NonNullable<ChatClientOptions['settingsFor']> = (settings) =>
    pageSettings(settings, this.#said, warn);

  /** The page says something else. */
  adapt(): void {
    pageSettings({}, this.#said, warn);
    this.#sheet.replaceSync(pageStyle(this.#said));
  }
}

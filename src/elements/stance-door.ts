import type { PropertyValues } from 'lit';
import type { ChatClientOptions } from '../api/chat-client.ts';
import type { WidgetSettings } from '../api/protocol.ts';
import { placeLayer } from '../launcher.ts';
import type { Stance, StanceHost } from './stance.ts';
import { zIndexOf } from './widget-options.ts';
import { WidgetProperties } from './widget-properties.ts';

/** The way to how a chat stands in its page: gets the code where the page, or the inbox, says more of that than most. */
export class StanceDoor {
  readonly #host: StanceHost;
  #stance: Stance | undefined;
  #coming: Promise<unknown> | undefined;

  constructor(host: StanceHost) {
    this.#host = host;
  }

  /** Part of the page: it has no launcher, and is always open. */
  get isEmbedded(): boolean {
    return this.#stance?.isEmbedded === true;
  }

  /** What the panel is to stand in. */
  get place(): HTMLElement {
    return this.#stance?.place ?? this.#host.layer;
  }

  /** Until what the page wants is there, nothing is shown. */
  get isComing(): boolean {
    return this.#coming !== undefined && !this.#stance?.isReady;
  }

  /** All that opening takes is there: in this task a window may be opened. */
  get canOpen(): boolean {
    return !this.#host.element.openIn || this.#stance?.isReady === true;
  }

  /** Takes over what the page says now. */
  adapt(changed: PropertyValues): void {
    if (this.#stance) this.#stance.adapt(changed);
    else if (says(changed)) void this.#enter();
  }

  /** Resolves when all is there that the page wants, or did not come. */
  async settled(): Promise<void> {
    await this.#coming;
    await this.#stance?.ready();
  }

  /** The same, for what the page may have said in this very task. */
  async ready(): Promise<void> {
    await this.#enter();
    await this.#stance?.ready();
  }

  /** See `Stance.opensWindow`. */
  opensWindow(): boolean {
    return this.#stance?.opensWindow() === true;
  }

  /** See `Stance.moment`. */
  async moment(): Promise<void> {
    await this.#enter();
    await this.#stance?.moment();
  }

  /** Shows it, by the inbox's settings if they are here. */
  show(appearance: WidgetSettings['appearance'] | undefined): void {
    const { element, layer } = this.#host;
    if (this.#stance) this.#stance.show(appearance);
    else placeLayer(layer, zIndexOf(element.zIndex));
  }

  /** What the client is made with, beside what the page says of its visitor. */
  async options(): Promise<Pick<ChatClientOptions, 'settingsFor' | 'handover' | 'pageUrl'>> {
    await this.#coming;
    return { settingsFor: this.#settingsFor, ...(await this.#stance?.options()) };
  }

  end(): void {
    this.#stance?.end();
  }

  #enter(): Promise<unknown> {
    return (this.#coming ??= import('./stance.ts')
      .then(({ Stance }) => {
        this.#stance = new Stance(this.#host);
        this.#stance.begin();
      })
      .catch(() => (this.#coming = undefined))
      .finally(() => this.#host.onChange()));
  }

  readonly #settingsFor = <S extends WidgetSettings>(settings: S): S => {
    if (settings.appearance.devices?.length || settings.countries) void this.#enter();
    return this.#stance?.settingsFor(settings) ?? settings;
  };
}

/** Something of what changed is about how the chat stands: so are all properties from this one on, as they are declared. */
function says(changed: PropertyValues): boolean {
  const names = [...WidgetProperties.elementProperties.keys()];
  return names.slice(names.indexOf('mode')).some((name) => changed.has(name));
}

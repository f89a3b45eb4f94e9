import type { PropertyValues } from 'lit';
import type { ChatClientOptions } from '../api/chat-client.ts';
import type { WidgetSettings } from '../api/protocol.ts';
import type { Handed } from './chat-window.ts';
import type { OpenIn, OpenInHost } from './open-in.ts';
import { PageLook } from './page-look.ts';
import { placeLayer } from '../launcher.ts';
import { loadMoment } from '../load-moment.ts';
import { LOOK_NAMES } from '../page-settings.ts';
import { embed } from './embedded.ts';
import { toldAlready } from './tell.ts';
import { warnOnce } from './warn-once.ts';
import { clientOptionsOf } from './session-options.ts';
import { oneOf, zIndexOf } from './widget-options.ts';
import type { WidgetProperties } from './widget-properties.ts';

/** What a stance asks of its widget, and tells it. */
export interface StanceHost extends OpenInHost {
  readonly element: WidgetProperties;
  readonly layer: HTMLElement;
  readonly onChange: () => void;
  /** The settings that the client goes by are others. */
  readonly onLook: () => void;
}

/**
 * How a widget stands and looks in its page, where the page or the inbox says more of that than most: in a corner, in a
 * box, all over, or elsewhere; sooner or later. Nothing is shown until all that this takes is there.
 */
export class Stance {
  /** All that the page wants is there, or did not come. */
  isReady = true;
  readonly #host: StanceHost;
  #coming: Promise<unknown> | undefined;
  #look: PageLook | undefined;
  #openIn: OpenIn | undefined;
  #handed: Handed | undefined;
  #ending = new AbortController();

  constructor(host: StanceHost) {
    this.#host = host;
  }

  /** Part of the page: it has no launcher, and is always open. */
  get isEmbedded(): boolean {
    return this.#mode !== 'floating';
  }

  get #mode() {
    return oneOf('mode', this.#host.element.mode, ['floating', 'inline', 'page']);
  }

  /** What the panel is to stand in. */
  get place(): HTMLElement {
    const { element, layer } = this.#host;
    const { openIn } = element;
    return (openIn && !this.isEmbedded && this.#openIn?.place(openIn)) || layer;
  }

  /** Resolves when it is ready. */
  async ready(): Promise<void> {
    while (!this.isReady) await this.#coming;
  }

  /** What the client is made with, beside what the page says. */
  async options(): Promise<Pick<ChatClientOptions, 'handover' | 'pageUrl'>> {
    await this.ready();
    const { handover, pageUrl } = this.#handed ?? {};
    return { handover, pageUrl };
  }

  /** Takes over all that the page has said so far. */
  begin(): void {
    this.lookUp();
    this.adapt(new Map(this.#host.element.mode ? [['mode', undefined]] : []));
  }

  /** Takes over what the page says now. */
  adapt(changed: PropertyValues): void {
    const { element } = this.#host;
    if (LOOK_NAMES.some((name) => changed.has(name))) this.lookUp();
    // Where the visitor is, the inbox says.
    if (changed.has('countries') && element.countries) this.#host.wake().catch(toldAlready);
    if (changed.has('mode')) this.#embed();
    // It listens to the page, and lets go of it when the widget does.
    const wants = () => element.openIn && !this.#openIn && element.isConnected;
    if (wants()) {
      const come = import('./open-in.ts').then(({ OpenIn }) => wants() && (this.#openIn = new OpenIn(this.#host)));
      this.#wait(come);
    }
  }

  /** The page, or the inbox, says something of looks. */
  lookUp(): void {
    const { element, onLook } = this.#host;
    if (this.#look) this.#look.adapt();
    else this.#look = new PageLook(element);
    onLook();
  }

  /** See `ChatClientOptions.settingsFor`. */
  readonly settingsFor: NonNullable<ChatClientOptions['settingsFor']> = (settings) =>
    this.#look?.settingsFor(settings) ?? settings;

  /** Shows it, by the inbox's settings if they are here. */
  show(appearance: Partial<WidgetSettings['appearance']> | undefined): void {
    const { element, layer } = this.#host;
    const { isEmbedded } = this;
    const { position, launcher } = appearance ?? this.#look?.appearance ?? {};
    if (position) layer.classList.toggle('left', position === 'left');
    if (isEmbedded || launcher === 'none') layer.classList.add('bare');
    if (launcher === 'off') layer.classList.add('shut');
    placeLayer(layer, isEmbedded ? 0 : zIndexOf(element.zIndex));
  }

  /** Opens the window that the page wants, and is true, if it wants one and there may be one. */
  opensWindow(): boolean {
    const { openIn } = this.#host.element;
    return Boolean(openIn && !this.isEmbedded && this.#openIn?.window(openIn));
  }

  /** Resolves when the chat is to begin; not any more after `end()`. */
  async moment(): Promise<void> {
    const { load, loadEvent, loadDelay } = this.#host.element;
    // What the page has said before does not count any more.
    this.#ending.abort();
    if (!load) return;
    const { signal } = (this.#ending = new AbortController());
    await this.ready();
    const wish = { load, event: loadEvent, delay: loadDelay, hasBox: this.isEmbedded };
    await loadMoment(this.#host.element, wish, signal);
  }

  end(): void {
    this.#openIn?.end();
    this.#openIn = undefined;
    this.#ending.abort();
  }

  #wait(code: Promise<unknown>): void {
    this.isReady = false;
    const come = code.catch((error: unknown) => warnOnce(`Something could not be loaded: ${String(error)}`));
    const coming = (this.#coming = Promise.all([this.#coming, come]).finally(() => {
      if (coming !== this.#coming) return;
      this.isReady = true;
      this.#host.onChange();
    }));
  }

  #embed(): void {
    const { element, layer } = this.#host;
    const mode = this.#mode;
    embed(element.shadowRoot!, layer, mode);
    if (mode === 'page' && !this.#handed) this.#wait(this.#meetOpener());
  }

  /** On the server's own page of this chat: goes by what its opener passes on, if there is one. */
  async #meetOpener(): Promise<void> {
    const { element } = this.#host;
    const { server, inbox } = clientOptionsOf(element);
    if (location.origin !== server || location.pathname !== `/chat/${inbox}`) return;
    const { meetOpener } = await import('./chat-window.ts');
    this.#handed = await meetOpener(inbox);
    if (!this.#handed) return;
    // What the window knows is the page's.
    element.persist = 'none';
    element.lang = document.documentElement.lang = this.#handed.lang ?? element.lang;
  }
}

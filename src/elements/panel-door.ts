import { createNote } from '../launcher.ts';
import type { Entrance, PanelStage, StageHost } from './panel-stage.ts';
import { toldAlready } from './tell.ts';
import type { WidgetLanguage } from './widget-language.ts';

/** What a door asks of its widget beyond what the panel's stage does. */
export interface DoorHost extends StageHost {
  readonly layer: HTMLElement;
  /** Until its words are there, the panel waits. */
  readonly language: Pick<WidgetLanguage, 'ready' | 'whole' | 'words'>;
  /** Makes the session, and resolves when its client is there and the inbox talks with its visitor. Rejects with ChatError. */
  readonly admit: () => Promise<unknown>;
}

/** The way to the panel: gets its code when somebody is interested in it, and says so when that does not come. */
export class PanelDoor implements Entrance {
  /** The code of the panel is on its way. */
  busy = false;
  takesFocus = false;
  offered = '';

  readonly #host: DoorHost;
  /** Where the panel is, once it was wanted. */
  #stage: PanelStage | undefined;
  /** Beside the launcher: why nothing opens. */
  #note?: HTMLElement;
  #showing: Promise<void> | undefined;

  constructor(host: DoorHost) {
    this.#host = host;
    for (const intent of ['pointerenter', 'focus', 'touchstart']) {
      host.launcher.addEventListener(intent, this.#preload, { passive: true });
    }
  }

  /** Undefined until it was opened for the first time. */
  get panel(): PanelStage['panel'] {
    return this.#stage?.panel;
  }

  /** The panel is on screen. */
  get visible(): boolean {
    return this.#stage?.visible === true;
  }

  /** Resolves when the panel is on screen, or not wanted any more. Rejects when its code cannot be loaded. */
  show(): Promise<void> {
    this.#note?.remove();
    const tell = (error: Error & { readonly code?: string }) => {
      // What is no ChatError is a failed `import()`.
      if ((error.code ?? 'offline') === 'offline')
        this.#host.layer.append((this.#note = createNote(this.#host.language.words.notLoaded)));
      throw error;
    };
    return (this.#showing ??= this.#show()
      .catch(tell)
      .finally(() => {
        this.#showing = undefined;
        this.busy = false;
        this.#host.onChange();
      }));
  }

  /** Resolves when the browser's history, too, is as it was before a panel that has been closed. */
  get left(): PanelStage['left'] {
    return this.#stage?.left;
  }

  hide(): void {
    this.#stage?.hide();
  }

  /** Offers a text in the composer, now or when there is one. */
  prefill(text: string): void {
    if (this.panel) this.panel.prefill(text);
    else this.offered = text;
  }

  /** The widget was removed, or talks to another server: the next panel is a new one. */
  remove(): void {
    this.#stage?.remove();
  }

  /** Goes on with the panel of another door, as it is. */
  inherit(from: PanelDoor): void {
    this.#stage = from.#stage;
    from.#stage = undefined;
    this.#stage?.moveTo(this.#host);
  }

  async #show(): Promise<void> {
    const host = this.#host;
    this.busy = !this.panel;
    host.onChange();
    const [{ PanelStage }] = await Promise.all([import('./panel-stage.ts'), host.admit()]);
    // The inbox may have words of its own.
    await host.language.ready;
    await (this.#stage ??= new PanelStage(host)).show(this);
  }

  /** Fetches the code of client and panel, so that a click finds it there. */
  readonly #preload = (): void => {
    this.#host.language.whole = true;
    this.#host.onChange();
    import('./widget-session.ts').catch(toldAlready);
    import('./panel-stage.ts').then(({ foresee }) => foresee(this.#host), toldAlready);
  };
}

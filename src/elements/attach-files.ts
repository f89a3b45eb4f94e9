import { ContextConsumer } from '@lit/context';
import { html, nothing, type LitElement, type ReactiveController } from 'lit';
import type { SendOptions, ThreadClient } from '../api/thread-client.ts';
import { stringsContext } from '../context/strings-context.ts';
import { english } from '../text/file-strings.ts';
import { defaultWords } from '../text/words.ts';
import { attachStyles } from './attach-files.styles.ts';
import './cw-attachments.ts';
import { dropIcon } from './file-icons.ts';
import { FileShelf } from './file-shelf.ts';

/** Where files may go along with what is written. */
export interface FilePlace {
  readonly client: ThreadClient;
  /** The conversation that is written into; where there is none yet, the one that begins. */
  begin(): string;
}

/** The composer. */
export interface AttachHost extends LitElement {
  readonly files: FilePlace | false | undefined;
  /** Each has a shelf of its own. */
  readonly place: string;
  send(): void;
}

/**
 * Gives a composer what it needs for files: the shelf above the field, where they can be dropped, and what sending waits
 * for. Each place (a conversation, or a new one) has a shelf of its own, as it has a draft.
 */
export class AttachFiles implements ReactiveController {
  readonly #host: AttachHost;
  readonly #words: ContextConsumer<typeof stringsContext, AttachHost>;
  readonly #shelves = new Map<string, FileShelf>();
  /** Whose shelves they are. */
  #of: { readonly client: ThreadClient; readonly person: number } | undefined;
  #listeners: AbortController | undefined;
  #unsubscribe = () => {};
  /** Send was pressed, and waits. */
  #waits = false;
  /** It was, and a file has failed: a person has to decide. */
  #stuck = false;
  /** Files are held over the place where they can be dropped. */
  #dragged = false;

  constructor(host: AttachHost) {
    this.#host = host;
    this.#words = new ContextConsumer(host, { context: stringsContext, subscribe: true });
    const { styleSheet } = attachStyles;
    if (styleSheet) host.shadowRoot!.adoptedStyleSheets.push(styleSheet);
    host.addController(this);
  }

  hostConnected(): void {
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    frameOf(this.#host).addEventListener('dragleave', this.#onLeave, { signal });
    addEventListener('online', this.#onBack, { signal });
    if (this.#of) this.#listen(this.#of.client);
  }

  hostDisconnected(): void {
    this.#listeners?.abort();
    this.#unsubscribe();
    this.#unsubscribe = () => {};
    this.#dragged = false;
  }

  /** Before anything is shown, and before the first file: whose shelves these are. */
  hostUpdate(): void {
    const { files } = this.#host;
    const now = files && { client: files.client, person: files.client.state.person };
    if (!now || (this.#of?.client === now.client && this.#of.person === now.person)) return;
    // What one visitor chose is not the next one's.
    for (const shelf of this.#shelves.values()) shelf.clear();
    this.#shelves.clear();
    this.#waits = false;
    this.#of = now;
    this.#listen(now.client);
  }

  #listen(client: ThreadClient): void {
    this.#unsubscribe();
    this.#unsubscribe = client.subscribe(() => {
      const { connection, person } = client.state;
      if (person !== this.#of?.person) this.#host.requestUpdate();
      else if (connection === 'open') this.#onBack();
    });
  }

  hostUpdated(): void {
    if (!this.#waits || !this.#shelf || this.#shelf.busy) return;
    this.#waits = false;
    void this.#host.updateComplete.then(() => this.#host.send());
  }

  /** Above the field. */
  get view() {
    const items = this.#shelf?.items ?? [];
    return html`
      ${
        items.length
          ? html`<cw-attachments
              .shelf=${this.#shelf!}
              .items=${items}
              ?waits=${this.#waits}
              ?stuck=${this.#stuck && this.#shelf!.failed}
              @cw-leave=${() => this.#host.focus()}
            ></cw-attachments>`
          : nothing
      }
      ${this.#dragged ? html`<div class="drop"><p>${dropIcon}${this.#language.of('file', english).dropHere}</p></div>` : nothing}
    `;
  }

  get #language() {
    return this.#words.value ?? defaultWords;
  }

  /** There is something to send, though not a word. */
  get some(): boolean {
    return Boolean(this.#shelf?.items.length);
  }

  /** Sending has to wait; it happens by itself as soon as it can, unless a file fails. */
  holds(): boolean {
    const shelf = this.#shelf;
    this.#waits = shelf?.busy === true;
    this.#stuck = !this.#waits && shelf?.failed === true;
    this.#host.requestUpdate();
    // Send was pressed again.
    if (this.#stuck) this.#host.renderRoot.querySelector('cw-attachments')?.showFailed();
    return this.#waits || this.#stuck;
  }

  /** What goes along now. */
  get options(): SendOptions {
    const attachments = this.#shelf?.attachments;
    return attachments?.length ? { attachments } : {};
  }

  /** It has gone: the shelf is empty. */
  sent(): void {
    this.#shelf?.empty();
  }

  get #shelf(): FileShelf | undefined {
    return this.#shelves.get(this.#host.place);
  }

  #add(files: Iterable<File>): void {
    this.hostUpdate();
    const { files: where, place } = this.#host;
    if (!where) return;
    let shelf = this.#shelf;
    if (!shelf) {
      shelf = new FileShelf({
        client: where.client,
        begin: () => where.begin(),
        onChange: () => this.#host.requestUpdate(),
        language: () => this.#language,
      });
      this.#shelves.set(place, shelf);
    }
    this.#waits = this.#stuck = false;
    shelf.add(files);
  }

  /** @param type of the event that brought them, or that says where they are held */
  receive(type: string, files: readonly File[]): void {
    if (type.startsWith('drag')) {
      if (!this.#dragged && !this.#host.hidden) this.#showDrop();
      return;
    }
    if (this.#dragged) this.#hideDrop();
    if (!this.#host.hidden) this.#add(files);
    // The same file can be chosen again.
    const input = this.#host.renderRoot.querySelector<HTMLInputElement>('input[type=file]');
    if (input) input.value = '';
    this.#host.focus();
  }

  readonly #onLeave = (event: DragEvent) => {
    const frame = event.currentTarget as Element;
    const { left, right, top, bottom } = frame.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    // Between two parts of the frame it is left and entered too.
    if (x > left && x < right && y > top && y < bottom) return;
    this.#hideDrop();
  };

  #showDrop(): void {
    this.#dragged = true;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      const drop = this.#host.renderRoot.querySelector<HTMLElement>('.drop');
      const top = frameOf(this.#host).getBoundingClientRect().top;
      drop?.style.setProperty('block-size', `${this.#host.getBoundingClientRect().bottom - top - 16}px`);
    });
  }

  #hideDrop(): void {
    this.#dragged = false;
    this.#host.requestUpdate();
  }

  readonly #onBack = () => {
    for (const shelf of this.#shelves.values()) shelf.resume();
  };
}

/** What files can be dropped on: all that the composer stands in. */
function frameOf(host: AttachHost): HTMLElement {
  return host.parentElement ?? ((host.getRootNode() as ShadowRoot).host as HTMLElement);
}

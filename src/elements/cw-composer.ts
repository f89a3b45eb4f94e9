import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import type { SendOptions } from '../api/thread-client.ts';
import { stringsContext } from '../context/strings-context.ts';
import { plural } from '../text/phrase.ts';
import { defaultWords } from '../text/words.ts';
import type { AttachFiles, FilePlace } from './attach-files.ts';
import { composerStyles } from './cw-composer.styles.ts';
import { clipIcon, sendIcon, smileIcon } from './icons.ts';
import { shared } from './tokens.styles.ts';

/**
 * Somebody pressed Enter or Send: `text` is trimmed and within the limit, and not empty unless files go along. Whoever
 * cannot even take it calls `preventDefault()`: words, files and task stay where they are.
 */
export class CwSendEvent extends Event {
  readonly text: string;
  /** What the message is besides its text. */
  readonly options: SendOptions | undefined;

  constructor(text: string, options?: SendOptions) {
    super('cw-send', { cancelable: true });
    this.text = text;
    this.options = options;
  }
}

/** What is written is about a message: it answers it, or takes its place. */
export interface ComposerTask {
  /** Name of the textbox meanwhile. */
  readonly label: string;
  /** Stands above the field. */
  readonly view: TemplateResult;
  /** Goes with the message that is sent next; then the task is done. */
  readonly options?: SendOptions;
  /** First text of the field; what is written there meanwhile is no draft. */
  readonly text?: string;
  /** In the place of sending; whoever takes it ends the task. */
  readonly submit?: (text: string) => void;
  /** Escape was pressed. */
  readonly cancel: () => void;
}

/**
 * Where one writes: a textbox that grows to six lines, and a Send button. Enter sends, Shift+Enter breaks the line;
 * an Enter that ends the composition of an input method does neither.
 *
 * @slot tools - More buttons before the field.
 * @fires {CwSendEvent} cw-send - The text is to be sent.
 * @fires {Event} cw-input - A person changed `value`: keep it as a draft, say that somebody is writing.
 * @internal
 */
export class CwComposer extends LitElement {
  static override styles = [shared, composerStyles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** Name of the textbox; default: the word for "Message". */
  @property() label = '';
  /** Shown while the field is empty. */
  @property() placeholder = '';
  /** What stands in the field. */
  @property() value = '';
  /** Most UTF-16 code units that a message may have; the server has the last word. */
  @property({ type: Number }) limit = Infinity;
  /** One sentence under the field: what is wrong. */
  @property() error = '';
  /** There is a picker of emoji. */
  @property({ type: Boolean }) emoji = false;
  /** Files may go along. */
  @property({ attribute: false }) files: FilePlace | false | undefined;
  /** What is written is for this place: each has files of its own. */
  @property() place = '';
  /** See `begin`. */
  @property({ attribute: false }) task: ComposerTask | undefined;

  /** With `task.text`: in the place of `value`. */
  @state() private edited = '';
  @state() private attach: AttachFiles | undefined;
  /** How many times files came whose code is still on its way … */
  #coming = 0;
  /** … and where Send was pressed since: nothing goes without its files. */
  #waits: string | undefined;

  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });

  /** The field takes the focus, whatever stands before it. */
  override focus(options?: FocusOptions): void {
    this.#field.focus(options);
  }

  /** The field is for this until it is sent, or `task` is taken away. */
  begin(task: ComposerTask): void {
    this.task = task;
    this.edited = task.text ?? '';
  }

  protected override firstUpdated(): void {
    // Files can be dropped on all that it stands in.
    const frame = this.parentElement ?? (this.getRootNode() as ShadowRoot).host;
    for (const type of ['dragenter', 'dragover', 'drop']) frame?.addEventListener(type, this.#onFiles);
  }

  protected override updated(): void {
    // Only when it differs: assigning moves the caret and ends an input method's composition.
    const field = this.#field;
    const text = this.#text;
    if (field.value !== text) field.value = text;
  }

  protected override render() {
    const { strings } = this.#language;
    const { task } = this;
    const text = this.#text;
    const left = this.limit - text.length;
    const problem = left < 0 || Boolean(this.error);
    return html`
      ${this.attach?.view}${task?.view}
      <div class="field" part="composer" @mousedown=${this.#onFieldPress}>
        ${
          this.files
            ? html`<button class="tool" part="tool" type="button" aria-label=${strings.attach} @click=${this.#choose}>
                  ${clipIcon}</button
                ><input type="file" multiple hidden @change=${this.#onFiles} />`
            : nothing
        }
        ${
          this.emoji
            ? html`<button class="tool" part="tool" type="button" aria-label=${strings.emoji} @click=${this.#onEmoji}>
                ${smileIcon}
              </button>`
            : nothing
        }
        <slot name="tools"></slot>
        <div class="grow" data-value=${text}>
          <textarea
            part="input"
            rows="1"
            dir=${text ? 'auto' : nothing}
            enterkeyhint="send"
            autocomplete="off"
            aria-label=${task?.label || this.label || strings.message}
            aria-describedby="hint"
            aria-invalid=${problem ? 'true' : nothing}
            placeholder=${this.placeholder || strings.writeMessage}
            @input=${this.#onInput}
            @keydown=${this.#onKeydown}
            @paste=${this.#onFiles}
          ></textarea>
        </div>
        <button
          class="send"
          part="send"
          type="button"
          aria-label=${strings.send}
          ?disabled=${!this.#sendable()}
          @click=${() => this.send()}
        >
          ${sendIcon}
        </button>
      </div>
      <p id="hint" class=${problem ? 'problem' : ''} role=${this.error ? 'alert' : nothing}>${this.#hint(left)}</p>
    `;
  }

  get #language() {
    return this.#words.value ?? defaultWords;
  }

  get #text(): string {
    return this.task?.submit ? this.edited : this.value;
  }

  get #field(): HTMLTextAreaElement {
    return this.renderRoot.querySelector('textarea')!;
  }

  #hint(left: number): string {
    const { lang, strings } = this.#language;
    if (left < 0) return plural(lang, strings.charactersOver, -left);
    return this.error || (left <= Math.min(500, this.limit / 10) ? plural(lang, strings.charactersLeft, left) : '');
  }

  #sendable(): boolean {
    return Boolean(this.#text.trim() || (!this.task?.submit && this.attach?.some)) && this.#text.length <= this.limit;
  }

  #onInput(): void {
    const { value } = this.#field;
    this.error = '';
    if (this.task?.submit) {
      this.edited = value;
      return;
    }
    this.value = value;
    this.dispatchEvent(new Event('cw-input'));
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.task && !event.isComposing) {
      event.preventDefault();
      this.task.cancel();
    }
    // Safari ends the composition before it reports its Enter: only keyCode 229 still tells.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.send();
  }

  #choose(): void {
    this.renderRoot.querySelector('input')!.click();
  }

  /** Files were chosen or pasted, or are held over the conversation: what becomes of them comes with the first of them. */
  readonly #onFiles = (event: Event) => {
    const { type, target } = event;
    const data = (event as DragEvent).dataTransfer ?? (event as ClipboardEvent).clipboardData;
    const has = (what: string) => data?.types.includes(what);
    if (!this.files || (type !== 'change' && !has('Files'))) return;
    // Office programs put a picture of the words beside the words; file managers the name of the file.
    if (type === 'paste' && has('text/plain') && has('text/html')) return;
    if (data) event.preventDefault();
    // Later there is nothing in it any more.
    const files = [...(data ?? (target as HTMLInputElement)).files!];
    this.#waits = undefined;
    this.#coming++;
    import('./attach-files.ts')
      .then(({ AttachFiles }) => (this.attach ??= new AttachFiles(this)).receive(type, files), this.#onMiss)
      .finally(() => --this.#coming || this.#waits !== this.place || this.send());
  };

  #onEmoji({ currentTarget }: Event): void {
    import('./emoji-door.ts').then(
      ({ insertEmoji }) => insertEmoji(this, currentTarget as HTMLElement, this.#field),
      this.#onMiss,
    );
  }

  /** Code that is not there cannot be told from a server that is not. */
  readonly #onMiss = () => {
    this.#waits = undefined;
    this.error = this.#language.strings.notLoaded;
  };

  /** The whole rounded field is the target, not only the line of text in it. */
  #onFieldPress(event: MouseEvent): void {
    if ((event.target as Element).closest('textarea, button')) return;
    event.preventDefault();
    this.#field.focus();
  }

  /** Sends what there is, as soon as its files are there. */
  send(): void {
    if (!this.#sendable()) return;
    const { task } = this;
    const text = this.#text.trim();
    if (task?.submit) return task.submit(text);
    this.#waits = this.#coming ? this.place : undefined;
    if (this.#coming) return;
    if (this.attach?.holds()) return;
    if (!this.dispatchEvent(new CwSendEvent(text, { ...task?.options, ...this.attach?.options }))) return;
    this.value = '';
    this.task = undefined;
    this.attach?.sent();
    this.#field.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-composer': CwComposer;
  }
}

if (!customElements.get('cw-composer')) customElements.define('cw-composer', CwComposer);

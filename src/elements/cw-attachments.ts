import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators/property.js';
import { repeat } from 'lit/directives/repeat.js';
import { stringsContext } from '../context/strings-context.ts';
import { english } from '../text/file-strings.ts';
import { formatBytes } from '../text/format-bytes.ts';
import { fill } from '../text/phrase.ts';
import { defaultWords } from '../text/words.ts';
import { attachmentsStyles } from './cw-attachments.styles.ts';
import { fileCardStyles } from './file-card.styles.ts';
import { iconOf } from './file-icons.ts';
import type { FileShelf, ShelfItem } from './file-shelf.ts';
import { closeIcon, retryIcon } from './icons.ts';
import { shared } from './tokens.styles.ts';

/**
 * The files that go along with the next message, above the field: each with its picture, its size, how far it is, and
 * what can be done about it.
 *
 * @internal
 */
export class CwAttachments extends LitElement {
  static override styles = [shared, fileCardStyles, attachmentsStyles];

  @property({ attribute: false }) shelf!: FileShelf;
  @property({ attribute: false }) items: readonly ShelfItem[] = [];
  /** Send was pressed, and waits for what is on its way. */
  @property({ type: Boolean }) waits = false;
  /** It waits for a person, because a file has failed. */
  @property({ type: Boolean }) stuck = false;

  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });
  /** Said to those who cannot see the list. */
  #said = '';
  /** Where the focus was when its file went. */
  #left: number | undefined;

  get #strings() {
    return (this.#words.value ?? defaultWords).of('file', english);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: readonly ShelfItem[] = changed.get('items') ?? [];
    const statusOf = (key: number) => before.find((item) => item.key === key)?.status;
    const ready = this.items.find((item) => item.status === 'ready' && statusOf(item.key) === 'uploading');
    if (ready) this.#said = fill(this.#strings.ready, { name: ready.name });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('stuck') && this.stuck) this.showFailed();
    if (this.#left === undefined || !changed.has('items')) return;
    const rows = this.renderRoot.querySelectorAll('li');
    rows[Math.min(this.#left, rows.length - 1)]?.querySelector<HTMLElement>('button:last-of-type')?.focus();
    this.#left = undefined;
  }

  /** What keeps the message from being sent comes into sight, and what can be done about it has the focus. */
  showFailed(): void {
    const row = this.renderRoot.querySelector('li.failed');
    row?.scrollIntoView({ block: 'nearest' });
    row?.querySelector('button')?.focus();
  }

  protected override render() {
    const { items, waits, stuck } = this;
    const strings = this.#strings;
    const failed = stuck && items.find(({ status }) => status === 'failed');
    const hint = failed
      ? fill(failed.retryable ? strings.failedStays : strings.mustGo, { name: failed.name })
      : waits
        ? strings.sendsWhenReady
        : '';
    return html`
      <ul aria-label=${this.#strings.attached}>
        ${repeat(
          items,
          ({ key }) => key,
          (item) => this.#renderItem(item),
        )}
      </ul>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
      <div class="unseen" role="status">${hint || this.#said}</div>
    `;
  }

  #renderItem({ key, file, name, status, progress, preview, problem, retryable }: ShelfItem) {
    const { lang } = this.#words.value ?? defaultWords;
    const isMoving = status === 'uploading' || status === 'waiting';
    const percent = new Intl.NumberFormat(lang, { style: 'percent' }).format(progress);
    return html`
      <li class=${status}>
        <span class="file-kind"
          >${
            preview ? html`<img src=${preview} alt="" @error=${() => this.shelf.cannotShow(key)} />` : iconOf(file.type)
          }</span
        >
        <span class="file-words">
          <bdi class="file-name">${name}</bdi>
          ${
            problem
              ? html`<span class="problem" role="alert">${problem}</span>`
              : html`<span class="file-meta"
                  ><bdi>${formatBytes(file.size, lang)}</bdi><span aria-hidden="true"> · </span>${
                    status === 'offline' ? this.#strings.offline : isMoving ? percent : this.#strings.uploaded
                  }</span
                >`
          }
        </span>
        ${
          isMoving
            ? html`<progress aria-label=${name} max="1" .value=${progress} aria-valuetext=${percent}></progress>`
            : nothing
        }
        ${
          retryable
            ? html`<button
                class="icon-button"
                type="button"
                aria-label=${fill(this.#strings.retry, { name })}
                @click=${() => this.shelf.retry(key)}
              >
                ${retryIcon}
              </button>`
            : nothing
        }
        <button
          class="icon-button"
          type="button"
          aria-label=${fill(isMoving ? this.#strings.cancel : this.#strings.remove, { name })}
          @click=${() => this.#remove(key, name)}
        >
          ${closeIcon}
        </button>
      </li>
    `;
  }

  /** The focus goes to the next file, or back to who shows this. */
  #remove(key: number, name: string): void {
    this.#said = fill(this.#strings.removed, { name });
    if (this.items.length > 1) this.#left = this.items.findIndex((item) => item.key === key);
    else this.dispatchEvent(new Event('cw-leave', { bubbles: true, composed: true }));
    this.shelf.remove(key);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-attachments': CwAttachments;
  }
}

if (!customElements.get('cw-attachments')) customElements.define('cw-attachments', CwAttachments);

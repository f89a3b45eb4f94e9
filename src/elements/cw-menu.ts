import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import type { ChatClient } from '../api/chat-client.ts';
import type { ChatError } from '../api/chat-error.ts';
import { findConversation, type ChatState } from '../api/chat-state.ts';
import { endConversation, forgetVisitor, mailTranscript, readOwnData, readTranscript } from '../api/own-data.ts';
import { stringsContext } from '../context/strings-context.ts';
import { english } from '../text/menu-strings.ts';
import { fill } from '../text/phrase.ts';
import { defaultWords } from '../text/words.ts';
import { controlStyles } from './controls.styles.ts';
import { menuStyles } from './cw-menu.styles.ts';
import { choose, deviceChoices } from './device-choices.ts';
import { failureOf } from './form-failure.ts';
import { checkIcon } from './icons.ts';
import { menuActs, type MenuAct } from './menu-acts.ts';
import { menuItems } from './menu-items.ts';
import { askToNotify, mayNotify } from './notifications.ts';
import { saveFile } from './save-file.ts';
import { shared } from './tokens.styles.ts';

/** What hangs below the button: nothing, the items, a question before something is done for good, or what has come of it. */
type Layer = 'none' | 'items' | 'end' | 'forget' | 'note';

/** Between the button and what hangs below it, px. */
const GAP_PX = 6;

/**
 * What hangs below the menu button of the panel: what a visitor can do with sounds, with the conversation on screen, and
 * with what is kept of them. A menu by the ARIA Authoring Practices; what cannot be undone is asked once more.
 *
 * @internal
 */
export class CwMenu extends LitElement {
  static override styles = [shared, controlStyles, menuStyles];

  @property({ attribute: false }) client!: ChatClient;
  @property({ attribute: false }) state!: ChatState;
  /** On screen; empty: none is. */
  @property({ attribute: false }) conversationId = '';

  @state() private layer: Layer = 'none';
  @state() private busy = false;
  @state() private note = '';

  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });
  #button: HTMLElement | undefined;
  #outside: AbortController | undefined;

  get #strings() {
    return (this.#words.value ?? defaultWords).of('menu', english);
  }

  /** Opens what hangs below this button, or closes it. */
  toggle(button: HTMLElement): void {
    this.#button = button;
    this.#open(this.layer === 'none' ? 'items' : 'none');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#outside?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get('conversationId') !== undefined && this.layer !== 'note') this.layer = 'none';
  }

  protected override updated(): void {
    if (this.#button) {
      this.#button.ariaExpanded = String(this.layer !== 'none');
      this.#button.ariaBusy = String(this.busy);
    }
    if (!this.#place()) {
      this.#outside?.abort();
      this.#outside = undefined;
      return;
    }
    if (this.#outside) return;
    this.#outside = new AbortController();
    const { signal } = this.#outside;
    addEventListener('pointerdown', this.#onOutside, { signal, capture: true });
    // What it belongs to stands where it will only once the panel has followed.
    addEventListener('resize', () => requestAnimationFrame(() => this.#place()), { signal });
    // A note has nothing that could take the focus: it is on the button meanwhile.
    this.#button?.addEventListener('keydown', this.#onEscape, { signal });
    this.#button?.addEventListener('focusout', this.#onFocusOut, { signal });
  }

  protected override render() {
    return html`
      <div class="unseen" role="status">${this.layer === 'note' ? this.note : ''}</div>
      ${this.#renderLayer()}
    `;
  }

  #renderLayer() {
    switch (this.layer) {
      case 'none':
        return nothing;
      case 'items':
        return html`
          <div
            class="layer"
            part="menu"
            role="menu"
            aria-label=${this.#strings.title}
            @keydown=${this.#onKeydown}
            @focusout=${this.#onFocusOut}
          >
            ${menuActs(this.state, this.conversationId).map(
              (acts) => html`<div class="group" role="group">${acts.map((act) => this.#renderItem(act))}</div>`,
            )}
          </div>
        `;
      case 'note':
        return html`<div class="layer note"><p aria-hidden="true">${this.note}</p></div>`;
      case 'end': {
        const hint =
          this.state.settings?.behaviour?.reopen === false ? this.#strings.endHintForGood : this.#strings.endHint;
        return this.#renderQuestion(this.#strings.endTitle, hint, this.#strings.endYes, this.#end);
      }
      case 'forget':
        return this.#renderQuestion(
          this.#strings.forgetTitle,
          this.#strings.forgetHint,
          this.#strings.forgetYes,
          this.#forget,
        );
    }
  }

  #renderItem(act: MenuAct) {
    const { label, icon, isOn } = menuItems[act];
    const checked = isOn?.(deviceChoices(this.client));
    const isSwitch = checked !== undefined;
    return html`
      <button
        class="item"
        type="button"
        role=${isSwitch ? 'menuitemcheckbox' : 'menuitem'}
        aria-checked=${isSwitch ? checked : nothing}
        tabindex="-1"
        @click=${() => this.#act(act)}
      >
        ${icon}<span>${this.#strings[label]}</span>${checked ? checkIcon : nothing}
      </button>
    `;
  }

  #renderQuestion(title: string, hint: string, yes: string, act: () => Promise<void>): TemplateResult {
    return html`
      <div
        class="layer question"
        part="menu"
        role="alertdialog"
        aria-labelledby="title"
        aria-describedby="hint"
        @keydown=${this.#onKeydown}
      >
        <h3 id="title">${title}</h3>
        <p id="hint">${hint}</p>
        <p class="problem" role="alert">${this.note}</p>
        <div class="buttons">
          <button class="secondary" type="button" @click=${() => this.#open('none')}>${this.#strings.cancel}</button>
          <button class="primary danger" part="button" type="button" aria-disabled=${this.busy} @click=${act}>
            ${this.busy ? this.#strings.working : yes}
          </button>
        </div>
      </div>
    `;
  }

  /** Whatever is open: below the button, aligned with its end, inside the window. False: nothing is. */
  #place(): boolean {
    const layer = this.renderRoot.querySelector<HTMLElement>('.layer');
    if (!layer) return false;
    const { bottom, left, right } = this.#button!.getBoundingClientRect();
    const isRightToLeft = this.matches(':dir(rtl)');
    layer.style.insetBlockStart = `${bottom + GAP_PX}px`;
    layer.style.maxBlockSize = `${innerHeight - bottom - 2 * GAP_PX}px`;
    const { clientWidth } = document.documentElement;
    const end = isRightToLeft ? left : clientWidth - right;
    layer.style.insetInlineEnd = `${Math.min(end, clientWidth - layer.offsetWidth - GAP_PX)}px`;
    return true;
  }

  #open(layer: Layer, note = ''): void {
    const isClosing = layer === 'none';
    this.note = note;
    this.layer = layer;
    void this.updateComplete.then(() => {
      const first = isClosing || layer === 'note' ? null : this.renderRoot.querySelector<HTMLElement>('.layer button');
      (first ?? this.#button)?.focus();
    });
  }

  #act(act: MenuAct): void {
    const { client, conversationId: id } = this;
    if (act === 'sounds') this.#switch({ muted: !deviceChoices(client).muted });
    else if (act === 'notifications') void this.#switchNotifications();
    else if (act === 'end' || act === 'forget') this.#open(act);
    else if (act === 'mail') {
      const { email } = this.state.contact!;
      void this.#try(async () => {
        await mailTranscript(client, id);
        this.#open('note', fill(this.#strings.mailed, { email: email ?? '' }));
      });
    } else if (act === 'data') {
      void this.#try(async () => this.#save(this.#strings.dataFile, 'application/json', await readOwnData(client)));
    } else {
      const { number } = findConversation(this.state, id)!;
      const name = fill(this.#strings.transcriptFile, { number });
      void this.#try(async () => this.#save(name, 'text/plain', await readTranscript(client, id)));
    }
  }

  /** The menu stays, so that one sees what one has switched. */
  #switch(change: Parameters<typeof choose>[0]): void {
    choose(change, this.client);
    this.requestUpdate();
  }

  async #switchNotifications(): Promise<void> {
    if (mayNotify()) this.#switch({ notify: !deviceChoices(this.client).notify });
    else if (await askToNotify()) this.#switch({ notify: true });
    else if (Notification.permission === 'denied') this.#open('note', this.#strings.notificationsBlocked);
  }

  #save(name: string, mediaType: string, text: string): void {
    saveFile(name, mediaType, text);
    this.#open('none');
  }

  readonly #end = () =>
    this.#try(async () => {
      await endConversation(this.client, this.conversationId);
      this.#open('note', this.#strings.ended);
    });

  readonly #forget = () =>
    this.#try(async () => {
      await forgetVisitor(this.client);
      // It goes with the visitor, and the panel takes the focus from it.
      this.#button?.focus();
      this.layer = 'none';
      // The server knows this visitor no more: nothing is left to tell it.
      await this.client.logout().catch(() => {});
    });

  async #try(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await work();
    } catch (error) {
      const failure = failureOf(error as ChatError, this.#words.value ?? defaultWords);
      if (this.layer === 'end' || this.layer === 'forget') this.note = failure;
      else this.#open('note', failure);
    } finally {
      this.busy = false;
    }
  }

  readonly #onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    // The panel stays.
    event.preventDefault();
    event.stopPropagation();
    this.#open('none');
  };

  #onKeydown(event: KeyboardEvent): void {
    this.#onEscape(event);
    if (event.defaultPrevented) return;
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.layer button')];
    const at = buttons.indexOf(this.shadowRoot!.activeElement as HTMLElement);
    const next = this.layer === 'items' ? nextItem(event, buttons, at) : nextButton(event, buttons, at);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /** Tab leaves the menu, and the note. */
  readonly #onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    const isNear = relatedTarget === this || relatedTarget === this.#button;
    const isLeft = relatedTarget && !isNear && !this.shadowRoot!.contains(relatedTarget as Node);
    if (isLeft && (this.layer === 'items' || this.layer === 'note')) this.layer = 'none';
  };

  readonly #onOutside = (event: PointerEvent): void => {
    const path = event.composedPath();
    if (!path.includes(this) && !path.includes(this.#button!) && !this.busy) this.layer = 'none';
  };
}

/** Where an arrow, Home, End or a letter leads. */
function nextItem({ key }: KeyboardEvent, items: readonly HTMLElement[], at: number): HTMLElement | undefined {
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items.at(at > 0 ? at - 1 : -1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const starts = (item: HTMLElement) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase());
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find(starts);
}

/** A question is left by one of its buttons. */
function nextButton(
  { key, shiftKey }: KeyboardEvent,
  buttons: readonly HTMLElement[],
  at: number,
): HTMLElement | undefined {
  if (key !== 'Tab') return undefined;
  return buttons.at((at + (shiftKey ? -1 : 1)) % buttons.length);
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-menu': CwMenu;
  }
}

if (!customElements.get('cw-menu')) customElements.define('cw-menu', CwMenu);

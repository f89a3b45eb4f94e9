/** What a panel says when the server will have nobody here, or not who was here before, or not so often. One file to load. */
import { html, nothing } from 'lit';
import type { ErrorCode } from '../api/protocol.ts';
import { english, type TroubleStrings } from '../text/trouble-strings.ts';
import { icon, personIcon } from './icons.ts';
import type { PanelPage } from './panel-page.ts';
import { ChatSignInEvent } from './sign-in-event.ts';

export { troubleStyles as styles } from './panel-trouble.styles.ts';

const noIcon = icon('M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0ZM5.25 5.25l9.5 9.5');

interface Trouble {
  readonly title: string;
  readonly hint: string;
  /** What can be done. */
  readonly action?: { readonly name: string; readonly run: (event: Event) => void };
}

/** Lets the page sign the visitor in; one that does not care is loaded again. */
function signIn({ target }: Event): void {
  if (target?.dispatchEvent(new ChatSignInEvent())) location.reload();
}

function troubleOf(reason: ErrorCode | undefined, wasHere: boolean, strings: TroubleStrings): Trouble {
  if (reason === 'unauthorized' || reason === 'identity_required') {
    const action = { name: strings.signInAgain, run: signIn };
    return { title: strings.signIn, hint: strings.signInHint, action };
  }
  if (reason === 'not_found') return { title: strings.noSuchInbox, hint: strings.noSuchInboxHint };
  if (reason !== 'forbidden') {
    const action = { name: strings.reload, run: () => location.reload() };
    return { title: strings.outdated, hint: strings.outdatedHint, action };
  }
  return wasHere
    ? { title: strings.blocked, hint: strings.blockedHint }
    : { title: strings.notHere, hint: strings.notHereHint };
}

/** In the place of the field one writes in, for good: why, what can be done, and what was half written. Undefined: it stays. */
export function closedView(page: PanelPage) {
  const { client, state, view } = page;
  // Without a reason it is not for good: the session has just been replaced, and its successor connects next.
  if (state.connection !== 'closed' || !state.closeReason) return undefined;
  const strings = page.words.of('trouble', english);
  const isAlone = !view && !state.conversations.length;
  // Without settings it is the site or the address that is refused, whoever it is.
  const wasHere = state.contact !== null && state.settings !== null;
  const { title, hint, action } = troubleOf(state.closeReason, wasHere, strings);
  const words = client.drafts.get(view);
  return html`
    <div class="foot closed ${isAlone ? 'alone' : ''}">
      <div role="alert">
        ${isAlone ? noIcon : nothing}
        <h3>${title}</h3>
        <p>${hint}</p>
      </div>
      ${action ? html`<button class="act" part="button" type="button" @click=${action.run}>${action.name}</button>` : nothing}
      ${words ? wordsView(words, strings) : nothing}
    </div>
  `;
}

/** Above all, while one goes on as nobody in particular. */
export function lapsedView({ state, words }: PanelPage) {
  if (!state.lapsed) return nothing;
  const strings = words.of('trouble', english);
  return html`
    <div class="notice lapsed">
      ${personIcon}
      <p role="alert">${strings.ended}</p>
      <button type="button" @click=${signIn}>${strings.signInAgain}</button>
    </div>
  `;
}

/** In the place of "no connection": it is, but for now nobody is let in. */
export function waitOf({ state, words }: PanelPage): string | undefined {
  return state.closeReason === 'rate_limited' ? words.of('trouble', english).tooMany : undefined;
}

function wordsView(words: string, strings: TroubleStrings) {
  const copy = async ({ currentTarget }: Event) => {
    const button = currentTarget as HTMLButtonElement;
    try {
      await navigator.clipboard.writeText(words);
      button.textContent = strings.copied;
    } catch {
      // Not here: they can still be selected.
      getSelection()?.selectAllChildren(button.previousElementSibling!);
    }
  };
  return html`
    <figure>
      <figcaption>${strings.yourWords}</figcaption>
      <blockquote dir="auto" tabindex="0">${words}</blockquote>
      <button type="button" @click=${copy}>${strings.copy}</button>
    </figure>
  `;
}

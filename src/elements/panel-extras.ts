/** What only some inboxes show in a panel: notice and cards, office hours, questions before a conversation. One file to load. */
import { html, nothing } from 'lit';
import { findConversation } from '../api/chat-state.ts';
import type { HomeCard } from '../api/protocol.ts';
import { english } from '../text/home-strings.ts';
import { alertIcon, outIcon } from './icons.ts';
import { backAt } from './office-hours.ts';
import type { PanelPage } from './panel-page.ts';
import { questionsOf } from './questions.ts';
import { failureView } from './thread-states.ts';

export { extrasStyles as styles } from './panel-extras.styles.ts';

/** When somebody is there again; undefined: what the inbox always says about it. */
export function replyTimeOf({ state, words }: PanelPage): string | undefined {
  const hours = state.online === true ? undefined : state.settings?.hours;
  return hours && backAt(hours, words);
}

/** What is announced above the conversations. */
export function extrasView({ state }: PanelPage) {
  const { notice, cards = [] } = state.settings?.home ?? {};
  return html`
    ${notice ? html`<p class="banner">${alertIcon}<bdi>${notice}</bdi></p>` : nothing}
    ${cards.length ? html`<div class="cards">${cards.map(cardView)}</div>` : nothing}
  `;
}

function cardView({ title, text, url, imageUrl }: HomeCard) {
  const isLink = url !== undefined && /^https?:/i.test(url);
  const content = html`
    ${imageUrl ? html`<img alt="" src=${imageUrl} loading="lazy" referrerpolicy="no-referrer" />` : nothing}
    <span class="card-words">
      <span class="card-title"><bdi>${title}</bdi></span>
      ${text ? html`<span class="card-text"><bdi>${text}</bdi></span>` : nothing}
    </span>
  `;
  if (!isLink) return html`<div class="card">${content}</div>`;
  // A page of the same site is where the chat goes on.
  const isElsewhere = new URL(url).origin !== location.origin;
  return html`
    <a class="card" href=${url} target=${isElsewhere ? '_blank' : nothing} rel="noopener">
      ${content}${isElsewhere ? outIcon : nothing}
    </a>
  `;
}

/** What the chat is made with. */
export function poweredView({ state, words }: PanelPage) {
  if (!state.settings?.appearance.poweredBy) return nothing;
  return html`<p class="powered">${words.of('home', english).poweredBy}</p>`;
}

/** What stands in the place of the field one writes in; undefined: the field does. */
export function footView(page: PanelPage) {
  const { state, view, words } = page;
  const { behaviour } = state.settings ?? {};
  const open = behaviour?.oneAtATime && state.conversations.find((conversation) => conversation.state === 'open');
  if (view) {
    if (behaviour?.reopen !== false || findConversation(state, view)?.state !== 'resolved') return undefined;
    return html`
      <div class="foot">
        <p>${words.of('home', english).closedForGood}</p>
        ${open ? goOnView(page, open.id) : startView(page)}
      </div>
    `;
  }
  if (open) return html`<div class="foot">${goOnView(page, open.id)}</div>`;
  const { fields, consent } = questionsOf(state);
  if (page.passed || !(fields.length || consent)) return undefined;
  if (page.screen !== 'new') return html`<div class="foot">${startView(page)}</div>`;
  return gateView(page);
}

/** Where the form's code stands: it is asked for once, and again by who wants it. */
let gate: 'wanted' | 'asked' | 'failed' = 'wanted';

/** The questions; where their code cannot be loaded, a way to ask for it again. */
function gateView(page: PanelPage) {
  const { state, words } = page;
  if (gate === 'wanted') {
    gate = 'asked';
    import('./cw-gate.ts').catch(() => {
      gate = 'failed';
      page.requestUpdate();
    });
  }
  if (gate === 'asked')
    return html`<cw-gate class="foot" exportparts="button" .page=${page} .state=${state}></cw-gate>`;
  return failureView(words.strings.notLoaded, words.strings, () => {
    gate = 'wanted';
    page.requestUpdate();
  });
}

/** One conversation at a time: this one. */
function goOnView(page: PanelPage, id: string) {
  return html`<button class="primary" part="button" type="button" @click=${() => page.go(id)}>
    ${page.words.of('home', english).goOn}
  </button>`;
}

function startView(page: PanelPage) {
  const { startConversation } = page.words.of('home', english);
  return html`<button class="primary" part="button" type="button" @click=${() => page.go('', 'new')}>
    ${startConversation}
  </button>`;
}

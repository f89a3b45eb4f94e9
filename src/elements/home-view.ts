import { html, nothing } from 'lit';
import { fill } from '../text/phrase.ts';
import { face } from './face.ts';
import { closeIcon } from './icons.ts';
import { isKnown } from './is-known.ts';
import { logo } from './logo.ts';
import type { PanelPage } from './panel-page.ts';
import { statusView } from './status-view.ts';
import { skeletonView } from './thread-states.ts';

/** The head of the home screen: who we are, hello, and when to expect an answer. */
export function homeHeader(page: PanelPage, replyTime?: string) {
  const { state, words } = page;
  const { strings } = words;
  const { settings } = state;
  return html`
    <header class="hero" part="header">
      <div class="hero-top">
        ${logo(settings)}
        <div class="faces">
          ${settings?.team?.map((agent) => {
            const isThere = agent.online && state.online;
            const words = fill(isThere ? strings.isOnline : '{name}', { name: agent.name ?? '' });
            return html`<div role="img" aria-label=${words} title=${words}>
              ${face(agent)}${isThere ? html`<i class="dot on"></i>` : nothing}
            </div>`;
          })}
        </div>
        ${page.history?.menuView(page)}
        <button
          class="icon-button close"
          part="close"
          type="button"
          aria-label=${strings.closePanel}
          @click=${() => page.close()}
        >
          ${closeIcon}
        </button>
      </div>
      <h2 part="greeting"><bdi>${words.says(settings?.messages.greeting ?? '') || strings.greeting}</bdi></h2>
      ${statusView(state, words, replyTime)}
      <slot name="header"></slot>
    </header>
  `;
}

/** The visitor's conversations, or how to begin one. `extras` is what the inbox shows above them. */
export function homeView(page: PanelPage, conversations: unknown, extras: unknown) {
  const { state, words } = page;
  const { strings } = words;
  // One begins in the field below: who presses what says so is there, and not in the dialog around it.
  const beginHere = (event: Event) => {
    event.preventDefault();
    page.focusComposer();
  };
  return html`
    <div class="home" part="home">
      <slot name="home"></slot>
      ${extras}
      ${
        !isKnown(state)
          ? skeletonView(strings)
          : state.conversations.length
            ? conversations
            : html`
                <div class="first" @mousedown=${beginHere}>
                  ${illustration}
                  <h3>${strings.startFirst}</h3>
                  <p>${strings.startFirstHint}</p>
                </div>
              `
      }
    </div>
  `;
}

/** Two bubbles that face each other, in the brand's tint. */
const illustration = html`<svg class="illustration" viewBox="0 0 132 88" aria-hidden="true">
  <path
    class="theirs"
    d="M20 8h52a14 14 0 0 1 14 14v16a14 14 0 0 1-14 14H38L22 64V52h-2A14 14 0 0 1 6 38V22A14 14 0 0 1 20 8Z"
  ></path>
  <path
    class="ours"
    d="M62 34h50a14 14 0 0 1 14 14v12a14 14 0 0 1-14 14h-2v10L96 74H62a14 14 0 0 1-14-14V48a14 14 0 0 1 14-14Z"
  ></path>
  <path class="words" d="M66 48h40M66 60h24"></path>
</svg>`;

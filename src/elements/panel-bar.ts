import { html, nothing } from 'lit';
import { english } from '../text/conversation-strings.ts';
import { face } from './face.ts';
import { backIcon, closeIcon } from './icons.ts';
import { logo } from './logo.ts';
import { menuView } from './menu-view.ts';
import type { PanelPage } from './panel-page.ts';
import { statusView } from './status-view.ts';

/** The bar above a conversation, a new one, or the list of all: back, with whom, what can be done, close. */
export function barView(page: PanelPage) {
  const { state, words, view, screen } = page;
  const { strings } = words;
  const conversationStrings = words.of('conversation', english);
  const { settings, conversations } = state;
  const conversation = conversations.find(({ id }) => id === view);
  const agent = conversation?.agents.at(-1);
  const isList = !view && screen === 'list';
  // Where there is no home screen, the list is what one comes back to.
  const up = !settings || settings.home ? 'home' : isList || !conversations.length ? undefined : 'list';
  return html`
    <header class="bar" part="header">
      ${
        up &&
        html`<button
          class="icon-button"
          type="button"
          aria-label=${conversationStrings.back}
          @click=${() => page.go('', up)}
        >
          ${backIcon}
        </button>`
      }
      ${isList ? nothing : agent ? face(agent) : logo(settings)}
      <div class="who">
        ${
          isList
            ? html`<h2>${conversationStrings.conversations}</h2>`
            : html`<h2>${(agent?.name ?? settings?.appearance.teamName) || strings.chat}</h2>
                ${statusView(state, words, page.extras?.replyTimeOf(page))}`
        }
      </div>
      ${menuView(page)}
      <button
        class="icon-button close"
        part="close"
        type="button"
        aria-label=${strings.closePanel}
        @click=${() => page.close()}
      >
        ${closeIcon}
      </button>
    </header>
  `;
}

/**
 * What a panel shows as soon as there is a conversation, or one is about to begin: one file to load, which a new visitor's
 * home screen opens without.
 */
import { html, nothing } from 'lit';
import { findConversation } from '../api/chat-state.ts';
import type { Conversation } from '../api/protocol.ts';
import { english } from '../text/conversation-strings.ts';
import './cw-thread.ts';
import { isKnown } from './is-known.ts';
import type { PanelPage } from './panel-page.ts';
import { skeletonView } from './thread-states.ts';

export { barStyles as styles } from './panel-bar.styles.ts';
export { menuView } from './menu-view.ts';
export { barView } from './panel-bar.ts';

/** What stands between the bar and the field one writes in. */
export function bodyView(page: PanelPage) {
  return page.view ? conversationView(page) : startView(page);
}

function conversationView(page: PanelPage) {
  const { client, state, view, open } = page;
  const conversation = findConversation(state, view);
  const name = conversation?.agents.at(-1)?.name ?? state.settings?.appearance.teamName ?? '';
  const isClosed = conversation?.state === 'resolved';
  if (isClosed) import('./cw-closed.ts').catch(() => {});
  return html`
    <cw-thread exportparts=${page.parts} conversation-id=${view} name=${name} ?active=${open}
      >${isUnanswered(conversation) ? welcomeView(page) : nothing}</cw-thread
    >
    ${
      isClosed
        ? html`<cw-closed
            exportparts="button"
            .client=${client}
            .state=${state}
            .conversationId=${view}
            @cw-done=${() => page.go(view)}
          ></cw-closed>`
        : nothing
    }
    ${conversation ? nothing : goOnView(page)}
  `;
}

/** Who may begin no other conversation now can go on in the newest one, with the words that were refused. */
function goOnView(page: PanelPage) {
  const { client, state, view, words } = page;
  const refused = state.threads[view]?.pending.find(({ start, until }) => start && until);
  const [newest] = state.conversations;
  if (!refused || !newest) return nothing;
  const goOn = () => {
    const { clientId, text } = refused;
    if (!client.drafts.get(newest.id)) {
      client.drafts.set(newest.id, text);
      client.discard(clientId);
    }
    page.go(newest.id);
  };
  return html`<p class="go-on">
    <button type="button" @click=${goOn}>${words.of('conversation', english).goOn}</button>
  </p>`;
}

/** A conversation that is not begun yet. */
function startView(page: PanelPage) {
  const { strings, of } = page.words;
  const { sayHello } = of('conversation', english);
  return html`
    <div class="home start">${isKnown(page.state) ? welcomeView(page, sayHello) : skeletonView(strings)}</div>
  `;
}

/** The first words of a conversation are the inbox's, until somebody else says something. */
function isUnanswered(conversation: Conversation | undefined): boolean {
  return !conversation || (!conversation.agents.length && conversation.lastMessage?.author.kind === 'contact');
}

function welcomeView({ view, state: { invitation, online, settings }, words: { says } }: PanelPage, otherwise = '') {
  const { welcomeOnline, welcomeOffline } = settings?.messages ?? {};
  const words = (online === false && welcomeOffline) || welcomeOnline || otherwise;
  const isAbout = invitation && (invitation.conversationId ?? view) === view;
  const first = isAbout ? invitation.words : says(words);
  return first ? html`<p class="welcome" slot="start" dir="auto">${first}</p>` : nothing;
}

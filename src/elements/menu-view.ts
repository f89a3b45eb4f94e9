import { html, nothing } from 'lit';
import { english } from '../text/conversation-strings.ts';
import type { CwMenu } from './cw-menu.ts';
import { menuActs } from './menu-acts.ts';
import type { PanelPage } from './panel-page.ts';
import { moreIcon } from './thread-icons.ts';

/** The button to what can be done besides writing, for who is known. The menu's code comes when somebody is about to press it. */
export function menuView(page: PanelPage) {
  const { client, state, view, words } = page;
  const open = ({ currentTarget }: Event) => openMenu(currentTarget as HTMLElement, page);
  if (!state.contact || !menuActs(state, view).length) return nothing;
  return html`
    <button
      class="icon-button more"
      type="button"
      aria-label=${words.of('conversation', english).more}
      aria-haspopup="menu"
      aria-expanded="false"
      @pointerenter=${load}
      @focus=${load}
      @click=${open}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        void open(event);
      }}
    >
      ${moreIcon}
    </button>
    <cw-menu exportparts="menu, button" .client=${client} .state=${state} .conversationId=${view}></cw-menu>
  `;
}

function load(): void {
  import('./cw-menu.ts').catch(() => {});
}

async function openMenu(button: HTMLElement, page: PanelPage): Promise<void> {
  try {
    await import('./cw-menu.ts');
    (button.nextElementSibling as CwMenu).toggle(button);
  } catch {
    page.notLoaded();
  }
}

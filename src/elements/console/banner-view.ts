import { html, nothing } from 'lit';
import type { ChatState } from '../../api/chat-state.ts';
import type { ConsoleStrings } from '../../text/console-strings.ts';
import { alertIcon, offlineIcon } from '../icons.ts';

/** One line above everything when there is no way to the server, or none any more. */
export function bannerView(
  connection: ChatState['connection'] | undefined,
  strings: ConsoleStrings,
  onTry: () => void,
) {
  if (connection === 'waiting') {
    return html`
      <div class="banner">
        ${offlineIcon}
        <p role="status">${strings.connectionLost}</p>
        <button type="button" @click=${onTry}>${strings.tryNow}</button>
      </div>
    `;
  }
  if (connection !== 'closed') return nothing;
  return html`<p class="banner danger" role="alert">${alertIcon}<span>${strings.refused}</span></p>`;
}

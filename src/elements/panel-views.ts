import { html, nothing } from 'lit';
import type { ChatState } from '../api/chat-state.ts';
import type { Strings } from '../text/strings.ts';
import { offlineIcon } from './icons.ts';

/** Says why there is no way to the server, or none any more, and what becomes of what one writes. `wait`: a better reason. */
export function noticeView(
  { connection }: ChatState,
  strings: Strings,
  isTrying: boolean,
  onTry: () => void,
  wait: string = navigator.onLine ? strings.reconnecting : strings.offline,
) {
  if (connection !== 'waiting') return nothing;
  return html`
    <div class="notice" part="notice">
      ${offlineIcon}
      <p role="alert">${isTrying ? strings.connecting : wait}</p>
      <button type="button" @click=${onTry}>${strings.tryNow}</button>
    </div>
  `;
}

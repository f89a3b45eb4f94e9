/** What W3 would be with Lit in the launcher. */
import { css, html, LitElement, unsafeCSS } from 'lit';
import { LAUNCHER_STYLE } from './launcher.ts';

class LitLauncher extends LitElement {
  static override styles = css`
    ${unsafeCSS(LAUNCHER_STYLE)}
  `;

  protected override render() {
    return html`<button type="button" aria-label="Open chat">
      <svg viewBox="0 0 24 24" fill="currentColor">
        <path d="M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6c0-1 1-2 2-2z" />
      </svg>
    </button>`;
  }
}

if (!customElements.get('chat-widget')) customElements.define('chat-widget', LitLauncher);

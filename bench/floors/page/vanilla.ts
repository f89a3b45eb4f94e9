/** Floor of W3 to W6: a styled launcher in a shadow root, and no library. */
import { LAUNCHER_STYLE, launcherMarkup } from './launcher.ts';

class VanillaLauncher extends HTMLElement {
  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>${LAUNCHER_STYLE}</style>${launcherMarkup}`;
  }
}

if (!customElements.get('chat-widget')) customElements.define('chat-widget', VanillaLauncher);

/** Floor of W1: the launcher without a library, and a panel that would come when somebody shows an interest. */
import { LAUNCHER_STYLE, launcherMarkup } from './launcher.ts';

class LazyLauncher extends HTMLElement {
  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>${LAUNCHER_STYLE}</style>${launcherMarkup}`;
    const address = './panel.js';
    const load = () => void import(/* @vite-ignore */ address);
    for (const intent of ['pointerenter', 'focus', 'click']) {
      root.querySelector('button')!.addEventListener(intent, load, { once: true });
    }
  }
}

if (!customElements.get('chat-widget')) customElements.define('chat-widget', LazyLauncher);

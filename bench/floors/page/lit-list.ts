/**
 * Floor of W7 to W10: Lit's `repeat` over the last 50 messages, in a panel with a field to write in. The messages are
 * there already; no client, no socket, no store, no marks of reading.
 */
import { html, nothing, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { LIST_STYLE, messageOf, messagesOf, timeOf, type Message } from './messages.ts';
import type { FloorList } from './floor-list.ts';
import './lit.ts';

const WINDOW = 50;
const place = document.createElement('div');
const root = place.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(LIST_STYLE);
root.adoptedStyleSheets = [sheet];

let all: Message[] = [];
let shown: Message[] = [];

function row({ id, own, author, text, at }: Message) {
  return html`<div class="row ${own ? 'own' : ''}" role="article" id=${id}>
    ${own ? nothing : html`<div class="face"></div>`}
    <div class="bubble">
      <div class="author">${author}</div>
      <div class="text">${text}</div>
      <div class="foot"><time datetime=${new Date(at).toISOString()}>${timeOf(at)}</time></div>
    </div>
  </div>`;
}

function draw(): HTMLElement {
  render(
    html`<div class="panel" role="dialog" aria-label="Chat">
      <div class="log" role="log" tabindex="0">${repeat(shown, ({ id }) => id, row)}</div>
      <textarea aria-label="Message"></textarea>
    </div>`,
    root,
  );
  return root.querySelector<HTMLElement>('.log')!;
}

const floor: FloorList = {
  make(count) {
    all = messagesOf(1, count);
  },
  open() {
    if (!place.isConnected) document.body.append(place);
    shown = all.slice(-WINDOW);
    const log = draw();
    log.scrollTop = log.scrollHeight;
  },
  append() {
    const message = messageOf(all.length + 1);
    all.push(message);
    shown = [...shown, message];
    const log = draw();
    log.scrollTop = log.scrollHeight;
  },
  prepend() {
    const first = all.length - shown.length;
    shown = [...all.slice(Math.max(0, first - WINDOW), first), ...shown];
    const log = root.querySelector<HTMLElement>('.log')!;
    const { scrollHeight, scrollTop } = log;
    draw();
    log.scrollTop = scrollTop + log.scrollHeight - scrollHeight;
  },
};
globalThis.floor = floor;

/** What W8 and W9 are far below: every message is in the page, by `appendChild` and nothing else. */
import { LIST_STYLE, messageOf, messagesOf, timeOf, type Message } from './messages.ts';
import type { FloorList } from './floor-list.ts';

const OLDER = 50;
const panel = document.createElement('div');
panel.className = 'panel';
panel.role = 'dialog';
panel.ariaLabel = 'Chat';
const log = document.createElement('div');
log.className = 'log';
log.role = 'log';
panel.append(log);
const sheet = new CSSStyleSheet();
sheet.replaceSync(LIST_STYLE);
document.adoptedStyleSheets = [sheet];

let all: Message[] = [];
let older = 0;

function row({ id, own, author, text, at }: Message): HTMLElement {
  const element = make('div', `row ${own ? 'own' : ''}`);
  element.role = 'article';
  element.id = id;
  const bubble = make('div', 'bubble');
  const foot = make('div', 'foot');
  foot.append(make('time', '', timeOf(at)));
  bubble.append(make('div', 'author', author), make('div', 'text', text), foot);
  element.append(...(own ? [] : [make('div', 'face')]), bubble);
  return element;
}

function make(name: string, className: string, text = ''): HTMLElement {
  const element = document.createElement(name);
  element.className = className;
  if (text) element.textContent = text;
  return element;
}

const floor: FloorList = {
  make(count) {
    all = messagesOf(1, count);
  },
  open() {
    document.body.append(panel);
    log.append(...all.map(row));
    log.scrollTop = log.scrollHeight;
  },
  append() {
    all.push(messageOf(all.length + 1));
    log.append(row(all.at(-1)!));
    log.scrollTop = log.scrollHeight;
  },
  prepend() {
    const { scrollHeight, scrollTop } = log;
    log.prepend(...messagesOf(1, OLDER).map((message) => row({ ...message, id: `older-${(older += 1)}` })));
    log.scrollTop = scrollTop + log.scrollHeight - scrollHeight;
  },
};
globalThis.floor = floor;

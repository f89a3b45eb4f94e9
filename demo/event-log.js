import { h } from './dom.js';

const NAMES = [
  'chat-ready',
  'chat-show',
  'chat-hide',
  'chat-identify',
  'chat-start',
  'chat-message',
  'unread-change',
  'chat-error',
];
const KEPT = 12;
const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

/** Lists what the tag tells the page. The events bubble, so listening on the document is enough. */
export function startEventLog(root) {
  const list = root.querySelector('ol');
  const empty = h('li', { class: 'quiet' }, 'Nothing yet. Open the chat and say something.');
  list.append(empty);

  for (const name of NAMES) {
    document.addEventListener(name, (event) => {
      empty.remove();
      list.prepend(
        h(
          'li',
          {},
          h('time', {}, clock.format(new Date())),
          h('b', {}, name),
          h('code', {}, shortDetail(event.detail)),
        ),
      );
      while (list.children.length > KEPT) list.lastElementChild.remove();
    });
  }
}

function shortDetail(detail) {
  if (detail === null || detail === undefined) return '';
  const text = JSON.stringify(detail, (_key, value) => (value instanceof Error ? value.message : brief(value)));
  return text.length > 90 ? `${text.slice(0, 89)}…` : text;
}

/** Of a message its words, of a contact the e-mail or the number. */
function brief(value) {
  if (typeof value?.text === 'string') return value.text;
  if (typeof value?.verification === 'string') return value.email ?? value.number;
  return value;
}

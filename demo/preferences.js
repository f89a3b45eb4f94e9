import { recall, remember } from './storage.js';

const KEY = 'sanderling:preferences';
const DEFAULTS = { theme: 'system', dir: 'ltr', lang: '' };

/** Theme and direction belong to the page, which the chat follows; the language is an attribute of the tag. */
export function startPreferences(chat) {
  const form = document.querySelector('#preferences');
  let chosen = { ...DEFAULTS, ...recall(KEY, {}) };

  const apply = () => {
    const root = document.documentElement;
    root.dir = chosen.dir;
    if (chosen.theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = chosen.theme;
    // Without one, words and direction are the page's.
    if (chosen.lang) chat.setAttribute('lang', chosen.lang);
    else chat.removeAttribute('lang');
    for (const [name, value] of Object.entries(chosen)) form.elements.namedItem(name).value = value;
  };

  form.addEventListener('change', () => {
    chosen = Object.fromEntries(new FormData(form));
    remember(KEY, chosen);
    apply();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  apply();
}

import { startAccount } from './account.js';
import { cart } from './cart.js';
import { bagById } from './catalogue.js';
import { startEventLog } from './event-log.js';
import { menu } from './menu.js';
import { bagPage } from './pages/bag-page.js';
import { cartPage } from './pages/cart-page.js';
import { homePage } from './pages/home-page.js';
import { startPreferences } from './preferences.js';

const chat = document.querySelector('chat-widget');
const main = document.querySelector('#main');
const status = document.querySelector('#status');
const eventsMenu = document.querySelector('#events');

/** Tells everybody, also those who cannot see the screen. */
const say = (words) => {
  status.textContent = words;
};

/** What a page may do besides show itself. */
const shop = {
  cart,
  say,
  /** Opens the chat with a question begun; `prefill` never writes over a draft and never sends. */
  ask: async (words) => {
    await chat.show();
    if (words) await chat.prefill(words);
  },
};

/** Addresses are `#/…`; a section of the home page is an address too. */
function pageAt(hash) {
  const [, first = '', second = ''] = hash.split('/');
  const bag = first === 'bags' ? bagById(second) : undefined;
  if (bag) return bagPage(bag, shop);
  if (first === 'cart') return cartPage(shop);
  return homePage(shop, first);
}

let shown = false;

function show() {
  // `#main` and other plain fragments are for the browser.
  if (shown && !/^(#\/|$)/.test(location.hash)) return;
  const { title, content, section } = pageAt(location.hash);
  document.title = `${title} · Sanderling`;
  main.replaceChildren(content);
  const goal = section && main.querySelector(`#${section}`);
  if (goal) goal.scrollIntoView();
  else scrollTo(0, 0);
  // Not at the first load: focus then belongs at the top of the document.
  if (shown) (goal ?? main).focus({ preventScroll: true });
  shown = true;
}

function showCount() {
  const link = document.querySelector('#cart-link');
  link.dataset.count = cart.count;
  link.setAttribute('aria-label', cart.count === 1 ? 'Cart, 1 bag' : `Cart, ${cart.count} bags`);
}

startPreferences(chat);
startAccount(chat, say);
startEventLog(eventsMenu);
menu(eventsMenu);
cart.addEventListener('change', showCount);
showCount();
addEventListener('hashchange', show);
show();

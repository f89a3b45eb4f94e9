import { drawing } from '../art.js';
import { bags, price, tones } from '../catalogue.js';
import { h, icon } from '../dom.js';
import { tile } from './home-page.js';

/** One bag: its picture in the chosen colour, its story, its facts. */
export function bagPage(bag, shop) {
  let tone = bag.tones[0];

  const stage = h(
    'div',
    { class: 'stage', 'data-tone': tone },
    drawing(bag.art, { label: `${bag.name}, ${bag.kind.toLowerCase()}` }),
  );
  const chosen = h('span', {}, tones[tone]);

  const choose = (next) => {
    tone = next;
    stage.dataset.tone = tone;
    chosen.textContent = tones[tone];
  };

  const put = () => {
    shop.cart.add(bag.id, tone);
    shop.say(`${bag.name} in ${tones[tone].toLowerCase()} is in your cart.`);
    const link = document.querySelector('#cart-link');
    link.classList.remove('nudge');
    requestAnimationFrame(() => link.classList.add('nudge'));
  };

  const ask = () => shop.ask(`Hello, a question about the ${bag.name} in ${tones[tone].toLowerCase()}: `);

  return {
    title: `${bag.name}, ${bag.kind.toLowerCase()}`,
    content: h(
      'article',
      { class: 'bag' },
      h(
        'nav',
        { class: 'trail', 'aria-label': 'Where you are' },
        h('a', { href: '#/bags' }, 'All bags'),
        icon('M9 5l7 7-7 7'),
        h('span', { 'aria-current': 'page' }, bag.name),
      ),
      h('div', { class: 'bag-picture' }, stage),
      h(
        'div',
        { class: 'bag-words' },
        h('p', { class: 'eyebrow' }, bag.kind),
        h('h1', {}, bag.name),
        h('p', { class: 'price' }, price(bag.price)),
        h('p', { class: 'lead' }, bag.words),
        h(
          'fieldset',
          { class: 'colours' },
          h('legend', {}, 'Colour: ', chosen),
          h(
            'div',
            {},
            ...bag.tones.map((each) =>
              h(
                'label',
                { 'data-tone': each },
                h('input', {
                  type: 'radio',
                  name: 'tone',
                  value: each,
                  checked: each === tone,
                  onchange: () => choose(each),
                }),
                h('span', { class: 'visually-hidden' }, tones[each]),
              ),
            ),
          ),
        ),
        h(
          'p',
          { class: 'actions' },
          h('button', { type: 'button', class: 'button', onclick: put }, 'Put in the cart'),
          h('button', { type: 'button', class: 'button quiet', onclick: ask }, 'Ask about this bag'),
        ),
        h('dl', {}, ...bag.facts.map(([name, fact]) => h('div', {}, h('dt', {}, name), h('dd', {}, fact)))),
      ),
      h(
        'section',
        { class: 'shelf', 'aria-labelledby': 'beside-title' },
        h('header', {}, h('h2', { id: 'beside-title' }, 'Off the same bench')),
        h('ul', { class: 'tiles' }, ...neighbours(bag).map(tile)),
      ),
    ),
  };
}

function neighbours(bag) {
  const at = bags.indexOf(bag);
  return [1, 2, 3, 4].map((step) => bags[(at + step) % bags.length]);
}

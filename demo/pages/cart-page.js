import { drawing } from '../art.js';
import { bagById, price, tones } from '../catalogue.js';
import { h, icon } from '../dom.js';

/** What was put in the cart. */
export function cartPage(shop) {
  const content = h('section', { class: 'cart', 'aria-labelledby': 'cart-title' });

  const change = (line, step) => {
    shop.cart.setCount(line.id, line.tone, line.count + step);
    shop.say(`${bagById(line.id).name}: ${line.count + step}. Together ${price(shop.cart.total)}.`);
    render();
    const kept = content.querySelector(`[data-step="${line.id}-${line.tone}${step > 0 ? '+' : '-'}"]`);
    (kept ?? content.querySelector('h1')).focus();
  };

  const checkOut = () => {
    content.querySelector('.small').textContent = 'And here the demo ends: nothing was ordered, nothing was paid.';
    shop.say('Here the demo ends: nothing was ordered, nothing was paid.');
  };

  function render() {
    const { lines, total } = shop.cart;
    content.replaceChildren(
      h('h1', { id: 'cart-title', tabindex: '-1' }, 'Your cart'),
      lines.length ? h('ul', { class: 'lines' }, ...lines.map((line) => row(line, change))) : empty(),
      lines.length > 0 &&
        h(
          'div',
          { class: 'sum' },
          h('dl', {}, h('dt', {}, 'Together'), h('dd', {}, price(total))),
          h('p', {}, 'Taxes and postage are in it. So is mending.'),
          h('button', { type: 'button', class: 'button', onclick: checkOut }, 'Check out'),
          h('p', { class: 'small' }, 'This is a demo: nothing is ordered, nothing is paid.'),
        ),
    );
  }

  render();
  return { title: 'Your cart', content };
}

function row(line, change) {
  const bag = bagById(line.id);
  const key = `${line.id}-${line.tone}`;
  const step = (sign, path, words) =>
    h(
      'button',
      {
        type: 'button',
        'data-step': key + sign,
        'aria-label': `${words} ${bag.name}`,
        onclick: () => change(line, sign === '+' ? 1 : -1),
      },
      icon(path),
    );
  return h(
    'li',
    {},
    h('div', { class: 'stage', 'data-tone': line.tone }, drawing(bag.art)),
    h(
      'div',
      { class: 'line-words' },
      h('a', { href: `#/bags/${bag.id}` }, bag.name),
      h('p', {}, `${bag.kind}, ${tones[line.tone].toLowerCase()}`),
    ),
    h(
      'div',
      { class: 'stepper' },
      step('-', 'M6 12h12', 'One fewer:'),
      h('span', {}, line.count),
      step('+', 'M6 12h12M12 6v12', 'One more:'),
    ),
    h('p', { class: 'price' }, price(bag.price * line.count)),
  );
}

function empty() {
  return h(
    'div',
    { class: 'empty' },
    drawing('tote', { tone: 'bone' }),
    h('p', {}, 'Nothing in it yet.'),
    h('a', { class: 'button', href: '#/bags' }, 'See the batch'),
  );
}

import { drawing, placed } from '../art.js';
import { bags, price } from '../catalogue.js';
import { h, icon, svg } from '../dom.js';

const SECTIONS = ['bags', 'workshop', 'mending'];

/** Where the bags stand in the picture at the top; far ones first. */
const SCENE = [
  { name: 'satchel', tone: 'tan', x: 554, y: 128, size: 236, hanging: true },
  { name: 'backpack', tone: 'moss', x: 118, y: 152, size: 478 },
  { name: 'duffel', tone: 'ink', x: 396, y: 232, size: 392 },
  { name: 'pouches', tone: 'clay', x: 306, y: 402, size: 206 },
];

/** @param {string} address which section was asked for */
export function homePage(shop, address) {
  return {
    title: 'Bags made in a former net loft',
    section: SECTIONS.includes(address) ? address : undefined,
    content: h('div', { class: 'home' }, hero(shop), promises(), shelf(), workshop(shop), mending(shop)),
  };
}

function hero(shop) {
  return h(
    'section',
    { class: 'hero' },
    h(
      'div',
      { class: 'hero-words' },
      h('p', { class: 'eyebrow' }, 'Autumn batch, no. 31'),
      h('h1', {}, 'Made for the weather you get'),
      h(
        'p',
        { class: 'lead' },
        'Bags of waxed canvas and leather, cut and sewn by nine people in a former net loft. Mended for life, by the same hands.',
      ),
      h(
        'p',
        { class: 'actions' },
        h('a', { class: 'button', href: '#/bags' }, 'See the batch'),
        h('button', { type: 'button', class: 'button quiet', onclick: () => shop.ask() }, 'Ask the workshop'),
      ),
    ),
    h(
      'div',
      { class: 'hero-picture' },
      svg(
        'svg',
        {
          viewBox: '0 0 800 680',
          preserveAspectRatio: 'xMidYMax slice',
          role: 'img',
          'aria-label':
            'A workbench in the morning light: a green roll-top, a blue weekender and two small pouches; a tan saddle bag hangs on a peg.',
        },
        placed('scene'),
        ...SCENE.map(({ name, ...place }) => placed(name, place)),
      ),
    ),
  );
}

function promises() {
  const each = [
    ['M4 12a8 8 0 1 0 2.600-5.900M4 4v4.500h4.500', 'Mended for life', 'Post it to us worn, get it back whole.'],
    [
      'M12 3c4 4.500 6 7.500 6 10.500a6 6 0 0 1-12 0C6 10.500 8 7.500 12 3Z',
      'Proof against rain',
      'Canvas waxed by hand, and again when you ask.',
    ],
    [
      'M4 8l8-4 8 4v8l-8 4-8-4V8Zm0 0 8 4m0 0 8-4m-8 4v8',
      'Forty at a time',
      'Small batches, nothing made to be thrown away.',
    ],
  ];
  return h(
    'ul',
    { class: 'promises' },
    ...each.map(([path, title, about]) => h('li', {}, icon(path), h('div', {}, h('b', {}, title), h('p', {}, about)))),
  );
}

function shelf() {
  return h(
    'section',
    { class: 'shelf', id: 'bags', tabindex: '-1', 'aria-labelledby': 'bags-title' },
    h(
      'header',
      {},
      h('h2', { id: 'bags-title' }, 'The autumn batch'),
      h('p', {}, `${bags.length} bags, each in three or four colours`),
    ),
    h('ul', { class: 'tiles' }, ...bags.map(tile)),
  );
}

/** A bag in a list. */
export function tile(bag) {
  return h(
    'li',
    { class: 'tile' },
    h(
      'div',
      { class: 'stage', 'data-tone': bag.tones[0] },
      drawing(bag.art),
      bag.note && h('span', { class: 'note' }, bag.note),
    ),
    h('h3', {}, h('a', { href: `#/bags/${bag.id}` }, bag.name)),
    h('p', { class: 'price' }, price(bag.price)),
    h('p', { class: 'kind' }, bag.kind),
    h('p', { class: 'dots', 'aria-hidden': 'true' }, ...bag.tones.map((tone) => h('i', { 'data-tone': tone }))),
  );
}

function workshop(shop) {
  return h(
    'section',
    { class: 'story', id: 'workshop', tabindex: '-1', 'aria-labelledby': 'workshop-title' },
    h(
      'div',
      { class: 'story-picture' },
      drawing('workbench', {
        viewBox: '0 0 800 600',
        label: 'A leather flap on its paper pattern, half sewn, with thread, an awl and brass buckles around it.',
      }),
    ),
    h(
      'div',
      { class: 'story-words' },
      h('p', { class: 'eyebrow' }, 'The workshop'),
      h('h2', { id: 'workshop-title' }, 'One bench, nine stools, two windows to the sea'),
      h(
        'p',
        {},
        'Ingrid cuts, Tomasz punches, and whoever has the steadiest hand that morning sews the curves. A bag goes round the bench once; at the last stool it gets the mark of everybody who touched it, stamped inside where only its owner looks.',
      ),
      h('p', {}, 'You can ask any of us. Whoever is free puts down the awl and answers.'),
      h('p', {}, h('button', { type: 'button', class: 'link', onclick: () => shop.ask() }, 'Talk to the bench')),
    ),
  );
}

function mending(shop) {
  const steps = [
    ['Write to us', 'Tell us in the chat what gave way, and when.'],
    ['Post it', 'We send the label. It costs you nothing, ever.'],
    ['Have it back', 'Two weeks, usually. It will show where it was mended.'],
  ];
  return h(
    'section',
    { class: 'mending', id: 'mending', tabindex: '-1', 'aria-labelledby': 'mending-title' },
    h('h2', { id: 'mending-title' }, 'Broken is not the end of it'),
    h('ol', {}, ...steps.map(([title, about]) => h('li', {}, h('b', {}, title), h('p', {}, about)))),
    h(
      'button',
      { type: 'button', class: 'button', onclick: () => shop.ask('Hello, something on my bag needs mending: ') },
      'Start a mend',
    ),
  );
}

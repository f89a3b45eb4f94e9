/** What a tone is called in the shop; the colours themselves stand in styles/tokens.css. */
export const tones = {
  ochre: 'Ochre',
  moss: 'Moss',
  ink: 'Ink blue',
  clay: 'Red clay',
  bone: 'Bone',
  slate: 'Slate',
  plum: 'Plum',
  tan: 'Tan',
  chestnut: 'Chestnut',
};

/**
 * @typedef {object} Bag
 * @property {string} id
 * @property {string} name
 * @property {string} kind
 * @property {string} art a drawing in art/
 * @property {number} price in euros
 * @property {string[]} tones the first is the one in the pictures
 * @property {string} [note] a word on its tile
 * @property {string} words
 * @property {[string, string][]} facts
 */

/** @type {Bag[]} */
export const bags = [
  {
    id: 'skerry',
    name: 'Skerry',
    kind: 'Roll-top backpack',
    art: 'backpack',
    price: 236,
    tones: ['moss', 'ink', 'clay', 'slate'],
    note: 'New',
    words:
      'Two turns of the roll and it is shut, however hard it blows. One big room for the day, one small one with a zip for keys, and a back that has been padded where it rests and left alone where it does not.',
    facts: [
      ['Holds', '22 litres, a 15-inch laptop'],
      ['Size', '30 × 46 × 15 cm'],
      ['Weight', '1.1 kg'],
      ['Made of', 'Waxed cotton canvas, bridle leather, brass'],
    ],
  },
  {
    id: 'harbour',
    name: 'Harbour',
    kind: 'Everyday tote',
    art: 'tote',
    price: 148,
    tones: ['ochre', 'moss', 'ink', 'clay'],
    words:
      'A market bag with manners. It stands by itself on the kitchen floor, its handles go over a winter coat, and its leather foot does not mind the puddle at the tram stop.',
    facts: [
      ['Holds', '18 litres'],
      ['Size', '40 × 34 × 14 cm'],
      ['Weight', '720 g'],
      ['Made of', 'Waxed cotton canvas, vegetable-tanned leather, brass rivets'],
    ],
  },
  {
    id: 'marram',
    name: 'Marram',
    kind: 'Weekender',
    art: 'duffel',
    price: 312,
    tones: ['ink', 'moss', 'ochre', 'plum'],
    note: '11 left',
    words:
      'Three days in one bag, and it still goes under the seat in front. The straps run all the way round, so the weight hangs on leather and not on a seam.',
    facts: [
      ['Holds', '38 litres'],
      ['Size', '52 × 28 × 26 cm'],
      ['Weight', '1.6 kg'],
      ['Made of', 'Waxed cotton canvas, bridle leather, brass zip'],
    ],
  },
  {
    id: 'dunlin',
    name: 'Dunlin',
    kind: 'Saddle bag',
    art: 'satchel',
    price: 184,
    tones: ['tan', 'chestnut', 'ink'],
    words:
      'One hide, two seams, one lock that turns with a click you come to like. Pale when it leaves us; in a year it has the colour of your year.',
    facts: [
      ['Holds', 'A book, a purse, a phone, an apple'],
      ['Size', '24 × 20 × 9 cm'],
      ['Weight', '480 g'],
      ['Made of', 'Vegetable-tanned leather, linen thread, brass'],
    ],
  },
  {
    id: 'pier',
    name: 'Pier',
    kind: 'Messenger',
    art: 'messenger',
    price: 228,
    tones: ['clay', 'slate', 'moss', 'ink'],
    words:
      'Made for a bicycle and a laptop. The flap reaches far down, the buckles hide quick magnets, and the strap pad can be moved with one hand while the other one steers.',
    facts: [
      ['Holds', '14 litres, a 16-inch laptop'],
      ['Size', '39 × 29 × 12 cm'],
      ['Weight', '1.2 kg'],
      ['Made of', 'Waxed cotton canvas, bridle leather, brass'],
    ],
  },
  {
    id: 'limpet',
    name: 'Limpet',
    kind: 'Bucket bag',
    art: 'bucket',
    price: 168,
    tones: ['bone', 'clay', 'slate', 'ochre'],
    words:
      'It opens like a sack and shuts with one pull. The base is a single round of leather, cut with the knife that Ingrid’s father used for boots.',
    facts: [
      ['Holds', '9 litres'],
      ['Size', '24 × 28 × 20 cm'],
      ['Weight', '610 g'],
      ['Made of', 'Undyed canvas, vegetable-tanned leather'],
    ],
  },
  {
    id: 'sprat',
    name: 'Sprat',
    kind: 'Sling',
    art: 'sling',
    price: 96,
    tones: ['plum', 'moss', 'ink', 'clay'],
    words:
      'For the days on which a coat has too few pockets. Two zips, a clip for keys, and webbing that we had woven a shade stiffer than usual so that it does not twist.',
    facts: [
      ['Holds', '3 litres'],
      ['Size', '29 × 15 × 7 cm'],
      ['Weight', '310 g'],
      ['Made of', 'Waxed cotton canvas, cotton webbing'],
    ],
  },
  {
    id: 'cockle',
    name: 'Cockle',
    kind: 'Two pouches',
    art: 'pouches',
    price: 58,
    tones: ['slate', 'ochre', 'clay', 'plum'],
    note: 'Offcuts',
    words:
      'A large one and a small one, cut from what the big bags leave over. No two pairs are quite alike, which is how the workshop keeps its floor clean.',
    facts: [
      ['Holds', 'Cables and chargers; coins and keys'],
      ['Size', '26 × 20 cm and 19 × 12 cm'],
      ['Weight', '180 g'],
      ['Made of', 'Offcuts of waxed canvas and leather'],
    ],
  },
];

/** @param {string} id */
export const bagById = (id) => bags.find((bag) => bag.id === id);

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });

/** @param {number} amount in euros */
export const price = (amount) => euros.format(amount);

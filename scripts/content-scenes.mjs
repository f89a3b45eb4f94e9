/** What agents and back ends offer below a message: quick replies, buttons, cards, forms; for `npm run shots`. */

/** @typedef {import('./scene-stage.mjs').Scene} Scene */
/** @typedef {import('./scene-stage.mjs').SceneStage} SceneStage */
/** @typedef {import('./scene-stage.mjs').PuppeteerTab} PuppeteerTab */
/** @typedef {import('./scene-stage.mjs').View} View */
/** @typedef {import('../src/api/protocol.ts').MessageContent} MessageContent */

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><rect width="320" height="180" fill="#e8c9a0"/>
  <rect x="90" y="70" width="140" height="80" rx="12" fill="#8a5a3b"/><path d="M120 70a40 40 0 0 1 80 0" fill="none" stroke="#4a2e1d" stroke-width="8"/></svg>`;

const CARDS = ['Satchel', 'Tote of the week', 'Backpack'].map((title, index) => ({
  title,
  text:
    index === 1
      ? 'Made of what was left of winter: waxed cotton, brass, and a lining that nobody else has.'
      : 'In stock.',
  imageUrl: `https://shop.example/${index}.svg`,
  buttons: [
    { id: `look-${index}`, text: 'Have a look', url: 'https://shop.example/bags' },
    { id: `hold-${index}`, text: 'Put it by for me' },
  ],
}));

/** What the visitor's screen reader calls them. */
const NAMES = { replies: 'Quick replies', buttons: 'Choices', cards: 'Cards', form: 'Form' };

/** @type {import('../src/api/protocol.ts').FormField[]} */
const FIELDS = [
  { key: 'order', label: 'Order number', type: 'text', required: true, help: 'It stands on the parcel slip.' },
  { key: 'what', label: 'What is broken?', type: 'list', options: ['The strap', 'The zip', 'Something else'] },
  { key: 'hurry', label: 'It is urgent', type: 'checkbox' },
];

/**
 * @param {SceneStage} stage
 * @returns {Scene[]}
 */
export function contentScenes(stage) {
  /** @param {PuppeteerTab} tab @param {View} view @param {MessageContent} content */
  async function offered(tab, view, content, text = 'What can we do for you?') {
    const visitor = await stage.talk(tab, view, 'My satchel came apart.');
    await stage.answer({ text, content });
    await visitor.messages.reads(text);
    // Its code comes with the first of them.
    await visitor.messages.find(content.type === 'cards' ? 'list' : 'group', NAMES[content.type]).isThere();
    return visitor;
  }

  /** The shop's pictures, in the place of a network that there is not. @param {PuppeteerTab} tab */
  const withPictures = (tab) =>
    tab.answer(async (request) =>
      request.url().startsWith('https://shop.example/') ? { contentType: 'image/svg+xml', body: PICTURE } : undefined,
    );

  return [
    {
      name: 'quick-replies',
      open: (tab, view) =>
        offered(tab, view, {
          type: 'replies',
          replies: ['Mend it', 'Tell me what it costs first', 'Where is your shop?'].map((text) => ({
            id: text,
            text,
          })),
        }),
    },
    {
      name: 'buttons',
      open: (tab, view) =>
        offered(tab, view, {
          type: 'buttons',
          buttons: [
            { id: 'a', text: 'Book a visit', url: 'https://shop.example/visit' },
            { id: 'b', text: 'I would rather send it in' },
          ],
        }),
    },
    {
      name: 'cards',
      async open(tab, view) {
        await withPictures(tab);
        await offered(tab, view, { type: 'cards', cards: CARDS }, 'These are in the window right now:');
      },
    },
    {
      name: 'message-form',
      async open(tab, view) {
        const visitor = await offered(tab, view, { type: 'form', fields: FIELDS, submit: 'Send it' }, 'Tell us more:');
        await visitor.messages.button('Send it').click();
        await visitor.messages.reads('Please fill this in.');
      },
    },
    {
      name: 'message-form-sent',
      async open(tab, view) {
        const visitor = await offered(tab, view, { type: 'form', fields: FIELDS }, 'Tell us more:');
        await visitor.messages.textbox(/Order number/).type('4711');
        await visitor.page.press('Enter');
        await visitor.messages.reads('Order number: 4711', 'Sent. Thank you.');
      },
    },
  ];
}

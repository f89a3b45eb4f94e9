/**
 * The panel's home screen, lists, forms, menu and cards, for `npm run shots`: inboxes of their own that show each, and
 * what a visitor does to see it.
 */

/** @typedef {import('../test/e2e/people.ts').Visitor} Visitor */
/** @typedef {import('./scene-stage.mjs').Scene} Scene */
/** @typedef {import('./scene-stage.mjs').SceneStage} SceneStage */

const FIELDS = [
  { key: 'name', label: 'Your name', type: 'text', required: true },
  { key: 'email', label: 'Your e-mail', type: 'email', required: true, help: 'Only for our answer.' },
  { key: 'topic', label: 'What is it about?', type: 'list', options: ['An order', 'A repair', 'Something else'] },
];

const CARDS = [
  { title: 'The spring bags are here', text: 'Made of what was left of winter.', url: 'https://shop.example/spring' },
  { title: 'We mend for life', text: 'Bring it by, or send it in: straps, zips and seams are on us.' },
];

/** Open on one day, three days from now. */
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const open = DAYS[(new Date().getDay() + 3) % 7];
const WEEKLY = Object.fromEntries(DAYS.map((day) => [day, day === open ? [{ from: '09:00', to: '17:00' }] : []]));

/** What is set in which inbox. */
export const PANEL_INBOXES = {
  'shots-home': { home: { notice: 'Parcels take a day longer this week.', cards: CARDS } },
  'shots-hours': {
    appearance: { windowColor: '#ffd166', teamName: 'Ada’s Bags' },
    hours: { enabled: true, timeZone: 'Europe/Berlin', weekly: WEEKLY },
  },
  'shots-forms': {
    forms: { preChat: FIELDS, consent: 'I have read the [privacy policy](https://shop.example/privacy).' },
  },
  'shots-start': { home: { enabled: false } },
  'shots-strict': { behaviour: { reopen: false, forget: true } },
};

/**
 * @param {SceneStage} stage
 * @returns {Scene[]}
 */
export function panelScenes(stage) {
  /** @param {Visitor} visitor @param {string[]} questions */
  async function talk(visitor, ...questions) {
    for (const question of questions) {
      await visitor.write(question);
      await visitor.messages.reads(question, 'Sent');
      await stage.answer('Of course, and gladly.');
      await visitor.messages.reads('gladly');
      await stage.resolve();
      await visitor.messages.reads('resolved');
      await visitor.panel.button(/back/i).click();
      await visitor.panel.button(/gladly/).isThere();
    }
  }

  /** @param {Visitor} visitor */
  async function beginRating(visitor) {
    await visitor.write('Do you mend zips?');
    await visitor.messages.reads('Sent');
    await stage.answer('Of course, and gladly.');
    await stage.resolve();
    await visitor.panel.find('radio', 'Good').isThere();
    await visitor.page.evaluate(() => {
      const panel = document.querySelector('chat-widget')?.shadowRoot?.querySelector('cw-panel');
      const closed = panel?.shadowRoot?.querySelector('cw-closed');
      /** @type {HTMLElement} */ (closed?.shadowRoot?.querySelectorAll('input')[3]).click();
    }, null);
    await visitor.panel.textbox(/say more/).isThere();
  }

  /** @param {Visitor} visitor */
  async function rate(visitor) {
    await beginRating(visitor);
    await visitor.panel
      .textbox(/say more/)
      .type('Quick and kind. I would have liked to hear sooner that it takes two weeks.');
    await visitor.page.press('Tab');
    await visitor.page.press('Enter');
    await visitor.messages.reads('4 of 5');
  }

  return [
    { name: 'launcher', open: async (tab, view) => (await stage.visit(tab, view)).launcher.isThere() },
    { name: 'panel-first-time', open: (tab, view) => stage.chat(tab, view) },
    {
      name: 'panel-thread',
      async open(tab, view) {
        const visitor = await stage.customer(tab, view);
        await visitor.openChat();
        await visitor.messages.reads('tomorrow');
      },
    },
    {
      name: 'panel-email',
      async open(tab, view) {
        const visitor = await stage.talk(tab, view, 'Do you mend zips?');
        await visitor.panel.button('Leave your e-mail').isThere();
      },
    },
    {
      name: 'panel-code',
      async open(tab, view) {
        const visitor = await stage.talk(tab, view, 'Do you mend zips?');
        await visitor.panel.button('Leave your e-mail').click();
        await visitor.panel.textbox('Your e-mail').type(`${view.name}@mail.example`);
        await visitor.page.press('Enter');
        await visitor.panel.textbox('Six-digit code').hasFocus();
        await tab.type('123');
        await visitor.page.press('Enter');
        await visitor.panel.find('alert').reads('six digits');
      },
    },
    {
      name: 'home-cards',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view, 'shots-home');
        await visitor.panel.find('link', /spring/).isThere();
      },
    },
    {
      name: 'home-hours',
      open: async (tab, view) => {
        await stage.agents('away');
        const visitor = await stage.chat(tab, view, 'shots-hours');
        await visitor.panel.reads('Back');
        await stage.agents('online');
      },
    },
    {
      name: 'home-conversations',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view);
        await talk(visitor, 'Do you mend zips?', 'Where is my parcel?', 'Can I pay later?', 'Do you have it in red?');
        await visitor.panel.button('All conversations').isThere();
      },
    },
    {
      name: 'conversations',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view);
        await talk(visitor, 'Do you mend zips?', 'Where is my parcel?', 'Can I pay later?', 'Do you have it in red?');
        await visitor.panel.button('All conversations').click();
        await visitor.panel.button(/gladly/).isThere();
      },
    },
    {
      name: 'form-button',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view, 'shots-forms');
        await visitor.panel.button('Start a conversation').isThere();
      },
    },
    {
      name: 'form',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view, 'shots-forms');
        await visitor.panel.button('Start a conversation').click();
        await visitor.panel.textbox('Your name').isThere();
      },
    },
    {
      name: 'form-wrong',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view, 'shots-forms');
        await visitor.panel.button('Start a conversation').click();
        await visitor.panel.button('Continue').click();
        await visitor.panel.reads('Please fill this in.');
      },
    },
    { name: 'start', open: (tab, view) => stage.chat(tab, view, 'shots-start') },
    {
      name: 'rating',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view);
        await beginRating(visitor);
      },
    },
    {
      name: 'rated',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view);
        await rate(visitor);
      },
    },
    {
      name: 'console-rated',
      open: async (tab, view) => {
        await rate(await stage.chat(tab, view));
        const { id } = await stage.newest();
        const { page, messages } = await stage.console(tab, view);
        await page.evaluate((hash) => (location.hash = hash), `#/conversations/${id}`);
        await messages.reads('4 of 5');
      },
    },
    {
      name: 'closed-for-good',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view, 'shots-strict');
        await visitor.write('Do you mend zips?');
        await visitor.messages.reads('Sent');
        await stage.answer('Of course, and gladly.');
        await stage.resolve();
        await visitor.panel.button('Start a conversation').isThere();
        await visitor.panel.find('radio', 'Good').isThere();
      },
    },
    {
      name: 'menu',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view, 'shots-strict');
        await visitor.write('Do you mend zips?');
        await visitor.messages.reads('Sent');
        await visitor.panel.button('More').click();
        await visitor.page.find('menuitem', 'Forget me…').isThere();
      },
    },
    {
      name: 'menu-question',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view, 'shots-strict');
        await visitor.write('Do you mend zips?');
        await visitor.messages.reads('Sent');
        await visitor.panel.button('More').click();
        await visitor.page.find('menuitem', 'Forget me…').click();
        await visitor.page.find('alertdialog').isThere();
      },
    },
    {
      name: 'preview',
      open: async (tab, view) => {
        const visitor = await stage.chat(tab, view);
        await visitor.write('Do you mend zips?');
        await visitor.messages.reads('Sent');
        await visitor.page.press('Escape');
        await stage.answer('Of course: we mend for life. Bring it by whenever you like, or send it in.');
        await visitor.page.button(/mend for life/).isThere();
      },
    },
  ];
}

/** The shop's front page and the agents' console with its settings, for `npm run shots`. */
import { turn } from './scene-stage.mjs';

/** @typedef {import('./scene-stage.mjs').Scene} Scene */
/** @typedef {import('./scene-stage.mjs').SceneStage} SceneStage */
/** @typedef {import('./scene-stage.mjs').PuppeteerTab} PuppeteerTab */
/** @typedef {import('./scene-stage.mjs').View} View */

/** Pages of settings, with their titles; … */
const PAGES = {
  appearance: 'Appearance',
  messages: 'Messages',
  home: 'Home',
  hours: 'Office hours',
  behaviour: 'Behaviour',
  forms: 'Forms',
  security: 'Security',
  limits: 'Limits',
};
/** … of the demo inbox, or of one where there is something to see. @type {Readonly<Record<string, string>>} */
const FILLED = { home: 'shots-home', hours: 'shots-week', forms: 'shots-forms' };

const DAY = [
  { from: '09:00', to: '12:30' },
  { from: '13:30', to: '18:00' },
];
export const CONSOLE_INBOXES = {
  'shots-week': {
    hours: {
      enabled: true,
      timeZone: 'Europe/Berlin',
      weekly: { monday: DAY, tuesday: DAY, wednesday: DAY, thursday: DAY, friday: DAY.slice(0, 1) },
      holidays: ['2026-12-25'],
    },
  },
};

/** Opens the first row of a list, should there be one. @param {import('../test/e2e/page.ts').Page} page */
async function openRow(page) {
  await page.evaluate(() => {
    /** @type {(root: Document | ShadowRoot) => HTMLDetailsElement | undefined} */
    const first = (root) =>
      root.querySelector('details') ??
      [...root.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot && first(shadowRoot)).find((each) => each) ??
      undefined;
    const row = first(document);
    if (row) row.open = true;
  }, null);
}

/**
 * @param {SceneStage} stage
 * @returns {Scene[]}
 */
export function consoleScenes(stage) {
  /**
   * @param {string} address below `#/settings/`
   * @param {string} title of the page
   */
  function settings(address, title) {
    return async (/** @type {PuppeteerTab} */ tab, /** @type {View} */ view) => {
      const { page } = await stage.console(tab, view);
      await page.evaluate((hash) => (location.hash = hash), `#/settings/${address}`);
      await page.find('heading', title).isThere();
      // Where there is room for both.
      if (Object.hasOwn(PAGES, address.split('/')[1] ?? '') && view.size.width > 1100) {
        await page.dialog(/chat/i).isThere();
      }
      return page;
    };
  }

  const grace = async (/** @type {PuppeteerTab} */ tab, /** @type {View} */ view) => {
    const agent = await stage.console(tab, view);
    await agent.open(/Grace/);
    await agent.messages.reads('tomorrow');
    return agent;
  };

  return [
    {
      name: 'shop',
      async open(tab, { dir }) {
        await tab.goto(`${stage.server.url}/`);
        await turn(tab, dir);
      },
    },
    {
      // `desktop-light` is docs/images/shop.png, the picture of the README.
      name: 'shop-chat',
      async open(tab, { dir, name }) {
        const { server } = stage;
        if (name === 'desktop') await tab.resize(1_600, 1_000);
        const socket = await stage.agentSocket();
        const email = `ingrid-${Math.random()}@shop.example`;
        const { id: agentId } = await server.asAdmin('POST', '/v1/agents', { name: 'Ingrid Moe', email });
        await tab.goto(`${server.url}/`);
        const shop = await stage.onPage(tab, { dir });
        await shop.page.button('Sign in').click();
        await shop.page.button(/Ada Lindqvist/).click();
        await shop.page.button('Ada').isThere();
        await shop.openChat();
        const say = async (/** @type {string} */ text) => {
          await shop.write(text);
          await shop.messages.reads(text, 'Sent');
        };
        await say('Hello! Does the Skerry take a 15-inch laptop with its sleeve on?');
        await stage.answer({ agentId, text: 'Hi Ada! It does, with **two fingers to spare**.' });
        await stage.answer({ agentId, text: 'The back pocket is padded and 38 cm deep, so the sleeve can stay on.' });
        await shop.messages.reads('38 cm');
        await say('Lovely. And if a strap ever gives way?');
        await stage.answer({
          agentId,
          text: 'Then you post it to us and we mend it, for life. Just write to us here.',
        });
        await shop.messages.reads('for life');
        return () => socket.close();
      },
    },
    { name: 'console-sign-in', open: (tab, view) => stage.consoleDoor(tab, view) },
    { name: 'console-list', open: (tab, view) => stage.console(tab, view) },
    { name: 'console-thread', open: grace },
    ...['Quick replies', 'Cards', 'Form'].map((kind) => ({
      name: `console-offer-${kind.split(' ').at(-1)?.toLowerCase()}`,
      /** @type {Scene['open']} */
      async open(tab, view) {
        const { page } = await grace(tab, view);
        await page.button('Offer choices or a form').click();
        await page.textbox('Reply 1').isThere();
        if (kind === 'Quick replies') return;
        await page.find('radio', kind).click();
        if (kind === 'Cards') {
          await page.textbox('Title').type('Tote in waxed cotton');
          await page.button('Add a button').click();
          await tab.type('Keep one for me');
          return;
        }
        await page.textbox('Field 1').type('Order number');
        await page.dialog('Offer choices').button('Send').click();
        await page.dialog('Offer choices').reads('Write what this is about.');
      },
    })),
    {
      name: 'console-attributes',
      async open(tab, view) {
        const { page } = await grace(tab, view);
        if (view.size.width < 1100) await page.button('Details').click();
        await page.button('Edit: Attributes of the contact').click();
        await page.textbox('Topic').isThere();
      },
    },
    {
      name: 'console-password',
      async open(tab, view) {
        const { page } = await stage.console(tab, view);
        await page.button('Change your password').click();
        await page.dialog('Change your password').isThere();
      },
    },
    {
      name: 'console-message-menu',
      async open(tab, view) {
        const agent = await stage.console(tab, view);
        await agent.open(/Iceland/);
        await agent.messages.button('Message actions').click();
        await agent.page.find('menuitem', 'Reply').isThere();
      },
    },
    ...Object.entries(PAGES).map(([page, title]) => ({
      name: `console-settings-${page}`,
      async open(/** @type {PuppeteerTab} */ tab, /** @type {View} */ view) {
        const shown = await settings(`${FILLED[page] ?? 'demo'}/${page}`, title)(tab, view);
        if (FILLED[page]) await openRow(shown);
      },
    })),
    {
      // What the server refuses lands on its field.
      name: 'console-settings-refused',
      async open(tab, view) {
        const page = await settings('demo/security', 'Security')(tab, view);
        await page.button('Add domain').click();
        await tab.type('shop example');
        await page.button('Save').click();
        await page.find('status').reads('one field needs another look');
        // Who looks for words scrolls to where they may stand.
        await page.evaluate(() => {
          let focused = document.activeElement;
          while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
          focused?.scrollIntoView({ block: 'center' });
        }, null);
      },
    },
    { name: 'console-settings-installation', open: settings('demo/installation', 'Installation') },
    { name: 'console-settings-new', open: settings('new', 'New inbox') },
    { name: 'console-settings-attributes', open: settings('attributes', 'Attributes') },
    { name: 'console-settings-teams', open: settings('teams', 'Teams') },
    { name: 'console-settings-rules', open: settings('demo/assignment-rules', 'Assignment rules') },
    { name: 'console-settings-triggers', open: settings('demo/triggers', 'Triggers') },
    { name: 'console-settings-agents', open: settings('agents', 'Agents') },
  ];
}

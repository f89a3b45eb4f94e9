/**
 * What a chat looks like elsewhere than at home, for `npm run shots`: in other languages, on the narrowest screen, with
 * brands that make it hard, without colours, and on the page of somebody who has ideas of their own about style.
 */
import { DESKTOP, PHONE } from './scene-stage.mjs';

/** @typedef {import('../test/e2e/people.ts').Visitor} Visitor */
/** @typedef {import('./scene-stage.mjs').Scene} Scene */
/** @typedef {import('./scene-stage.mjs').SceneStage} SceneStage */
/** @typedef {import('./scene-stage.mjs').PuppeteerTab} PuppeteerTab */
/** @typedef {import('./scene-stage.mjs').View} View */
/** @typedef {import('./scene-stage.mjs').Setting} Setting */

/** @type {readonly Setting[]} */
const ONCE = [{ name: 'desktop', size: DESKTOP, dir: 'ltr', schemes: ['light', 'dark'] }];
/** @type {readonly Setting[]} */
const PHONES = [{ name: 'phone', size: PHONE, dir: 'ltr', schemes: ['light'] }];
/** As wide as it is at 400 % zoom, or on the smallest phone. @type {readonly Setting[]} */
const NARROW = [{ name: 'narrow', size: { width: 320, height: 568 }, dir: 'ltr', schemes: ['light', 'dark'] }];
/** @type {readonly Setting[]} */
const FORCED = [{ name: 'forced', size: DESKTOP, dir: 'ltr', schemes: ['light', 'dark'], forced: true }];

/** What is said in which language, and what its panel is asked for. */
const LANGUAGES = {
  ar: { asked: 'هل تصلحون السحّابات؟', answered: 'بالطبع، وبكل سرور. نصلح حقائبنا مدى الحياة.' },
  de: {
    asked: 'Repariert ihr auch Reißverschlüsse an Umhängetaschen?',
    answered: 'Selbstverständlich. Reißverschlussreparaturen dauern zwei Wochen.',
  },
  ja: {
    asked: 'ファスナーの修理はできますか？',
    answered: 'はい、喜んで承ります。当店の鞄は一生涯お直しいたします。',
  },
};

const BRANDS = { yellow: '#ffe600', white: '#ffffff', black: '#000000', grey: '#777777' };

/** A page whose author has never heard of shadow trees. */
const IDEAS = `
  html { font-size: 30px }
  * { all: unset !important; animation: none !important }
  body { display: block !important; padding: 48px !important; letter-spacing: 0.2em !important; color: #a08 !important;
    text-transform: uppercase !important; transform: rotate(1deg) !important; filter: sepia(1) !important }
  script, style, head { display: none !important }
  button, svg, dialog, textarea, header { border: 9px dotted red !important; background: lime !important }`;

/**
 * @param {SceneStage} stage
 * @returns {Scene[]}
 */
export function lookScenes(stage) {
  /** A conversation of both sides. @param {PuppeteerTab} tab @param {View} view */
  async function talk(
    tab,
    view,
    asked = 'Do you mend zips?',
    answered = 'Of course, and **gladly**: we mend for life.',
  ) {
    const visitor = await stage.talk(tab, view, asked);
    await stage.answer(answered);
    await visitor.messages.reads(answered.replaceAll('*', ''));
    return visitor;
  }

  /** @param {Visitor} visitor @param {Record<string, string>} attributes */
  const set = (visitor, attributes) =>
    visitor.page.evaluate((given) => {
      const tag = document.querySelector('chat-widget');
      for (const [name, value] of Object.entries(given)) tag?.setAttribute(name, value);
    }, attributes);

  /** The words of its launcher are those of a language. @param {Visitor} visitor @param {string} lang */
  const speaks = async (visitor, lang) => {
    await set(visitor, { lang });
    await visitor.page.evaluate(async (wanted) => {
      const layer = document.querySelector('chat-widget')?.shadowRoot?.querySelector('.layer');
      for (;;) {
        if (layer?.getAttribute('lang') === wanted) return;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, lang);
  };

  return [
    ...Object.entries(LANGUAGES).flatMap(([lang, { asked, answered }]) => [
      {
        name: `language-${lang}-home`,
        settings: [...ONCE.map((setting) => ({ ...setting, schemes: /** @type {const} */ (['light']) })), ...NARROW],
        /** @param {PuppeteerTab} tab @param {View} view */
        open: async (tab, view) => speaks(await stage.chat(tab, view), lang),
      },
      {
        name: `language-${lang}-thread`,
        settings: PHONES,
        /** @param {PuppeteerTab} tab @param {View} view */
        open: async (tab, view) => speaks(await talk(tab, view, asked, answered), lang),
      },
      {
        name: `language-${lang}-form`,
        settings: NARROW,
        /** @param {PuppeteerTab} tab @param {View} view */
        async open(tab, view) {
          const visitor = await stage.chat(tab, view, 'shots-forms');
          await visitor.panel.button('Start a conversation').click();
          await visitor.panel.button('Continue').click();
          await visitor.panel.reads('Please fill this in.');
          await speaks(visitor, lang);
        },
      },
    ]),
    { name: 'narrow-home', settings: NARROW, open: (tab, view) => stage.chat(tab, view, 'shots-home') },
    { name: 'narrow-thread', settings: NARROW, open: (tab, view) => talk(tab, view) },
    ...Object.entries(BRANDS).flatMap(([brand, color]) => {
      /** @param {Visitor} visitor */
      const paint = (visitor) => set(visitor, { style: `--chat-brand: ${color}; color-scheme: light dark` });
      return [
        {
          name: `brand-${brand}-home`,
          settings: ONCE,
          /** @param {PuppeteerTab} tab @param {View} view */
          open: async (tab, view) => paint(await stage.chat(tab, view)),
        },
        {
          name: `brand-${brand}-thread`,
          settings: ONCE,
          /** @param {PuppeteerTab} tab @param {View} view */
          open: async (tab, view) => paint(await talk(tab, view)),
        },
      ];
    }),
    {
      name: 'mode-inline',
      async open(tab, view) {
        const visitor = await stage.visit(tab, view);
        await visitor.page.evaluate(() => {
          const tag = document.querySelector('chat-widget');
          const room = document.createElement('section');
          room.style.cssText = 'max-inline-size: 560px; block-size: 640px; margin: 24px auto';
          if (!tag) return;
          tag.setAttribute('mode', 'inline');
          room.append(tag);
          document.body.append(room);
        }, null);
        await visitor.page.textbox('Message').isThere();
      },
    },
    {
      name: 'mode-page',
      async open(tab, view) {
        const visitor = await stage.visit(tab, view);
        await set(visitor, { mode: 'page' });
        await visitor.page.textbox('Message').isThere();
      },
    },
    { name: 'forced-home', settings: FORCED, open: (tab, view) => stage.chat(tab, view, 'shots-home') },
    { name: 'forced-thread', settings: FORCED, open: (tab, view) => talk(tab, view) },
    {
      name: 'forced-form',
      settings: FORCED,
      async open(tab, view) {
        const visitor = await stage.chat(tab, view, 'shots-forms');
        await visitor.panel.button('Start a conversation').click();
        await visitor.panel.textbox('Your name').isThere();
      },
    },
    {
      name: 'hostile-page',
      settings: ONCE,
      async open(tab, view) {
        const visitor = await talk(tab, view);
        await visitor.page.evaluate((css) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets.push(sheet);
        }, IDEAS);
      },
    },
  ];
}

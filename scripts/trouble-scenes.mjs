/** What a visitor sees when something is slow, refused, limited or away; for `npm run shots`. */
import { NO_LIMITS } from '../server/test/support/limits.ts';
import { ChatServerProcess } from './chat-server-process.mjs';

/** @typedef {import('./scene-stage.mjs').Scene} Scene */
/** @typedef {import('./scene-stage.mjs').SceneStage} SceneStage */
/** @typedef {import('./scene-stage.mjs').PuppeteerTab} PuppeteerTab */
/** @typedef {import('./scene-stage.mjs').View} View */
/** @typedef {import('../test/e2e/people.ts').Visitor} Visitor */

export const TROUBLE_INBOXES = {
  'shots-ended': {},
  'shots-short': { limits: { messageLength: 40 } },
};

/**
 * @param {SceneStage} stage
 * @returns {Scene[]}
 */
export function troubleScenes(stage) {
  const { server } = stage;
  /** Has the page's requests for messages answered so. @param {PuppeteerTab} tab @param {() => Promise<object>} respond */
  const entries = (tab, respond) =>
    tab.answer((request) => (/\/entries\b/.test(request.url()) ? respond() : Promise.resolve(undefined)));

  /** Grace comes back to her conversation. @param {PuppeteerTab} tab @param {View} view */
  const comeBack = async (tab, view) => {
    const visitor = await stage.customer(tab, view);
    await visitor.openChat();
    return visitor;
  };

  /**
   * In the shop of a server of its own, after the first message.
   *
   * @param {PuppeteerTab} tab
   * @param {View} view
   * @param {NodeJS.ProcessEnv} env
   * @param {(visitor: Visitor, server: ChatServerProcess) => Promise<unknown>} happen
   */
  async function elsewhere(tab, view, env, happen) {
    const other = await ChatServerProcess.start(env);
    try {
      await tab.goto(`${other.url}/`);
      const visitor = await stage.onPage(tab, view);
      await visitor.openChat();
      await visitor.write('Do you mend zips?');
      await visitor.messages.reads('Sent');
      await happen(visitor, other);
    } catch (error) {
      await other.dispose();
      throw error;
    }
    return () => other.dispose();
  }

  return [
    {
      name: 'skeleton',
      async open(tab, view) {
        await entries(tab, () => new Promise(() => {}));
        const visitor = await comeBack(tab, view);
        await visitor.messages.reads('Loading…');
      },
    },
    {
      name: 'load-failed',
      async open(tab, view) {
        await entries(tab, () => Promise.resolve({ status: 500, body: '{}' }));
        const visitor = await comeBack(tab, view);
        await visitor.panel.reads('could not be loaded');
      },
    },
    {
      name: 'offline',
      async open(tab, view) {
        const visitor = await stage.talk(tab, view, 'Do you mend zips?');
        await tab.cutOff();
        await visitor.panel.reads('You are offline');
        await visitor.write('And straps?');
        await visitor.messages.reads('And straps?');
      },
    },
    {
      name: 'server-away',
      open: (tab, view) =>
        elsewhere(tab, view, {}, async (visitor, away) => {
          await away.kill();
          await visitor.panel.reads('No connection');
        }),
    },
    {
      name: 'blocked',
      async open(tab, view) {
        const visitor = await stage.talk(tab, view, 'Do you mend zips?');
        const { contact } = await stage.newest();
        await server.request('PATCH', `/v1/contacts/${contact.id}`, { blocked: true });
        await visitor.panel.reads(/not available|cannot write/);
      },
    },
    {
      // The site's secret is known to somebody, and all who came in by it are out.
      name: 'session-ended',
      async open(tab, view) {
        const visitor = await stage.customer(tab, view, 'shots-ended');
        await visitor.openChat();
        await visitor.write('Do you mend zips?');
        await visitor.messages.reads('Sent');
        await visitor.panel.textbox('Message').type('It is the one of my old satchel, and');
        await server.asAdmin('POST', '/v1/inboxes/shots-ended/secrets/email/rotate', { compromised: true });
        await visitor.messages.isGone();
      },
    },
    {
      name: 'rate-limited',
      open: (tab, view) =>
        elsewhere(tab, view, { LIMITS: JSON.stringify({ ...NO_LIMITS, messagesPerMinute: 3 }) }, async (visitor) => {
          for (const text of ['Hello?', 'Is anybody there?', 'I really need to know.']) await visitor.write(text);
          await visitor.messages.reads('I really need to know.', 'Waiting its turn');
        }),
    },
    {
      name: 'too-long',
      async open(tab, view) {
        const visitor = await stage.chat(tab, view, 'shots-short');
        await visitor.panel.textbox('Message').type('Do you mend zips, straps, seams and all the other things?');
        await visitor.panel.reads('too many');
      },
    },
  ];
}

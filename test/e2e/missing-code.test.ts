import assert from 'node:assert/strict';
import { it } from 'node:test';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { pageWithChat, Visitor } from './people.ts';
import { choosePicture } from './pictures.ts';
import { PuppeteerTab } from './puppeteer-driver.ts';
import { testimonyOf, witness } from './witness.ts';
import { inEveryEngine } from './world.ts';

/** Code that there is not. */
const PROBE = '/chunks/no-such-code.js';

/** Runs in the page. */
async function tryTwice(address: string): Promise<void> {
  for (let i = 0; i < 2; i++) await import(address).catch(() => undefined);
}

inEveryEngine(
  'Code of the panel that does not come',
  (world) => {
    it('opens no way past what is asked, is said, and comes when it is asked for again', async () => {
      const server = await world().server();
      const forms = { consent: 'I agree to the terms.' };
      assert.equal((await server.request('PATCH', `/v1/inboxes/${INBOX}`, { settings: { forms } })).status, 200);
      const html = pageWithChat().replace('<title>', `${witness()}<title>`);
      const site = await world().newSite({ '/': html }, server);
      const visitor = await Visitor.at(await world().newProfile(), 'about:blank');
      const { page, panel } = visitor;
      /** The chunk that the network has lost. */
      let missing = '';
      assert.ok(page.tab instanceof PuppeteerTab);
      let probes = 0;
      await page.tab.answer((request) => {
        if (request.url().endsWith(PROBE)) probes++;
        return Promise.resolve(missing && request.url().includes(`/chunks/${missing}-`) ? { status: 503 } : undefined);
      });
      const isLost = () => panel.reads('The chat could not be loaded.');
      const again = panel.button('Try again');

      missing = 'panel-extras';
      await page.goto(`${site.url}/`);
      await visitor.openChat();
      await isLost();
      await panel.textbox('Message').isGone();
      // Some versions of Chromium ask for code that did not come never again: there one has to load the page anew.
      await page.evaluate(tryTwice, PROBE);
      const asksAgain = probes > 1;
      const retry = async () => {
        if (asksAgain) return again.click();
        await page.reload();
        await visitor.openChat();
      };
      missing = 'cw-gate';
      await retry();
      await panel.button('Start a conversation').click();
      await isLost();
      await panel.textbox('Message').isGone();
      missing = '';
      await retry();
      if (!asksAgain) await panel.button('Start a conversation').click();
      await panel.find('checkbox', /I agree/).click();
      await panel.button('Continue').click();
      await panel.textbox('Message').isThere();

      for (const [chunk, lose] of [
        ['cw-menu', () => panel.button('More').click()],
        ['emoji-door', () => panel.button('Emoji').click()],
        ['attach-files', () => choosePicture(page, { name: 'zip.png', width: 90, height: 60 })],
      ] as const) {
        missing = chunk;
        await lose();
        await isLost();
        await panel.textbox('Message').type('x');
        await page.press('Backspace');
      }
      missing = '';
      if (!asksAgain) await retry();
      await choosePicture(page, { name: 'zip.png', width: 90, height: 60 });
      await panel.find('list', 'Files to send').reads('zip.png', 'Ready');
      await visitor.write('Can you mend this?');
      missing = 'cw-verify-form';
      await panel.button('Leave your e-mail').click();
      await panel.reads('That did not work.', 'Leave your e-mail');
      missing = '';
      if (!asksAgain) await retry();
      await panel.button('Leave your e-mail').click();
      await panel.textbox('Your e-mail').hasFocus();
      missing = 'cw-viewer';
      await visitor.messages.button('Show zip.png').click();
      await visitor.messages.reads('Check your connection');
      assert.deepEqual((await testimonyOf(page)).wrong, []);
    });
  },
  // Only there can a test take one file away.
  ['chromium'],
);

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import type { Page, Thing } from './page.ts';
import { inEveryEngine } from './world.ts';

/** The colour of the launcher, as it is painted. */
function launcherColor(page: Page): Promise<string> {
  return page.evaluate(() => {
    const button = document.querySelector('chat-widget')!.shadowRoot!.querySelector('button')!;
    const pen = document.createElement('canvas').getContext('2d')!;
    pen.fillStyle = getComputedStyle(button).backgroundColor;
    pen.fillRect(0, 0, 1, 1);
    return String(pen.getImageData(0, 0, 1, 1).data);
  }, null);
}

/** Writes in the place of what a field says. */
async function rewrite(page: Page, field: Thing, text: string): Promise<void> {
  await field.click();
  await page.press('End');
  await page.press('Shift+Home');
  await page.tab.type(text);
}

inEveryEngine(
  'An admin at the settings',
  (world) => {
    it('sees colour and greeting in the preview, saves them, and a shop page that is open has them at once', async () => {
      const server = await world().server();
      const site = await world().newSite({ '/': pageWithChat('session="auto"') }, server);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await visitor.openChat();
      await visitor.panel.reads('Hello! How can we help?');

      const { page } = await AgentAtConsole.signIn(await world().newProfile(), server.url, { conversations: false });
      await page.find('link', 'Settings').click();
      await page.find('heading', 'Appearance').isThere();
      await rewrite(page, page.textbox('Brand colour'), '#0a7d55');
      await page.find('link', 'Messages').click();
      await rewrite(page, page.textbox('Greeting'), 'Ahoy! What can we mend?');
      await page.dialog(/chat/i).reads('Ahoy! What can we mend?');
      await visitor.panel.doesNotRead('Ahoy! What can we mend?');

      await page.button('Save').click();
      await page.find('status').reads('Saved. It is live.');
      await visitor.panel.reads('Ahoy! What can we mend?');
      assert.equal(await launcherColor(visitor.page), '10,125,85,255');
    });
  },
  ['chromium'],
);

import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from './page.ts';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import { choosePicture } from './pictures.ts';
import { inEveryEngine } from './world.ts';

/** The sizes of the pictures that a browser has decoded and shows in a thread. */
function decoded(page: Page): Promise<(readonly [number, number])[]> {
  return page.evaluate(async () => {
    const images = (root: Document | ShadowRoot): HTMLImageElement[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.matches('.picture img') ? [element as HTMLImageElement] : []),
        ...(element.shadowRoot ? images(element.shadowRoot) : []),
      ]);
    return Promise.all(
      images(document).map(async (image) => {
        // Firefox decodes none that it has not begun to load.
        const isThere = image.complete && image.naturalWidth > 0;
        if (!isThere) await new Promise((resolve) => image.addEventListener('load', resolve, { once: true }));
        return [image.naturalWidth, image.naturalHeight] as const;
      }),
    );
  }, undefined);
}

inEveryEngine('A picture', (world) => {
  it('goes from a visitor to an agent and back, and both see it', async () => {
    const server = await world().server();
    const site = await world().newSite({ '/': pageWithChat() }, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await visitor.openChat();
    await visitor.panel.button('Attach files').isThere();
    assert.ok(await choosePicture(visitor.page, { name: 'torn-zip.png', width: 300, height: 200 }));
    await visitor.panel.find('list', 'Files to send').reads('torn-zip.png', 'Ready');
    await visitor.write('Can you mend this?');
    await visitor.messages.button('Show torn-zip.png').isThere();

    const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
    await agent.open(/Can you mend this/);
    await agent.messages.button('Show torn-zip.png').click();
    await agent.page.dialog('Picture torn-zip.png').isThere();
    await agent.page.press('Escape');
    await agent.page.dialog('Picture torn-zip.png').isGone();
    assert.deepEqual(await decoded(agent.page), [[300, 200]]);

    assert.ok(await choosePicture(agent.page, { name: 'mended.png', width: 120, height: 240 }));
    await agent.page.find('list', 'Files to send').reads('mended.png', 'Ready');
    await agent.reply('As good as new.');
    await visitor.messages.button('Show mended.png').isThere();
    assert.deepEqual(await decoded(visitor.page), [
      [300, 200],
      [120, 240],
    ]);
  });
});

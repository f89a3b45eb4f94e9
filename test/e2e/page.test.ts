import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inEveryEngine } from './world.ts';

/** A page with what the flows meet: shadow roots, slots, labels, things that are hidden, covered or come late. */
const PAGE = `<!doctype html><title>Practice</title>
<x-card><span>Write <strong>to</strong> us</span></x-card>
<label for="mail">E-mail</label><input id="mail" type="email">
<button hidden>Ghost</button>
<script>
  customElements.define('x-card', class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      root.innerHTML = '<section role="dialog" aria-labelledby="t"><h2 id="t">Chat</h2><slot></slot>'
        + '<textarea aria-label="Message"></textarea><button aria-label="Open chat, 2 unread"><svg></svg></button></section>';
      const box = root.querySelector('textarea');
      box.onkeydown = (event) => {
        if (event.key !== 'Enter' || event.shiftKey) return;
        event.preventDefault();
        setTimeout(() => root.querySelector('h2').append(' ' + box.value.replace('\\n', '|')));
      };
      root.querySelector('button').onclick = () => root.querySelector('section').append('clicked');
    }
  });
</script>`;

inEveryEngine('A page', (world) => {
  it('is found, clicked, typed into and read by role and name, through shadow roots', async () => {
    const site = await world().newSite({ '/practice': PAGE });
    const page = await (await world().newProfile()).open(`${site.url}/practice`);
    const dialog = page.dialog(/chat/i);
    assert.equal((await dialog.isThere()).name, 'Chat');
    await dialog.reads('Write to us');
    await page.button('Ghost').isGone();
    await page.button(/chat.*unread/i).click();
    await dialog.reads('clicked');

    await dialog.textbox('Message').type('Grüße, aaa');
    await page.press('Shift+Enter');
    await page.press('Enter');
    await page.find('heading').reads('Chat Grüße, aaa|');
    await dialog.textbox('Message').hasFocus();
    await page.textbox('E-mail').type('ada@shop.example');
  });

  it('shares its storage with the other tabs of a browser and with no other browser', async () => {
    const site = await world().newSite({ '/practice': PAGE });
    const profile = await world().newProfile();
    const first = await profile.open(`${site.url}/practice`);
    await first.evaluate((value) => localStorage.setItem('who', value), 'ada');
    const second = await profile.open(`${site.url}/practice`);
    const stranger = await (await world().newProfile()).open(`${site.url}/practice`);
    const read = () => localStorage.getItem('who');
    assert.equal(await second.evaluate(read, null), 'ada');
    assert.equal(await stranger.evaluate(read, null), null);
    await second.textbox('E-mail').type('b');
    await first.textbox('E-mail').type('a');
  });
});

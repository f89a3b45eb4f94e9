/** What stands in a conversation, and what is done with it: files, menus, changes, marks; for `npm run shots`. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chooseFiles } from './scene-stage.mjs';

/** @typedef {import('./scene-stage.mjs').Scene} Scene */
/** @typedef {import('./scene-stage.mjs').SceneStage} SceneStage */
/** @typedef {import('./scene-stage.mjs').PuppeteerTab} PuppeteerTab */
/** @typedef {import('./scene-stage.mjs').View} View */

export const MESSAGE_INBOXES = { 'shots-small': { limits: { fileBytes: 2_000_000 } } };

const SATCHEL = { name: 'torn-satchel.png', width: 900, height: 640 };
const ZIP = { name: 'the-zip.png', width: 480, height: 720 };
const SHOP = new URL('../docs/images/shop.png', import.meta.url);
const RECEIPT = { name: 'Receipt of March, with a name that is longer than any card has room for.pdf' };

const MARKED = `**Good news:** your satchel is *ready*. What we did:

- sewed the strap back on
- \`YKK 5\` zip, new
- waxed the leather, see [our guide](https://guide.example/wax)

> Can you mend it?

Pay at https://shop.example/pay/4711/a-rather-long-address-that-has-no-place-where-it-could-be-broken-into-lines`;

/**
 * @param {SceneStage} stage
 * @returns {Scene[]}
 */
export function messageScenes(stage) {
  const { server } = stage;

  /** Two messages of each side. @param {PuppeteerTab} tab @param {View} view */
  async function conversation(tab, view) {
    const visitor = await stage.talk(tab, view, 'Do you mend zips?');
    await stage.answer('We do, for life. Just bring it by, or send it in.');
    await visitor.messages.reads('for life');
    await visitor.write('Even old ones?');
    await visitor.messages.reads('Even old ones?', 'Sent');
    return visitor;
  }

  /** Files without a word, each side's at its own edge, however wide they are. @param {PuppeteerTab} tab @param {View} view */
  async function filesAlone(tab, view) {
    const visitor = await stage.chat(tab, view);
    await visitor.panel.button('Attach files').isThere();
    await chooseFiles(tab, [SATCHEL, { name: 'Note.pdf' }, RECEIPT]);
    await visitor.panel.find('list', 'Files to send').reads('Receipt of March');
    await visitor.panel.button(/^Send/).click();
    await visitor.messages.reads('Note.pdf', 'Sent');
    const files = await Promise.all([
      stage.upload('Our shop.png', new Blob([readFileSync(SHOP)])),
      stage.upload('Estimate.pdf', new Blob([`%PDF-1.4\n${'x'.repeat(9_000)}`])),
      stage.upload('What we use for linings.pdf', new Blob([`%PDF-1.4\n${'x'.repeat(90_000)}`])),
    ]);
    await stage.answer({ text: '', attachments: files.map(({ id }) => id) });
    await visitor.messages.reads('Estimate.pdf');
  }

  return [
    {
      name: 'thread-markdown',
      async open(tab, view) {
        const visitor = await stage.talk(tab, view, 'Is my satchel ready? 🧵');
        await stage.answer(MARKED);
        await visitor.messages.reads('Good news', 'waxed');
        await visitor.write('🎉🎉');
        await visitor.messages.reads('🎉🎉', 'Sent');
      },
    },
    {
      name: 'files',
      async open(tab, view) {
        const visitor = await stage.chat(tab, view);
        await visitor.panel.button('Attach files').isThere();
        await chooseFiles(tab, [SATCHEL, ZIP, RECEIPT]);
        await visitor.panel.find('list', 'Files to send').reads('Ready', 'the-zip.png');
        await visitor.write('Can you mend this?');
        await visitor.messages.reads('Sent');
        const estimate = await stage.upload('Estimate.pdf', new Blob([`%PDF-1.4\n${'x'.repeat(9_000)}`]));
        await stage.answer({ text: 'Of course. Here is what it costs.', attachments: [estimate.id] });
        await visitor.messages.reads('Estimate.pdf');
      },
    },
    { name: 'files-alone', open: filesAlone },
    {
      name: 'console-files-alone',
      async open(tab, view) {
        await filesAlone(tab, view);
        const agent = await stage.console(tab, view);
        const { id } = await stage.newest();
        await agent.page.evaluate((hash) => (location.hash = hash), `#/conversations/${id}`);
        await agent.messages.reads('Note.pdf', 'Estimate.pdf');
      },
    },
    {
      // One is there, one on its way, one too large.
      name: 'files-to-send',
      async open(tab, view) {
        const visitor = await stage.chat(tab, view, 'shots-small');
        await visitor.panel.button('Attach files').isThere();
        await chooseFiles(tab, [SATCHEL]);
        const shelf = visitor.panel.find('list', 'Files to send');
        await shelf.reads('Ready');
        // Kept waiting for ever.
        await tab.answer((request) =>
          request.method() === 'POST' ? new Promise(() => {}) : Promise.resolve(undefined),
        );
        await chooseFiles(tab, [ZIP, { ...RECEIPT, bytes: 3_000_000 }]);
        await shelf.reads('too large', '0');
        await visitor.panel.textbox('Message').type('Can you mend this?');
      },
    },
    {
      name: 'files-drop',
      async open(tab, view) {
        const visitor = await conversation(tab, view);
        await visitor.panel.button('Attach files').isThere();
        await tab.evaluate(() => {
          const panel = document.querySelector('chat-widget')?.shadowRoot?.querySelector('cw-panel');
          const data = new DataTransfer();
          data.items.add(new File(['x'], 'zip.png', { type: 'image/png' }));
          const composer = panel?.shadowRoot?.querySelector('cw-composer');
          for (const type of ['dragenter', 'dragover']) {
            composer?.dispatchEvent(
              new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer: data }),
            );
          }
        }, null);
        await visitor.panel.reads('Drop files here');
      },
    },
    {
      name: 'viewer',
      async open(tab, view) {
        const visitor = await stage.chat(tab, view);
        await visitor.panel.button('Attach files').isThere();
        await chooseFiles(tab, [SATCHEL, ZIP]);
        await visitor.panel.find('list', 'Files to send').reads('Ready', 'the-zip.png');
        await visitor.write('Can you mend this?');
        await visitor.messages.button('Show torn-satchel.png').click();
        await visitor.page.dialog('Picture torn-satchel.png').isThere();
      },
    },
    {
      name: 'emoji',
      async open(tab, view) {
        const visitor = await conversation(tab, view);
        await visitor.panel.button('Emoji').click();
        await visitor.page.textbox('Search emoji').isThere();
      },
    },
    {
      name: 'message-menu',
      async open(tab, view) {
        const visitor = await conversation(tab, view);
        await visitor.messages
          .find('group', /^(?!You)/)
          .button('Message actions')
          .click();
        await visitor.page.find('menuitem', 'Reply').isThere();
      },
    },
    {
      name: 'message-delete',
      async open(tab, view) {
        const visitor = await stage.talk(tab, view, 'Do you mend zips?');
        await visitor.messages.button('Message actions').click();
        await visitor.page.find('menuitem', 'Delete').click();
        await visitor.page.find('menuitem', 'Keep it').isThere();
      },
    },
    {
      name: 'message-reply',
      async open(tab, view) {
        const visitor = await conversation(tab, view);
        await visitor.messages
          .find('group', /^(?!You)/)
          .button('Message actions')
          .click();
        await visitor.page.find('menuitem', 'Reply').click();
        await visitor.panel.textbox(/^Reply to/).type('Also when I am not at home?');
      },
    },
    {
      name: 'message-edit',
      async open(tab, view) {
        const visitor = await stage.talk(tab, view, 'Do you mend zips?');
        await visitor.messages.button('Message actions').click();
        await visitor.page.find('menuitem', 'Edit').click();
        await visitor.panel.textbox('Edit your message').isThere();
      },
    },
    {
      // Reactions, an edit, a reply, and one that was taken back.
      name: 'message-changes',
      async open(tab, view) {
        const visitor = await stage.talk(tab, view, 'Do you mend zips?');
        const { id } = await stage.newest();
        const { entries } = (await server.request('GET', `/v1/conversations/${id}/entries`)).body;
        const answer = await stage.answer({ text: 'We do, for life.', replyTo: entries[0].id });
        const wrong = await stage.answer('Wrong window, sorry.');
        await server.request('PATCH', `/v1/conversations/${id}/messages/${answer.id}`, { text: 'We do: for life.' });
        await server.request('DELETE', `/v1/conversations/${id}/messages/${wrong.id}`);
        await visitor.messages.reads('edited', 'Message deleted');
        const theirs = visitor.messages.find('group', /^(?!You|Reactions)/);
        for (const emoji of ['👍', '🎉']) {
          await theirs.button('Message actions').click();
          await visitor.page.find('menuitemcheckbox', emoji).click();
          await visitor.messages.button(new RegExp(`^${emoji} 1`)).isThere();
        }
      },
    },
    {
      name: 'typing',
      async open(tab, view) {
        const visitor = await conversation(tab, view);
        const socket = await stage.agentSocket();
        const { id } = await stage.newest();
        const type = () => socket.send({ type: 'typing', conversationId: id, typing: true });
        type();
        const again = setInterval(type, 3_000);
        await visitor.messages.reads('is typing');
        return async () => {
          clearInterval(again);
          await socket.close();
        };
      },
    },
    {
      // Read further up while something comes.
      name: 'newest',
      async open(tab, view) {
        const visitor = await stage.talk(tab, view, 'Tell me everything about zips.');
        for (let number = 1; number <= 16; number++) {
          await stage.answer({
            clientId: randomUUID(),
            text: `Lesson ${number}: there is more to zips than one thinks.`,
          });
        }
        await visitor.messages.reads('Lesson 16');
        await visitor.messages.click();
        await visitor.page.press('Home');
        await visitor.panel.button('Jump to the newest messages').isThere();
        await stage.answer('That was all.');
        await visitor.panel.button('1 new message').isThere();
      },
    },
    {
      name: 'new-marker',
      async open(tab, view) {
        const visitor = await conversation(tab, view);
        await visitor.page.press('Escape');
        await visitor.panel.isGone();
        await stage.answer('Even those of your grandmother.');
        await visitor.page.button(/grandmother/).click();
        await visitor.messages.find('separator').isThere();
      },
    },
  ];
}

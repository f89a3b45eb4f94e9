import { expect } from '@open-wc/testing';
import type { Label } from '../../../../src/api/protocol.ts';
import type { ChatConsole } from '../../../../src/elements/console/chat-console.ts';
import { TEXTS } from '../../../../src/text/label-keys.ts';
import { find, sees, textOf, until } from '../screen.ts';
import { World } from '../world.ts';

describe("The settings' page of words", () => {
  const world = new World();

  async function field<E extends HTMLElement = HTMLInputElement>(console: ChatConsole, label: string): Promise<E> {
    return (await find<HTMLLabelElement>(console, 'label', label)).control as E;
  }
  async function write(console: ChatConsole, label: string, value: string): Promise<void> {
    const control = await field<HTMLInputElement | HTMLSelectElement>(console, label);
    control.value = value;
    control.dispatchEvent(new Event(control instanceof HTMLSelectElement ? 'change' : 'input'));
  }

  it('finds a text by its English words, and saves what the inbox calls it in a language', async () => {
    const console = await world.signedIn();
    location.hash = '#/settings/demo/words';
    await find(console, 'h1', 'Words');
    (await find(console, 'button', 'Add text')).click();
    const key = await field(console, 'Text');
    const offered = [...key.list!.options].map(({ value, label }) => [value, label]);
    expect(offered).to.deep.equal([...TEXTS]);
    await expect(console).to.be.accessible();

    await write(console, 'Text', 'thread.sent');
    await write(console, 'Your words', 'Sent to {name}');
    (await find(console, 'button', 'Save')).click();
    await sees(console, 'Nothing is known for {name} here');
    const words = await field<HTMLTextAreaElement>(console, 'Your words');
    await until(() => words.getAttribute('aria-invalid') === 'true', 'nothing is marked');
    await write(console, 'Your words', 'Zugestellt');
    await write(console, 'Language', 'de');
    (await find(console, 'button', 'Save')).click();
    const saved = async () => {
      const { body } = await world.server.request<{ settings: { words: { labels: Label[] } } }>(
        'GET',
        '/v1/inboxes/demo',
      );
      return body.settings.words.labels;
    };
    await until(async () => (await saved()).length === 1, 'it was not saved');
    expect(await saved()).to.deep.equal([{ key: 'thread.sent', language: 'de', text: 'Zugestellt' }]);
    await until(() => !textOf(console).includes('Nothing is known'), 'it still says what was wrong');
    await find(console, 'summary', 'thread.sent');
  });
});

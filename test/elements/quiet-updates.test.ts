/** What an update leaves alone: no figures of time, but what would cost it. bench/ measures the time. */
import { ContextProvider } from '@lit/context';
import { expect } from '@open-wc/testing';
import { clientContext } from '../../src/context/client-context.ts';
import '../../src/elements/chat-widget.ts';
import '../../src/elements/cw-thread.ts';
import { until } from '../support/until.ts';
import { all, textOf } from './console/screen.ts';
import { ada, MemoryClient, visitor } from './memory-client.ts';

describe('An update', () => {
  it('writes nothing into a launcher at rest: each word said again would cost the styles of all that is below', async () => {
    const widget = document.createElement('chat-widget');
    document.body.append(widget);
    await widget.updateComplete;
    const writes = new MutationObserver(() => {});
    writes.observe(widget.shadowRoot!, { subtree: true, childList: true, attributes: true, characterData: true });
    widget.requestUpdate();
    await widget.updateComplete;
    const written = writes.takeRecords().map(({ type, attributeName }) => attributeName ?? type);
    widget.remove();
    expect(written).to.deep.equal([]);
  });

  describe('of a thread', () => {
    const { get } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format')!;
    /** Each message that is drawn has its time written. */
    let times = 0;

    before(() => {
      Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
        configurable: true,
        get(this: Intl.DateTimeFormat) {
          times += 1;
          return get!.call(this) as Intl.DateTimeFormat['format'];
        },
      });
    });
    after(() => {
      Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { configurable: true, get });
    });

    it('draws no other message when one more comes, whatever is written in between', async () => {
      const client = new MemoryClient();
      for (let number = 1; number <= 40; number += 1)
        client.wait(3).says(number % 2 ? ada : visitor, `Message ${number}`);
      const stage = document.createElement('div');
      new ContextProvider(stage, { context: clientContext, initialValue: client });
      const thread = document.createElement('cw-thread');
      thread.conversationId = client.conversationId;
      stage.append(thread);
      document.body.append(stage);
      const shown = () => all(thread.shadowRoot!, '[role=article]').map(textOf);
      const reads = (words: string) => until(() => shown().at(-1)?.startsWith(words) ?? false, `"${words}" is shown`);

      times = 0;
      await reads('Message 40');
      const whole = times;
      expect(whole).to.be.at.least(40);
      // Where the reader is and what is new is known after the first of them.
      client.wait(3).says(ada, 'Message 41');
      await reads('Message 41');

      times = 0;
      client.wait(3).says(ada, 'Message 42');
      await reads('Message 42');
      client.types(ada, true);
      await thread.updateComplete;
      stage.remove();
      expect(times).to.be.within(1, whole / 4);
    });
  });
});

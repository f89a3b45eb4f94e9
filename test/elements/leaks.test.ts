import { expect } from '@open-wc/testing';
import { resize } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { sees } from './console/screen.ts';
import { startLeakMeter } from './leak-meter.ts';
import { mount, ready, settled, unmountAll } from './widgets.ts';

describe('What a <chat-widget> leaves behind in a page', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(unmountAll);
  after(() => server.dispose());

  const nodes = () => document.querySelectorAll('*').length;

  it('is nothing after it came and went fifty times', async () => {
    const meter = startLeakMeter();
    const before = nodes();
    for (let n = 0; n < 50; n++) {
      const widget = mount(server);
      if (n % 2) await ready(widget);
      widget.remove();
      if (n % 3) await settled();
    }
    await until(
      () => !Object.keys(meter.read()).length,
      () => `left: ${JSON.stringify(meter.read())}`,
    );
    expect(nodes()).to.equal(before);
    meter.stop();
  });

  const MODES: Readonly<Record<string, Record<string, string>>> = {
    floating: { mode: 'floating' },
    inline: { mode: 'inline' },
    page: { mode: 'page' },
    'in another element of the page': { 'open-in': '#place', launcher: 'none' },
    'begun late': { load: 'event', 'load-delay': '600000' },
  };
  for (const [mode, attributes] of Object.entries(MODES)) {
    it(`is nothing after it was opened, used and closed again and again: ${mode}`, async () => {
      const place = document.createElement('div');
      place.id = 'place';
      document.body.append(place);
      const meter = startLeakMeter();
      const before = nodes();
      for (let n = 0; n < 8; n++) {
        const widget = await ready(mount(server, attributes));
        await widget.show();
        if (n === 3) {
          await widget.send('Hello');
          await sees((place.firstElementChild ?? widget) as HTMLElement, 'Hello');
        }
        if (n % 2) await widget.hide();
        if (n % 4 === 1) await widget.show();
        widget.remove();
        await settled();
      }
      await until(
        () => !Object.keys(meter.read()).length,
        () => `left: ${JSON.stringify(meter.read())}`,
      );
      expect(nodes()).to.equal(before);
      expect(place.childElementCount).to.equal(0);
      meter.stop();
      place.remove();
    });
  }
});

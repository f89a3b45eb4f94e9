import { expect } from '@open-wc/testing';
import { press, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { find, sees, seesNoMore, textOf } from './console/screen.ts';
import { boxOf, mount, ready, unmountAll } from './widgets.ts';

describe('<chat-widget> for somebody who may begin no other conversation today', () => {
  let server: ChatServer;

  before(async () => {
    // The inbox's own rule counts.
    server = await startChatServer({ env: { LIMITS: '{}' } });
    await server.request('PATCH', `/v1/inboxes/${server.inbox}`, { settings: { limits: { conversationsPerDay: 1 } } });
  });
  afterEach(unmountAll);
  after(() => server?.dispose());

  it('says until when, and goes on in the last conversation with what was written', async () => {
    const widget = await ready(mount(server));
    await widget.show();
    await widget.send('The first one');
    await sees(widget, 'The first one');
    (await boxOf(widget)).focus();
    await type('Another matter');
    await press('Enter');
    await sees(widget, /You can start another conversation .* at /);
    (await find(widget, 'button', 'Go on in your last conversation')).click();
    await sees(widget, 'The first one');
    await seesNoMore(widget, 'You can start another conversation');
    const box = await boxOf(widget);
    await until(() => box.value === 'Another matter', 'what was written is gone');
    await press('Enter');
    await sees(widget, 'Sent');
    expect(widget.conversations).to.have.length(1);
    expect(textOf(widget)).to.include('Another matter');
  });
});

import { expect } from '@open-wc/testing';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, sees, textOf } from './console/screen.ts';
import { dialogOf, mount, ready, unmountAll } from './widgets.ts';

const WELCOME = 'Welcome to the workshop.';

describe('a panel', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
    const messages = { welcomeOnline: WELCOME, welcomeOffline: WELCOME };
    await server.request('PATCH', '/v1/inboxes/demo', { settings: { messages } });
  });
  afterEach(unmountAll);
  after(() => server?.dispose());

  it('says nothing that nobody wrote, before the first message and after it', async () => {
    const widget = await ready(mount(server));
    await widget.show();
    const slips = () => /\b(false|true|undefined|null|NaN|0)\b|\[object/.exec(textOf(dialogOf(widget)))?.[0];
    await sees(widget, 'Start a conversation');
    expect(slips()).to.equal(undefined);
    await widget.send('Hello');
    await widget.showConversation(widget.conversations[0].id);
    await sees(widget, 'Sent');
    expect(slips()).to.equal(undefined);
  });

  it('welcomes above the first message, and both scroll together', async () => {
    const widget = await ready(mount(server));
    await widget.show();
    await widget.send('Hello');
    await widget.showConversation(widget.conversations[0].id);
    await until(() => all(widget.shadowRoot!, '.welcome').some(({ textContent }) => textContent === WELCOME));
    const [welcome] = all(widget.shadowRoot!, '.welcome');
    const [log] = all(widget.shadowRoot!, '[role=log]');
    const [message] = all(log, '[role=article]');
    expect(log.contains(welcome.assignedSlot)).to.equal(true);
    expect(welcome.getBoundingClientRect().bottom).to.be.at.most(message.getBoundingClientRect().top);
  });
});

import { expect } from '@open-wc/testing';
import type { CwPanel } from '../../src/elements/cw-panel.ts';
import { english } from '../../src/text/strings.ts';
import { english as threadWords } from '../../src/text/thread-strings.ts';
import { press, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { find, sees, seesNoMore, textOf } from './console/screen.ts';
import { boxOf, dialogOf, focused, mount, ready, unmountAll } from './widgets.ts';

describe('<chat-widget> without a server', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(unmountAll);
  after(() => server?.dispose());

  it('says so to whoever opens it for the first time, keeps what they write, and sends it when there is one', async () => {
    await server.kill();
    const widget = await ready(mount(server));
    await widget.show();
    await sees(widget, english.reconnecting);
    expect(textOf(widget)).to.not.include(english.weAreOnline);
    await expect(widget).to.be.accessible();
    await type('Is anybody there?');
    await press('Enter');
    await sees(widget, threadWords.sending);
    await server.restart();
    await sees(widget, threadWords.sent);
    await seesNoMore(widget, english.reconnecting);
    expect(textOf(widget)).to.include('Is anybody there?');
  });

  it('claims of nobody that they are online while the connection is lost', async () => {
    const widget = await ready(mount(server, { session: 'auto' }));
    await widget.show();
    await sees(widget, english.weAreAway);
    await server.kill();
    await sees(widget, english.reconnecting);
    expect(textOf(widget)).to.not.include(english.weAreAway);
    expect(widget.online).to.equal(undefined);
    await server.restart();
    await sees(widget, english.weAreAway);
  });

  it('says that it tries when it is asked to, and keeps the focus in the panel', async () => {
    const widget = await ready(mount(server, { session: 'auto' }));
    await widget.show();
    await server.kill();
    const tryNow = await find(widget, 'button', english.tryNow);
    tryNow.focus();
    tryNow.click();
    await (dialogOf(widget).getRootNode() as ShadowRoot & { host: CwPanel }).host.updateComplete;
    expect(textOf(widget)).to.include(english.connecting);
    expect(focused()).to.equal(tryNow);
    await sees(widget, english.reconnecting);
    await server.restart();
    tryNow.click();
    await seesNoMore(widget, english.tryNow);
    expect(dialogOf(widget).matches(':focus-within')).to.equal(true);
    (await boxOf(widget)).focus();
  });
});

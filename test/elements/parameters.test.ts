import { expect } from '@open-wc/testing';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { mount, ready, unmountAll } from './widgets.ts';

describe('<chat-widget>, of what rules ask,', () => {
  const address = location.href;
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(async () => {
    history.replaceState(null, '', address);
    await unmountAll();
  });
  after(() => server.dispose());

  it('compares, and knows page, language and where the visit came from', async () => {
    const widget = await ready(mount(server, { session: 'auto', visitor: '{"custom":{"plan":"pro"}}' }));
    expect(await widget.compare('Pro', '=', 'pro')).to.equal(true);
    const { compare, getParameterValue } = await widget.outreach().then((outreach) => ({
      compare: outreach.compare.bind(outreach),
      getParameterValue: outreach.getParameterValue.bind(outreach),
    }));
    await until(() => getParameterValue('language') !== undefined);
    expect(compare(getParameterValue('page_url'), '=', location.href)).to.equal(true);
    expect(getParameterValue('language')).to.equal(navigator.language.slice(0, 2).toLowerCase());
    expect(getParameterValue('custom.plan')).to.equal('pro');
    expect([getParameterValue('country'), getParameterValue('nonsense')]).to.deep.equal([undefined, undefined]);
    // The visit landed without any, wherever a router goes.
    history.replaceState(null, '', '?utm_source=ads');
    expect(getParameterValue('utm_source')).to.equal(undefined);
    await widget.trackPage({ url: '/pricing' });
    expect(getParameterValue('page_url')).to.equal(new URL('/pricing', location.href).href);
  });
});

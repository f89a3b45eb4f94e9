import { expect } from '@open-wc/testing';
import type { Identity } from '../../src/api/chat-client.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { mount, next, ready, settled, unmountAll } from './widgets.ts';

describe('what <chat-widget> tells the author of the page in the console', () => {
  let server: ChatServer;
  let warnings: string[] = [];
  const warn = console.warn.bind(console);

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => {
    warnings = [];
    console.warn = (words: unknown) => void warnings.push(String(words));
  });
  afterEach(async () => {
    console.warn = warn;
    await unmountAll();
  });
  after(() => server?.dispose());

  const settings = (groups: object) => server.request('PATCH', '/v1/inboxes/demo', { settings: groups });
  const advised = () => until(() => warnings.length > 0, 'nothing was said');

  it('asks, once, whether the page is among the trusted domains when its first request fails', async () => {
    await settings({ security: { trustedDomains: ['shop.example'] } });
    for (let n = 0; n < 2; n++) {
      const widget = mount(server, { session: 'auto', persist: 'none' });
      await next(widget, 'chat-error');
      await advised();
      await unmountAll();
    }
    await settled();
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include(server.url);
    expect(warnings[0]).to.match(new RegExp(`from ${location.origin}\\..*trusted domains`));
    await settings({ security: { trustedDomains: [] } });
  });

  it('says once that a proof was not believed and what to look at, and tells no secret', async () => {
    const attributes = { email: 'wrong@advice.example', 'auth-token': '0'.repeat(64), persist: 'none' };
    const widget = await ready(mount(server, attributes));
    await advised();
    const { email, 'auth-token': authToken } = attributes;
    const again = await widget.identify({ email, authToken }).catch(({ code }: { code: string }) => code);
    expect(again).to.equal('invalid_proof');
    await settled();
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include('(invalid_proof): The proof does not fit the e-mail.');
    expect(warnings[0]).to.not.include(email);
    expect(warnings[0]).to.not.include(authToken);
  });

  it('says so of a proof without an e-mail, and of a misspelt member of identify()', async () => {
    const widget = await ready(mount(server, { 'auth-token': '0'.repeat(64) }));
    expect(warnings.join()).to.equal('<chat-widget>: auth-token without email was ignored.');
    widget.authToken = '';
    await widget.identify({ emial: 'ada@advice.example' } as unknown as Identity);
    expect(warnings.slice(1).join()).to.equal('<chat-widget>: identify() does not know emial.');
  });

  it('names once the attributes that the inbox does not know, where it keeps known ones only', async () => {
    await settings({ identity: { knownAttributesOnly: true } });
    const widget = await ready(mount(server, { session: 'auto', persist: 'none' }));
    await until(() => widget.contact !== null, 'there is no session');
    await widget.identify({ visitor: { custom: { shoes: 43, hats: 2 } } });
    await advised();
    await widget.identify({ visitor: { custom: { shoes: 43, hats: 2 } } });
    await settled();
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include('does not know: shoes, hats.');
    await settings({ identity: { knownAttributesOnly: false } });
  });
});

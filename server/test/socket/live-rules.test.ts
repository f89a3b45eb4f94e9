import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import { LocalBus } from '../../src/bus/local-bus.ts';
import { InboxDirectory } from '../../src/inbox-directory.ts';
import type { Inbox } from '../../src/inbox-directory.ts';
import { RuleWatch } from '../../src/socket/rule-watch.ts';
import { topics } from '../../src/topics.ts';
import { uuid } from '../support/ids.ts';
import { addInbox, patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import type { TestSocket } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer({ config: { trustedProxies: ['127.0.0.1'] } });
  await addInbox(server, 'other');
});
after(() => server.close());
beforeEach(() => patchInbox(server, { security: { blockedIps: [], trustedDomains: [], whoMayTalk: 'everybody' } }));

const PATH = '/v1/widget/demo/socket';

async function open(headers: Record<string, string>): Promise<TestSocket> {
  const { token } = await server.session();
  const socket = await server.socket(PATH, headers);
  await socket.hello({ token });
  return socket;
}

async function talks(socket: TestSocket): Promise<void> {
  const clientId = uuid();
  socket.send({ type: 'send', conversationId: uuid(), clientId, text: 'still here', start: true });
  await socket.next('entry', ({ entry }) => 'clientId' in entry && entry.clientId === clientId);
}

describe('Open sockets', () => {
  it('of a site that is not trusted any more are closed at once, for good; the others stay [hostile 64]', async () => {
    const [shop, blog, own] = [
      await open({ origin: 'https://shop.example' }),
      await open({ origin: 'https://blog.example' }),
      await open({ origin: server.url }),
    ];
    const early = await server.socket(PATH, { origin: 'https://blog.example' });
    const bare = await open({});
    await patchInbox(server, { security: { trustedDomains: ['shop.example', 'blog.example'] } });
    assert.equal(await bare.closed, CloseCode.refused, 'it never said where it comes from');
    await talks(blog);
    await patchInbox(server, { security: { trustedDomains: ['shop.example'] } });
    assert.deepEqual([await blog.closed, await early.closed], [CloseCode.refused, CloseCode.refused]);
    await talks(shop);
    await talks(own);
    await assert.rejects(server.socket(PATH, { origin: 'https://blog.example' }), { status: 403 });
  });

  it('of an address that was blocked are closed at once; the others stay', async () => {
    const at = (address: string) => open({ 'x-forwarded-for': address });
    const [one, mapped, six, other] = [
      await at('203.0.113.9'),
      await at('::ffff:203.0.113.10'),
      await at('2001:db8::1'),
      await at('198.51.100.1'),
    ];
    await patchInbox(server, { security: { blockedIps: ['203.0.113.0/24'] } });
    assert.deepEqual([await one.closed, await mapped.closed], [CloseCode.refused, CloseCode.refused]);
    await talks(six);
    await patchInbox(server, { security: { blockedIps: ['203.0.113.0/24', '2001:db8::/32'] } });
    assert.equal(await six.closed, CloseCode.refused);
    await talks(other);
  });

  it('of visitors who have proven nothing are closed when the inbox wants proofs; verified ones stay', async () => {
    const anonymous = await open({});
    const verified = await server.socket(PATH);
    await verified.hello({ token: (await server.verified('v@x.test')).token });
    await patchInbox(server, { security: { whoMayTalk: 'verified' } });
    assert.equal(await anonymous.closed, CloseCode.refused);
    await talks(verified);
  });

  it('of another inbox have rules of their own', async () => {
    const { body } = await server.request<{ token: string }>('/v1/widget/other/sessions', { method: 'POST', body: {} });
    const there = await server.socket('/v1/widget/other/socket', { origin: 'https://blog.example' });
    await there.hello({ token: body.token });
    const here = await open({ origin: 'https://blog.example' });
    await patchInbox(server, { security: { trustedDomains: ['shop.example'] } });
    assert.equal(await here.closed, CloseCode.refused);
    await talks(there);
  });

  it('stay when other settings are saved', async () => {
    const socket = await open({ origin: 'https://shop.example' });
    await patchInbox(server, { security: { trustedDomains: ['shop.example'] } });
    await patchInbox(server, { appearance: { teamName: 'Helpers' } });
    await socket.next('settings', ({ settings }) => settings.appearance.teamName === 'Helpers');
    await talks(socket);
  });
});

describe('A node', () => {
  it('holds its own sockets to rules that another node has saved', async () => {
    const { store } = server.chat;
    const bus = new LocalBus();
    const inboxes = new InboxDirectory(store, bus, Date.now);
    const watch = new RuleWatch({ inboxes, log: server.chat.app.log });
    const { promise: heard, resolve: hear } = Promise.withResolvers<Inbox>();
    assert.deepEqual((await inboxes.get('demo')).settings.security.blockedIps, []);
    watch.add('demo', { comply: hear });
    watch.add('other', { comply: () => assert.fail('nothing was saved there') });
    await patchInbox(server, { security: { blockedIps: ['203.0.113.9'] } });
    // What the bus brings from the other node.
    bus.publish(topics.settings('demo'), '{}');
    assert.deepEqual((await heard).settings.security.blockedIps, ['203.0.113.9']);
    watch.close();
    inboxes.close();
  });
});

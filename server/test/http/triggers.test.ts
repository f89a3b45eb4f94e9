import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { ErrorBody, Trigger, WidgetSettingsAnswer } from '../../../src/api/protocol.ts';
import type { TriggerVerdict } from '../../src/trigger-rules.ts';
import { addInbox, asAgent, patchInbox, signInAgent } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
  await addInbox(server, 'berlin');
});
after(() => server.close());
afterEach(deleteAll);

const SALE = { kind: 'invitation', name: 'Sale', message: 'Half price today!' };

const post = (body: object) => server.api<Trigger & ErrorBody>('/v1/triggers', { method: 'POST', body });
const patch = (id: string, body: object) =>
  server.api<Trigger & ErrorBody>(`/v1/triggers/${id}`, { method: 'PATCH', body });

async function make(more: object = {}): Promise<Trigger> {
  const { status, body } = await post({ ...SALE, ...more });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

async function list(query = ''): Promise<readonly Trigger[]> {
  return (await server.api<{ triggers: Trigger[] }>(`/v1/triggers${query}`)).body.triggers;
}

/** What widgets of the demo inbox get. */
async function told(): Promise<WidgetSettingsAnswer['triggers']> {
  return (await server.widget<WidgetSettingsAnswer>('/settings')).body.triggers;
}

async function deleteAll(): Promise<void> {
  for (const { id } of await list()) {
    assert.equal((await server.api(`/v1/triggers/${id}`, { method: 'DELETE' })).status, 204);
  }
}

const faultOf = ({ status, body }: Answer<ErrorBody>) => [status, body.error?.field];

describe('A trigger', () => {
  it('is made with what it says and when, changed and deleted', async () => {
    const made = await make();
    const { id, ...rest } = made;
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(rest, {
      ...{ ...SALE, inboxId: 'demo', enabled: true, priority: 0, conditions: [], delaySeconds: 0 },
      frequency: { times: 1, days: 0 },
    });
    const conditions = [['page_url', 'contains', '/sale']];
    const changed = await patch(id, { conditions, priority: 5 });
    assert.deepEqual(changed.body, { ...made, conditions, priority: 5 });
    assert.deepEqual((await server.api(`/v1/triggers/${id}`)).body, changed.body);
    await deleteAll();
    assert.deepEqual(await list(), []);
    assert.equal((await patch(id, { priority: 1 })).status, 404);
  });

  it('says at its place what cannot be taken', async () => {
    const { id } = await make();
    const wrong: [object, string][] = [
      [{ message: ' ' }, '/message'],
      [{ name: '' }, '/name'],
      [{ conditions: [true, ['page', '=', 'x']] }, '/conditions/1/0'],
      [{ conditions: [['page_url', 'is', 'x']] }, '/conditions/0/1'],
      [{ conditions: [['time_on_page', '>', 'long']] }, '/conditions/0/2'],
      [{ conditions: [['page_url', 'contains', 'x'.repeat(2_049)]] }, '/conditions/0/2'],
      [{ conditions: ['always'] }, '/conditions/0'],
      [{ delaySeconds: -1 }, '/delaySeconds'],
      [{ frequency: { times: 0, days: 1 } }, '/frequency/times'],
      [{ priority: 1.5 }, '/priority'],
      [{ colour: 'red' }, '/colour'],
    ];
    for (const [body, field] of wrong) {
      assert.deepEqual(faultOf(await post({ ...SALE, ...body })), [400, field], JSON.stringify(body));
      assert.deepEqual(faultOf(await patch(id, body)), [400, field], JSON.stringify(body));
    }
    assert.deepEqual(faultOf(await post({ ...SALE, kind: 'poster' })), [400, '/kind']);
    assert.deepEqual(faultOf(await post({ ...SALE, inboxId: 'nowhere' })), [400, '/inboxId']);
    assert.deepEqual(faultOf(await patch(id, { kind: 'bot' })), [400, '/kind'], 'it stays what it is');
  });

  it('is an admin’s affair, and a key’s of its inbox', async () => {
    const { id } = await make();
    const berlin = await make({ inboxId: 'berlin' });
    const byAgent = asAgent(server, await signInAgent(server));
    assert.equal((await byAgent('/v1/triggers')).status, 403);
    const byAdmin = asAgent(server, await server.cookie());
    const key = async (permission: string) => {
      const body = { name: permission, permissions: [permission], inboxId: 'berlin' };
      return (await byAdmin<{ key: string }>('/v1/api-keys', { method: 'POST', body })).body.key;
    };
    assert.equal((await server.api('/v1/triggers', { token: await key('contacts') })).status, 403);
    const token = await key('settings');
    const seen = await server.api<{ triggers: Trigger[] }>('/v1/triggers', { token });
    assert.deepEqual(seen.body.triggers, [berlin]);
    assert.equal((await server.api(`/v1/triggers/${id}`, { token })).status, 404);
    assert.equal((await server.api(`/v1/triggers/${id}`, { token, method: 'DELETE' })).status, 404);
    const foreign = { ...SALE, inboxId: 'demo' };
    assert.equal((await server.api('/v1/triggers', { token, method: 'POST', body: foreign })).status, 403);
    const own = await server.api<Trigger>('/v1/triggers', { token, method: 'POST', body: SALE });
    assert.equal(own.body.inboxId, 'berlin');
    assert.deepEqual(await list('?inbox=berlin'), [berlin, own.body]);
  });
});

describe('A widget', () => {
  it('gets the enabled triggers of its inbox in their order, and nothing that is for the team', async () => {
    assert.equal(await told(), undefined);
    await make({ inboxId: 'berlin' });
    await make({ enabled: false });
    const quiet = await make();
    const loud = await make({ priority: 3, message: 'Look!', delaySeconds: 2 });
    const { inboxId: _inbox, name: _name, enabled: _enabled, priority: _priority, ...forWidgets } = loud;
    const [first, second, ...none] = (await told()) ?? [];
    assert.deepEqual(first, forWidgets);
    assert.equal(second?.id, quiet.id);
    assert.deepEqual(none, []);
    await deleteAll();
    assert.equal(await told(), undefined);
  });

  it('that is open hears of each change, and of none is told by other settings that there are none', async () => {
    const socket = await visitor(server);
    const texts = async () => (await socket.next('settings')).settings.triggers?.map(({ message }) => message);
    const { id } = await make();
    assert.deepEqual(await texts(), ['Half price today!']);
    await patch(id, { message: 'Last day!' });
    assert.deepEqual(await texts(), ['Last day!']);
    await patchInbox(server, { appearance: { teamName: 'Night shift' } });
    assert.deepEqual(await texts(), ['Last day!']);
    await patch(id, { enabled: false });
    assert.equal(await texts(), undefined);
  });
});

describe('The test of triggers', () => {
  const test = async (body: object) => {
    const answer = await server.api<{ triggers: TriggerVerdict[] } & ErrorBody>('/v1/triggers/test', {
      ...{ method: 'POST', body },
    });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.triggers.map(({ name, shown, reasons }) => [name, shown, ...reasons.map(told)]);
    function told({ field, message }: TriggerVerdict['reasons'][number]): string {
      return `${field}: ${message}`;
    }
  };

  it('says which one is shown, and of each other why not', async () => {
    await make({ name: 'Late', priority: 9, delaySeconds: 30 });
    await make({
      name: 'Sale',
      priority: 5,
      conditions: [
        ['page_url', 'contains', '/sale'],
        ['visits', '>=', 2],
      ],
    });
    await make({
      name: 'Ad',
      conditions: [
        ['utm_source', '=', 'mail'],
        ['agents_online', '=', false],
      ],
    });
    await make({ name: 'Off', priority: -1, enabled: false });
    const off = ['Off', false, '/enabled: It is switched off.'];
    assert.deepEqual(await test({ url: 'https://shop.example/sale?utm_source=Mail', facts: { visits: 2 } }), [
      ['Late', false, '/delaySeconds: “Sale” comes first.'],
      ['Sale', true],
      ['Ad', false, '/priority: “Sale” comes first.'],
      off,
    ]);
    assert.deepEqual(await test({ url: 'https://shop.example/', facts: { agents_online: true } }), [
      ['Late', true],
      [
        ...['Sale', false, '/conditions/0: Page URL is “https://shop.example/”: it should contain “/sale”.'],
        '/conditions/1: Number of visits is not known: it should be at least 2.',
      ],
      [
        ...['Ad', false, '/conditions/0: UTM source is not known: it should be “mail”.'],
        '/conditions/1: Somebody is online is true: it should be false.',
      ],
      off,
    ]);
  });

  it('says what it does not understand', async () => {
    const wrong = async (body: object) =>
      faultOf(await server.api<ErrorBody>('/v1/triggers/test', { method: 'POST', body }));
    assert.deepEqual(await wrong({ url: '/sale' }), [400, '/url']);
    assert.deepEqual(await wrong({ url: 'https://x.test', facts: { mood: 'good' } }), [400, '/facts/mood']);
    assert.deepEqual(await wrong({ url: 'https://x.test', inboxId: 'nowhere' }), [404, undefined]);
  });
});

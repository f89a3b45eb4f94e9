import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AgentContact, AttributeDefinition, ErrorBody, SessionAnswer } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { asAgent, defineAttribute, patchInbox, signInAgent } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { say, visitor } from '../support/socket.ts';

type Attribute = AttributeDefinition & ErrorBody;

let server: TestServer;
/** Of an agent who is no admin. */
let cookie: string;
before(async () => {
  server = await startServer();
  await defineAttribute(server, 'plan', 'list', { label: 'Price plan', options: ['free', 'pro'], writers: ['api'] });
  await defineAttribute(server, 'seats', 'number', { writers: ['agent', 'visitor'] });
  await defineAttribute(server, 'since', 'date');
  cookie = await signInAgent(server);
});
after(() => server.close());

const post = (body: object) => server.api<Attribute>('/v1/attributes', { method: 'POST', body });
const byKey = async (key: string) => (await all()).find((each) => each.key === key)!;

async function all(): Promise<readonly AttributeDefinition[]> {
  const { body } = await server.api<{ attributes: AttributeDefinition[] }>('/v1/attributes');
  return body.attributes;
}

/** A new visitor whose page has said this of them. */
async function withData(custom: object): Promise<AgentContact> {
  const body = { visitor: { custom } };
  const { body: session } = await server.widget<SessionAnswer>('/sessions', { method: 'POST', body });
  return contact(session.contact.id);
}

async function contact(id: string): Promise<AgentContact> {
  return (await server.api<AgentContact>(`/v1/contacts/${id}`)).body;
}

function write(id: string, body: object, by?: string): Promise<Answer<AgentContact & ErrorBody>> {
  const path = `/v1/contacts/${id}/attributes`;
  return by ? asAgent(server, by)(path, { method: 'PATCH', body }) : server.api(path, { method: 'PATCH', body });
}

const faultOf = ({ status, body }: Answer<ErrorBody>) => [status, body.error?.field, body.error?.message];

describe('An attribute', () => {
  it('is defined once, for contacts or conversations, with who may write it', async () => {
    const { status, body } = await post({ owner: 'conversation', key: 'topic', label: 'Topic', type: 'string' });
    assert.equal(status, 201);
    const { id, ...rest } = body;
    assert.match(id, /^[0-9a-f-]{36}$/);
    const writers = ['agent', 'visitor', 'api'];
    assert.deepEqual(rest, { owner: 'conversation', key: 'topic', label: 'Topic', type: 'string', writers });
    const again = await post({ owner: 'conversation', key: 'topic', label: 'Other', type: 'number' });
    assert.deepEqual(faultOf(again), [409, '/key', 'There is an attribute with this key already.']);
    assert.deepEqual(
      (await all()).map(({ key }) => key),
      ['plan', 'seats', 'since', 'topic'],
    );
  });

  it('says at its field what cannot be taken', async () => {
    const good = { owner: 'contact', key: 'size', label: 'Size', type: 'string' };
    const wrong: [object, string][] = [
      [{ ...good, key: 'shoe size' }, '/key'],
      [{ ...good, key: 'email' }, '/key'],
      [{ ...good, key: 'constructor' }, '/key'],
      [{ ...good, label: '  ' }, '/label'],
      [{ ...good, type: 'colour' }, '/type'],
      [{ ...good, type: 'list' }, '/options'],
      [{ ...good, options: ['S'] }, '/options'],
      [{ ...good, writers: ['everybody'] }, '/writers/0'],
      [{ ...good, colour: 'red' }, '/colour'],
    ];
    for (const [body, field] of wrong) {
      const answer = await post(body);
      assert.deepEqual([answer.status, answer.body.error?.field], [400, field]);
    }
  });

  it('can be called otherwise, but keeps its key and its type', async () => {
    const { id } = await defineAttribute(server, 'colour', 'list', { options: ['red'] });
    const change = (body: object) => server.api<Attribute>(`/v1/attributes/${id}`, { method: 'PATCH', body });
    const { status, body } = await change({ label: 'Colour', options: ['red', 'blue'], writers: ['agent'] });
    assert.deepEqual([status, body.label, body.options, body.writers], [200, 'Colour', ['red', 'blue'], ['agent']]);
    assert.deepEqual(faultOf(await change({ options: [] })).slice(0, 2), [400, '/options']);
    assert.deepEqual(faultOf(await change({ type: 'string' })).slice(0, 2), [400, '/type']);
    assert.deepEqual(faultOf(await change({ key: 'color' })).slice(0, 2), [400, '/key']);
  });

  it('is seen by agents, and changed by admins alone', async () => {
    const console = asAgent(server, cookie);
    assert.equal((await console('/v1/attributes')).status, 200);
    const body = { owner: 'contact', key: 'mine', label: 'Mine', type: 'string' };
    const { id } = await byKey('plan');
    assert.equal((await console('/v1/attributes', { method: 'POST', body })).status, 403);
    assert.equal((await console(`/v1/attributes/${id}`, { method: 'PATCH', body: { label: 'x' } })).status, 403);
    assert.equal((await console(`/v1/attributes/${id}`, { method: 'DELETE' })).status, 403);
    assert.equal((await server.request('/v1/attributes')).status, 401);
    assert.equal((await server.api(`/v1/attributes/${uuid()}`, { method: 'DELETE' })).status, 404);
  });
});

describe('What a page says of a visitor', () => {
  it('is kept under the key of what it means: by key, with custom. in front, or by label', async () => {
    const { attributes } = await withData({ 'custom.seats': '12', Since: '2026-01-31', shoes: { left: 1 } });
    assert.deepEqual(attributes, { seats: 12, since: '2026-01-31', shoes: { left: 1 } });
  });

  it('writes nothing that visitors may not write, and nothing that is not of its type', async () => {
    const { attributes, unverified } = await withData({ plan: 'pro', seats: 'many', since: '31.1.2026', other: 1 });
    assert.deepEqual(attributes, { other: 1 });
    assert.deepEqual(unverified, ['attributes.other']);
  });

  it('is kept only as far as it is known, where the inbox wants it so', async () => {
    await patchInbox(server, { identity: { knownAttributesOnly: true }, forms: { consent: 'I agree.' } });
    const { attributes } = await withData({ seats: 2, other: 1 });
    assert.deepEqual(attributes, { seats: 2 });
    const { token } = await visitor(server);
    const body = { form: { consent: true } };
    const agreed = await server.widget<SessionAnswer>('/session', { method: 'PATCH', token, body });
    assert.deepEqual(agreed.body.contact.known, ['consent']);
    // And the page hears what was said in vain.
    const said = { visitor: { custom: { 'custom.seats': 2, other: 1, consent: true } } };
    const described = await server.widget<SessionAnswer>('/session', { method: 'PATCH', token, body: said });
    const made = await server.widget<SessionAnswer>('/sessions', { method: 'POST', body: said });
    for (const answer of [described, made]) assert.deepEqual(answer.body.unknownAttributes, ['other']);
    const known = await server.widget<SessionAnswer>('/sessions', { method: 'POST', body: {} });
    assert.equal(known.body.unknownAttributes, undefined);
    await patchInbox(server, { identity: { knownAttributesOnly: false }, forms: { consent: '' } });
  });
});

describe('A form before a conversation', () => {
  const form = (preChat: object[]) => patchInbox(server, { forms: { preChat: preChat as never } });
  const fault = async (field: object) => {
    const { status, body } = await form([
      { key: 'name', label: 'Name' },
      { label: 'It', ...field },
    ]);
    return [status, (body as unknown as ErrorBody).error.field, (body as unknown as ErrorBody).error.message];
  };
  const at = (place: string) => `/settings/forms/preChat/1/${place}`;

  it('asks for what is known only, and says at its field what is not', async () => {
    assert.deepEqual(await fault({ key: 'shoes' }), [
      ...[400, at('key')],
      'There is no attribute “shoes” yet. Make it under Attributes, then ask for it.',
    ]);
    assert.deepEqual(await fault({ key: 'plan', type: 'list', options: ['pro'] }), [
      ...[400, at('key')],
      'Visitors may not write “plan”. Allow it under Attributes, or ask for another one.',
    ]);
    assert.deepEqual(await fault({ key: 'seats', type: 'text' }), [
      ...[400, at('type')],
      '“seats” is a number: ask for it as number.',
    ]);
    const taken = await form([{ key: 'seats', label: 'How many?', type: 'number' }]);
    assert.equal(taken.status, 200);
  });

  it('keeps its attribute from being deleted', async () => {
    const { id } = await byKey('seats');
    const refused = await server.api<ErrorBody>(`/v1/attributes/${id}`, { method: 'DELETE' });
    assert.equal(refused.status, 409);
    assert.match(refused.body.error.message, /A form of .+ asks for it/);
    await form([]);
    const spare = await defineAttribute(server, 'spare');
    assert.equal((await server.api(`/v1/attributes/${spare.id}`, { method: 'DELETE' })).status, 204);
    assert.equal(
      (await all()).some(({ key }) => key === 'spare'),
      false,
    );
  });

  it('that was saved before attributes were defined stays as it is', async () => {
    const { inboxes } = server.chat.store;
    const { settingsVersion: version } = (await inboxes.find('demo'))!;
    const settings = { forms: { preChat: [{ key: 'older', label: 'Older' }] } };
    await inboxes.saveSettings('demo', { settings, version });
    const { status } = await patchInbox(server, { appearance: { teamName: 'Crew' } });
    assert.equal(status, 200);
    await form([]);
  });
});

describe('An agent', () => {
  it('writes what is known of a contact, which counts as verified, and takes it away', async () => {
    const { id } = await withData({ seats: 3, other: 1 });
    const { status, body } = await write(id, { seats: '4', since: '2026-11-20' }, cookie);
    assert.equal(status, 200);
    assert.deepEqual(body.attributes, { seats: 4, other: 1, since: '2026-11-20' });
    assert.deepEqual(body.unverified, ['attributes.other']);
    assert.deepEqual((await write(id, { since: null }, cookie)).body.attributes, { seats: 4, other: 1 });
    assert.deepEqual((await contact(id)).attributes, { seats: 4, other: 1 });
  });

  it('is told at its field what cannot be written, and nothing is', async () => {
    const { id } = await withData({ seats: 3 });
    const tries: [object, string, RegExp][] = [
      [{ seats: 4, shoes: 1 }, '/shoes', /There is no attribute “shoes”/],
      [{ plan: 'pro' }, '/plan', /Agents may not write “Price plan”/],
      [{ seats: 'many' }, '/seats', /“seats” must be a number/],
      [{ since: '2026-02-30' }, '/since', /must be a date such as/],
    ];
    for (const [body, field, words] of tries) {
      const [status, at, message] = faultOf(await write(id, body, cookie));
      assert.deepEqual([status, at], [400, field]);
      assert.match(String(message), words);
    }
    assert.deepEqual((await contact(id)).attributes, { seats: 3 });
    assert.equal((await write(uuid(), { seats: 1 }, cookie)).status, 404);
    assert.equal((await write(id, { plan: 'gold' })).status, 400, 'no such choice');
    assert.deepEqual((await write(id, { plan: 'pro' })).body.attributes, { seats: 3, plan: 'pro' }, 'a back end may');
    assert.equal((await write(id, { seats: 1 })).status, 400, 'a back end may not');
  });

  it('writes what is known of a conversation', async () => {
    const socket = await visitor(server);
    const id = uuid();
    await say(socket, id, 'Hello', true);
    const console = asAgent(server, cookie);
    const path = `/v1/conversations/${id}/attributes`;
    type Kept = { attributes: object } & ErrorBody;
    assert.deepEqual((await console<Kept>(path)).body.attributes, {});
    const { body } = await console<Kept>(path, { method: 'PATCH', body: { topic: 'Zips' } });
    assert.deepEqual(body.attributes, { topic: 'Zips' });
    assert.deepEqual((await console<Kept>(path)).body.attributes, { topic: 'Zips' });
    const strange = await console<Kept>(path, { method: 'PATCH', body: { seats: 1 } });
    assert.deepEqual(faultOf(strange).slice(0, 2), [400, '/seats'], 'that is one of contacts');
    assert.equal((await console(`/v1/conversations/${uuid()}/attributes`)).status, 404);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ErrorBody, TrailItem, TrailPage, TrailReport } from '../../../src/api/protocol.ts';
import type { ContactData } from '../../src/export-contact.ts';
import { forgetTrails } from '../../src/forget-trails.ts';
import { hashToken } from '../../src/identity/token.ts';
import { uuid } from '../support/ids.ts';
import { addInbox, asAgent, patchInbox, signInAgent } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { agent, say, visitor } from '../support/socket.ts';

const DAY_MS = 24 * 60 * 60_000;

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const view = (url: string, more: object = {}): TrailReport => ({ type: 'page', id: uuid(), ageMs: 0, url, ...more });
const event = (name: string, more: object = {}): TrailReport => ({
  type: 'event',
  id: uuid(),
  ageMs: 0,
  name,
  ...more,
});

const report = (token: string, ...items: unknown[]): Promise<Answer<ErrorBody>> =>
  server.widget('/trail', { method: 'POST', token, body: { items } });

const trailOf = async (contactId: string, query = ''): Promise<TrailPage> =>
  (await server.api<TrailPage>(`/v1/contacts/${contactId}/trail${query}`)).body;

const wordsOf = (items: readonly TrailItem[]) => items.map((item) => (item.type === 'page' ? item.url : item.name));

describe('What a page reports of its visitor', () => {
  it('is kept in the order in which it was, by the server’s clock, each once, for back ends and agents', async () => {
    const { token, contact } = await server.session();
    const bags = view('https://shop.example/bags#red', {
      title: 'Bags',
      referrer: 'https://search.example/',
      ageMs: 5000,
    });
    const cart = event('added to cart', {
      data: { bag: 'red', count: 2 },
      url: 'https://shop.example/bags',
      ageMs: 1000,
    });
    const from = Date.now();
    assert.equal((await report(token, bags, cart)).status, 204);
    assert.equal((await report(token, cart, view('https://shop.example/pay'))).status, 204);
    const { items, cursor } = await trailOf(contact.id);
    assert.equal(cursor, undefined);
    assert.deepEqual(wordsOf(items), ['https://shop.example/pay', 'added to cart', 'https://shop.example/bags#red']);
    const { ageMs: _one, ...said } = cart;
    const { at, ...kept } = items[1]!;
    assert.deepEqual(kept, said);
    assert.ok(Math.abs(at - (from - 1000)) < 30_000);
    assert.deepEqual(wordsOf((await trailOf(String(contact.number), '?type=event')).items), ['added to cart']);
    const first = await trailOf(contact.id, '?limit=2');
    assert.deepEqual(wordsOf((await trailOf(contact.id, `?limit=2&before=${first.cursor}`)).items), [
      'https://shop.example/bags#red',
    ]);
    const cookie = await signInAgent(server);
    assert.equal((await asAgent(server, cookie)<TrailPage>(`/v1/contacts/${contact.id}/trail`)).body.items.length, 3);
  });

  it('is refused when it cannot be right, with its place; then nothing of the request is kept', async () => {
    const { token, contact } = await server.session();
    const fine = view('https://shop.example/');
    const wrong = [
      [view('javascript:alert(1)'), '/items/1/url'],
      [view('/bags'), '/items/1/url'],
      [view(`https://shop.example/${'x'.repeat(2_048)}`), '/items/1/url'],
      [view('https://shop.example/', { referrer: 'file:///etc/passwd' }), '/items/1/referrer'],
      [view('https://shop.example/', { title: 'a\0b' }), '/items/1/title'],
      [event(''), '/items/1/name'],
      [event('n'.repeat(101)), '/items/1/name'],
      [event('big', { data: { all: 'x'.repeat(2_048) } }), '/items/1/data'],
      [event('list', { data: [1] }), '/items/1/data'],
      [event('early', { ageMs: 2 * DAY_MS }), '/items/1/ageMs'],
      [{ ...event('mine'), id: 'mine' }, '/items/1/id'],
      [{ ...event('x'), type: 'click' }, '/items/1'],
    ] as const;
    for (const [item, place] of wrong) {
      const { status, body } = await report(token, fine, item);
      assert.deepEqual(
        [status, body.error.code, body.error.field?.slice(0, place.length)],
        [400, 'bad_request', place],
      );
    }
    assert.equal((await report(token)).status, 400);
    assert.equal((await report(token, ...Array.from({ length: 6 }, () => fine))).status, 400);
    assert.deepEqual((await trailOf(contact.id)).items, []);
  });

  it('is taken of whoever has a session here, as their own, and not without end', async (t) => {
    assert.equal((await report('x'.repeat(43), view('https://shop.example/'))).status, 401);
    const strict = await startServer({ limits: { trailPerContact: 2 } });
    t.after(() => strict.close());
    const { token } = await strict.session();
    for (const status of [204, 204, 429]) {
      const body = { items: [view('https://shop.example/')] };
      const answer = await strict.widget('/trail', { method: 'POST', token, body });
      assert.equal(answer.status, status);
    }
  });

  it('reaches agents at once where there is a conversation, and no visitor ever', async () => {
    const desk = await agent(server);
    const guest = await server.session();
    const socket = await visitor(server, guest);
    await report(guest.token, view('https://shop.example/before'));
    await say(socket, uuid(), 'hello', true);
    const [bags, cart] = [view('https://shop.example/bags'), event('cart')];
    await report(guest.token, bags, cart);
    await report(guest.token, bags);
    const fence = event('fence');
    await report(guest.token, fence);
    const told = await desk.next('trail', ({ items }) => items[0]?.id === bags.id);
    assert.deepEqual([told.contactId, wordsOf(told.items)], [guest.contact.id, ['https://shop.example/bags', 'cart']]);
    await desk.next('trail', ({ items }) => items[0]?.id === fence.id);
    assert.equal(desk.seen.filter(({ type }) => type === 'trail').length, 2, 'nobody hears the same twice');
    await say(socket, uuid(), 'fence', true);
    assert.ok(!socket.seen.some(({ type }) => type === 'trail'));
  });

  it('is seen with whom the visitor turned out to be, also what they did before', async () => {
    const guest = await server.session();
    await report(guest.token, view('https://shop.example/as-nobody'));
    const email = 'trail@shop.example';
    const ada = await server.session({ email, authToken: await server.sign(email) }, guest.token);
    await report(ada.token, view('https://shop.example/as-ada'));
    const both = ['https://shop.example/as-ada', 'https://shop.example/as-nobody'];
    for (const id of [ada.contact.id, guest.contact.id]) assert.deepEqual(wordsOf((await trailOf(id)).items), both);
    const whole = await server.api<ContactData>(`/v1/contacts/${ada.contact.id}/data`);
    assert.deepEqual(wordsOf(whole.body.trail), both);
    const own = await server.widget<ContactData>('/contact/data', { token: ada.token });
    assert.deepEqual(wordsOf(own.body.trail), both.slice(0, 1));
  });

  it('is kept as long as the inbox says, and no longer', async () => {
    const { token, contact } = await server.session();
    await report(token, view('https://shop.example/'));
    const { store } = server.chat;
    const after = (days: number) => forgetTrails({ store, now: () => Date.now() + days * DAY_MS });
    await after(29);
    assert.equal((await trailOf(contact.id)).items.length, 1);
    await patchInbox(server, { behaviour: { trailDays: 7 } });
    assert.ok((await after(8)) > 0);
    assert.deepEqual((await trailOf(contact.id)).items, []);
    assert.equal((await patchInbox(server, { behaviour: { trailDays: 0 } })).status, 400);
  });

  it('is for no key without the permission, or of another inbox, and for nobody without one', async () => {
    const { contact } = await server.session();
    const { apiKeys } = server.chat.store;
    await addInbox(server, 'another');
    await apiKeys.create({ keyHash: hashToken('weak-key'), name: 'Weak', permissions: ['conversations'] });
    const bound = { name: 'Bound', permissions: ['contacts' as const], inboxId: 'another' };
    await apiKeys.create({ keyHash: hashToken('bound-key'), ...bound });
    const who = [
      [{ token: 'weak-key' }, 403],
      [{ token: 'bound-key' }, 404],
      [{}, 401],
    ] as const;
    for (const [caller, status] of who) {
      assert.equal((await server.request(`/v1/contacts/${contact.id}/trail`, caller)).status, status);
    }
    assert.equal((await server.api(`/v1/contacts/${uuid()}/trail`)).status, 404);
  });
});

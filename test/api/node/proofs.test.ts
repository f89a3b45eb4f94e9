/** Every way in which a page can say who the visitor is, in plain Node, against the server. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentContact } from '../../../src/api/protocol.ts';
import { stateOf } from './eventually.ts';
import { signJwt, signVisitorData, signVisitorId, takeEveryProof } from './proofs.ts';
import { heard, sessionRequests, World } from './world.ts';

const world = new World({}, takeEveryProof);

async function agentsSee(id: string): Promise<AgentContact> {
  const { body } = await world.server.request('GET', `/v1/contacts/${id}`);
  return body as AgentContact;
}

async function mint(email: string, names: object = {}): Promise<string> {
  const path = '/conversations/v3/visitor-identification/tokens/create';
  const { body } = await world.server.request('POST', path, { email, ...names });
  return (body as { token: string }).token;
}

describe('a page proves who the visitor is', { timeout: 60_000 }, () => {
  it('by a signed e-mail, a JWT, a minted token or Chaport’s, each taken once', async () => {
    const email = (scheme: string) => `${scheme}@proofs.example`;
    const visitor = { name: 'Cho', email: email('data'), custom: { plan: 'pro' } };
    const visitorId = 'bbbdf059-ccb4-4a12-8845-e9a998943f1e';
    const identities = {
      email: { email: email('email'), authToken: await world.server.sign(email('email')), firstName: 'Eva' },
      jwt: { jwt: signJwt('jwt-1', email('jwt')) },
      minted: { email: email('minted'), identificationToken: await mint(email('minted')), lastName: '' },
      login: { visitorId, visitorToken: signVisitorId(visitorId) },
      data: { visitor, visitorHash: signVisitorData(visitor) },
    };
    for (const [scheme, identity] of Object.entries(identities)) {
      const client = world.visitor();
      const identified = heard(client, 'identified');
      const requests = sessionRequests();
      await client.boot(identity);
      await client.identify(identity);
      requests.stop();
      const { contact } = client.state;
      assert.equal(contact?.verification, 'verified', scheme);
      assert.equal(contact.email, scheme === 'login' ? null : email(scheme));
      assert.equal(requests.made.length, 1, scheme);
      assert.deepEqual(
        identified.map((event) => event.contact.id),
        [contact.id],
        scheme,
      );
    }
  });

  it('whose JWT says so by the site’s own id: another token of the same user makes no request', async () => {
    const client = world.visitor();
    await client.boot({ jwt: signJwt('same', 'same@jwt.example') });
    const requests = sessionRequests();
    const inAMinute = await client.identify({ jwt: signJwt('same', 'same@jwt.example', Date.now() + 120_000) });
    await client.identify({ jwt: signJwt('same', 'same@jwt.example', Date.now() - 1_000) });
    await client.identify({ email: 'Same@JWT.example' });
    assert.deepEqual(requests.made, []);
    const another = await client.identify({ jwt: signJwt('Same', 'another@jwt.example') });
    requests.stop();
    assert.notEqual(another.id, inAMinute.id);
    assert.equal(another.email, 'another@jwt.example');
  });

  it('whose e-mail has changed at the site: the same contact, the new e-mail', async () => {
    const client = world.visitor();
    await client.boot({ jwt: signJwt('moved', 'before@jwt.example') });
    const { id } = client.state.contact!;
    await client.send(client.startConversation(), 'before');
    const contact = await client.identify({ jwt: signJwt('moved', 'after@jwt.example') });
    assert.deepEqual([contact.id, contact.email], [id, 'after@jwt.example']);
    assert.equal(client.state.conversations.length, 1);
  });

  it('wrongly by a JWT, and the visitor goes on as somebody whom nobody knows', async () => {
    const client = world.visitor();
    const errors = heard(client, 'error');
    await client.boot({ jwt: `${signJwt('u', 'u@jwt.example').slice(0, -2)}xx` });
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['invalid_proof'],
    );
    assert.equal(client.state.contact, null);
    const requests = sessionRequests();
    await client.send(client.startConversation(), 'hello');
    requests.stop();
    assert.deepEqual([client.state.contact!.verification, client.state.contact!.email], ['anonymous', null]);
    assert.equal(requests.made.length, 1);
  });

  it('wrongly by a JWT beside an e-mail, which then is a claim', async () => {
    const client = world.visitor();
    await client.boot({ jwt: 'not.a.jwt', email: 'beside@jwt.example' });
    assert.equal(client.state.contact?.verification, 'claimed');
    assert.equal(client.state.contact.email, 'beside@jwt.example');
  });

  it('with nothing, and what is said later joins what was written before, once', async () => {
    const client = world.visitor();
    await client.boot();
    const id = client.startConversation();
    await client.send(id, 'who am I?');
    const visitorId = 'a-visitor';
    await client.identify({ visitorId, visitorToken: signVisitorId(visitorId) });
    await client.send(id, 'that is me');
    assert.equal((await world.stored(id)).length, 2);
    assert.equal((await world.seenByAgents(id)).verification, 'verified');
  });
});

describe('what a page says about a visitor', { timeout: 60_000 }, () => {
  const visitor = { name: 'Kim', phone: '+49 1', notes: 'likes bags', custom: { plan: 'pro' } };

  it('makes no session, and goes along with the first one', async () => {
    const client = world.visitor();
    const requests = sessionRequests();
    await client.boot({ visitor });
    assert.equal(await client.identify({ visitor }), null);
    assert.deepEqual(requests.made, []);
    await client.send(client.startConversation(), 'hello');
    requests.stop();
    assert.equal(requests.made.length, 1);
    const contact = await agentsSee(client.state.contact!.id);
    assert.deepEqual(
      [contact.name, contact.phone, contact.notes, contact.attributes],
      ['Kim', '+49 1', 'likes bags', { plan: 'pro' }],
    );
    assert.deepEqual([...contact.unverified!].sort(), ['attributes.plan', 'name', 'notes', 'phone']);
  });

  it('is told to the server when there is a session, once as long as it is the same', async () => {
    const client = world.visitor({ session: 'auto' });
    await client.boot();
    const before = await stateOf(client, ({ connection }) => connection === 'open');
    const requests = sessionRequests();
    await client.identify({ visitor });
    await client.identify({ visitor: { ...visitor } });
    assert.deepEqual(
      requests.made.map((each) => each.split(' ')[0]),
      ['PATCH'],
    );
    await client.identify({ visitor: { ...visitor, custom: { plan: 'free' } } });
    requests.stop();
    assert.equal(requests.made.length, 2);
    assert.equal(client.state.contact?.name, 'Kim');
    assert.equal(client.state.contact.id, before.contact?.id);
    assert.deepEqual((await agentsSee(before.contact!.id)).attributes, { plan: 'free' });
  });

  it('is refused whole when its hash is wrong, and not taken as unsigned then', async () => {
    const client = world.visitor();
    const email = 'hash@data.example';
    const identity = { email, visitor, visitorHash: '0'.repeat(40) };
    await assert.rejects(client.identify(identity), { code: 'invalid_proof' });
    const { contact } = client.state;
    assert.deepEqual([contact?.verification, contact?.email, contact?.name], ['claimed', email, null]);
    await client.send(client.startConversation(), 'hello');
    assert.equal((await agentsSee(contact!.id)).attributes, undefined);
  });
});

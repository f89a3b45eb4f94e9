/** What this device remembers of who the visitor is, over page loads: in the browser, against the server. */
import { expect } from '@open-wc/testing';
import type { Identity } from '../../src/api/chat-client.ts';
import { deviceClock } from '../../src/api/clock.ts';
import { confirmCode, requestCode } from '../../src/api/email-verification.ts';
import { until } from '../support/until.ts';
import { everythingKept, untilForgotten, untilKept } from './kept-on-this-device.ts';
import { JWT_SECRET, signJwt } from './sign-jwt.ts';
import { isLive, stateOf, texts, World } from './world.ts';

const HOUR_MS = 60 * 60 * 1000;

const world = new World();
before(() => world.server.setSecret('jwt', JWT_SECRET));

const visitor = { name: 'Kim', custom: { plan: 'pro' } };

/** The page is loaded; the router of its application says who it is once more. */
async function load(identity: Identity): Promise<void> {
  const client = await world.booted(identity);
  await client.identify(identity);
  expect(client.state.contact?.verification).to.equal('verified');
  client.close();
}

describe('a visitor whom the page has proven', () => {
  const identities: Record<string, () => Promise<Identity[]>> = {
    'the same JWT': async () => [{ jwt: await signJwt('1', 'one@jwt.example') }],
    'a new JWT each time': async () =>
      Promise.all(
        [1, 2, 3].map(async (n) => ({ jwt: await signJwt('2', 'two@jwt.example', Date.now() + n * 60_000) })),
      ),
    'a JWT that has run out meanwhile': async () => [
      { jwt: await signJwt('3', 'three@jwt.example') },
      { jwt: await signJwt('3', 'three@jwt.example', Date.now() - 1_000) },
    ],
    'a signed e-mail and data about the visitor': async () => [
      { ...(await world.identity('four@kept.example')), visitor } as Identity,
    ],
    'a signed e-mail, then the e-mail alone, also in other letters': async () => [
      await world.identity('five@kept.example'),
      { email: 'five@kept.example' },
      { email: 'Five@Kept.example' },
    ],
  };
  for (const [what, make] of Object.entries(identities)) {
    it(`is asked for once, over ten page loads and as many route changes, with ${what}`, async () => {
      const all = await make();
      for (let page = 0; page < 10; page++) await load(all[page % all.length]);
      expect(world.requests.filter((each) => !each.startsWith('GET'))).to.have.length(1);
    });
  }

  it('is asked for again when the session is over, and not before', async () => {
    const identity = { jwt: await signJwt('ten', 'ten-hours@jwt.example', Date.now() + 24 * HOUR_MS) };
    (await world.booted(identity)).close();
    const at = (ms: number) => ({ ...deviceClock, now: () => Date.now() + ms });
    (await world.booted(identity, { clock: at(9.9 * HOUR_MS) })).close();
    expect(world.sessionsMade).to.equal(1);
    (await world.booted(identity, { clock: at(10.1 * HOUR_MS) })).close();
    expect(world.sessionsMade).to.equal(2);
  });

  it('is somebody to prove again when the browser’s data was cleared', async () => {
    const identity = await world.identity('cleared@kept.example');
    (await world.booted(identity)).close();
    await world.clearDevice();
    (await world.booted(identity)).close();
    expect(world.sessionsMade).to.equal(2);
  });

  it('takes along once what was written here as nobody; nobody’s page shows none of it then', async () => {
    const nobody = await world.booted();
    const id = nobody.startConversation();
    await nobody.send(id, 'who am I?');
    nobody.close();

    const identity = await world.identity('joins@kept.example');
    for (let page = 0; page < 3; page++) {
      const client = await world.booted(identity);
      const { conversations } = await stateOf(client, ({ conversations: own }) => own.length > 0);
      expect(conversations.map((conversation) => conversation.id)).to.deep.equal([id]);
      client.close();
    }
    expect(world.sessionsMade).to.equal(2);

    const again = await world.booted();
    expect(again.state.contact).to.equal(null);
    await again.send(again.startConversation(), 'somebody new');
    expect(again.state.conversations).to.have.length(1);
    again.close();
    // And what was written after the session began joins as well, with the proof that is there again.
    const back = await world.booted(identity);
    await stateOf(back, ({ conversations }) => conversations.length === 2);
  });
});

describe('with persist="anonymous"', () => {
  it('keeps an anonymous session, and of an identified one nothing but what was not sent', async () => {
    const options = { persist: 'anonymous' } as const;
    const nobody = await world.booted(undefined, options);
    await nobody.send(nobody.startConversation(), 'hello');
    nobody.close();
    const again = await world.booted(undefined, options);
    expect(again.state.contact?.id).to.equal(nobody.state.contact?.id);
    again.close();

    const identity = await world.identity('memory@kept.example');
    const ada = await world.booted(identity, options);
    const id = ada.startConversation();
    await ada.send(id, 'one');
    const contactId = ada.state.contact!.id;
    // The echo is there before the device has forgotten what it has sent.
    await until(async () => (await everythingKept()) === '[[],[],{}]', 'something is kept');
    await world.server.kill();
    await stateOf(ada, ({ connection }) => connection === 'waiting');
    void ada.send(id, 'two, unsent').catch(() => {});
    await untilKept('two, unsent');
    const kept = await everythingKept();
    for (const secret of [contactId, 'memory@kept.example', '"token"']) expect(kept).to.not.include(secret);
    ada.close();
    await world.server.restart();

    const somebody = await world.booted(undefined, options);
    expect(somebody.state.contact).to.equal(null);
    expect(somebody.state.threads).to.deep.equal({});
    somebody.close();
    const back = await world.booted(identity, options);
    await back.open(id);
    await stateOf(back, (state) => texts(state, id).length === 2);
    await untilForgotten('two, unsent');
  });
});

describe('logging out', () => {
  it('leaves nothing on the device, not even what was not sent, also when the server cannot be told', async () => {
    const client = await world.booted(await world.identity('leaves@kept.example'));
    const id = client.startConversation();
    await client.send(id, 'one');
    await world.server.kill();
    await stateOf(client, ({ connection }) => connection === 'waiting');
    void client.send(id, 'two, unsent').catch(() => {});
    client.drafts.set(id, 'half a sentence');
    await untilKept('two, unsent', 'half a sentence');
    const why = await client.logout().catch(({ code }: { code: string }) => code);
    expect(why).to.equal('offline');
    expect(JSON.parse(await everythingKept())).to.deep.equal([[], [], {}]);
    expect(client.state.threads).to.deep.equal({});
    await world.server.restart();
  });
});

describe('an e-mail that the visitor has typed', () => {
  it('is proven by the mailed code: the conversation joins, and pages that say nobody know it from then on', async () => {
    const email = 'typed@kept.example';
    const known = await world.booted(await world.identity(email), { persist: 'none' });
    const earlier = known.startConversation();
    await known.send(earlier, 'an earlier order');
    known.close();

    const client = await world.booted();
    const identified: string[] = [];
    client.on('identified', ({ contact }) => identified.push(`${contact.email} ${contact.verification}`));
    const id = client.startConversation();
    await client.send(id, 'it is me');
    expect(await requestCode(client, email)).to.be.greaterThan(Date.now());
    expect(client.state.contact?.verification).to.equal('claimed');
    expect(client.state.conversations).to.have.length(1);
    const code = await world.codeFor(email);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect(await confirmCode(client, wrong).catch(({ code: why }: { code: string }) => why)).to.equal('invalid_proof');
    const contact = await confirmCode(client, code);
    expect(contact.verification).to.equal('verified');
    const { conversations } = await stateOf(client, (state) => isLive(state) && state.conversations.length === 2);
    expect(conversations.map((each) => each.id).sort()).to.deep.equal([earlier, id].sort());
    expect(identified).to.deep.equal([`${email} claimed`, `${email} verified`]);
    client.close();

    const next = await world.booted();
    expect(next.state.contact).to.deep.equal(contact);
    next.close();
    const said = await world.booted({ email });
    expect(said.state.contact).to.deep.equal(contact);
    said.close();
    expect(world.sessionsMade).to.equal(2);
    // Now the page has said it, so a page that says nobody is nobody's.
    expect((await world.booted()).state.contact).to.equal(null);
  });

  it('is nobody’s on a page that says somebody else', async () => {
    const client = await world.booted();
    await client.send(client.startConversation(), 'secret');
    await requestCode(client, 'theirs@kept.example');
    await confirmCode(client, await world.codeFor('theirs@kept.example'));
    client.close();
    const other = await world.booted(await world.identity('others@kept.example'));
    await stateOf(other, isLive);
    expect(other.state.conversations).to.deep.equal([]);
    other.close();
    expect((await world.booted()).state.contact).to.equal(null);
  });

  it('that the page has claimed stays the page’s when it is proven', async () => {
    const email = 'claim@kept.example';
    const client = await world.booted({ email });
    const id = client.startConversation();
    await client.send(id, 'hello');
    await requestCode(client, email);
    await confirmCode(client, await world.codeFor(email));
    client.close();
    const again = await world.booted({ email });
    expect(again.state.contact?.verification).to.equal('verified');
    expect(world.sessionsMade).to.equal(1);
    again.close();
    expect((await world.booted()).state.contact).to.equal(null);
  });
});

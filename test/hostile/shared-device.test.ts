import { expect } from '@open-wc/testing';
import type { ChatClient, Identity } from '../../src/api/chat-client.ts';
import type { SessionRecord } from '../../src/api/session-record.ts';
import { isLive, stateOf, texts, World } from '../api/world.ts';

const world = new World();

/** What this device keeps of the one whom its page has signed in. */
async function keptSession(forged?: SessionRecord): Promise<SessionRecord> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('chat-widget');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('refused'));
  });
  const key = `chat-widget ${world.server.url} ${world.server.inbox} session identified`;
  const transaction = database.transaction('kept', forged ? 'readwrite' : 'readonly');
  const table = transaction.objectStore('kept');
  const request = forged ? table.put(forged, key) && table.get(key) : table.get(key);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
  return request.result as SessionRecord;
}

/** Somebody signs in, says something and leaves; with what the device keeps of that. */
async function wasHere(identity: Identity, words: string): Promise<{ record: SessionRecord; conversation: string }> {
  const client = await world.booted(identity);
  const conversation = client.startConversation();
  await client.send(conversation, words);
  const record = await keptSession();
  client.close();
  return { record, conversation };
}

/** All that a page knows at any time from now on, as text. */
function everythingShown(client: ChatClient): () => string {
  const seen = new Set<string>();
  client.subscribe(() => seen.add(JSON.stringify(client.state)));
  return () => [...seen].join('\n');
}

describe('a browser that Ada and Grace use', () => {
  it('clears what is Ada’s, on the server too, when a page says that it is Grace [hostile 35] [hostile 36]', async () => {
    const [ada, grace] = [await world.identity('ada@device.example'), await world.identity('grace@device.example')];
    const { record, conversation } = await wasHere(ada, 'Ada’s words');

    const page = world.page();
    const shown = everythingShown(page);
    await page.boot(grace);
    await stateOf(page, isLive);
    expect(page.state.contact?.email).to.equal('grace@device.example');
    for (const words of ['Ada’s words', 'ada@device.example', conversation, record.contact.id]) {
      expect(shown()).to.not.include(words);
    }
    expect((await keptSession()).token).to.not.equal(record.token);
    const headers = { authorization: `Bearer ${record.token}` };
    const address = `${world.server.url}/v1/widget/${world.server.inbox}/session`;
    expect((await fetch(new URL(address), { headers })).status).to.equal(401);
  });

  for (const [what, who, forge] of [
    [
      'the fingerprint',
      '2',
      (ada: SessionRecord, grace: SessionRecord) => ({ ...grace, ...ada, subject: grace.subject }),
    ],
    [
      'the fingerprint and the contact',
      '4',
      (ada: SessionRecord, grace: SessionRecord) => ({ ...grace, token: ada.token }),
    ],
  ] as const) {
    it(`goes by Ada’s token, whose ever it calls it: with ${what} forged Grace’s page is not Ada’s [hostile 36]`, async () => {
      const [ada, grace] = [
        await world.identity(`ada${who}@device.example`),
        await world.identity(`grace${who}@device.example`),
      ];
      const graces = await wasHere(grace, 'Grace’s words');
      const adas = await wasHere(ada, 'Ada’s words');
      await keptSession(forge(adas.record, graces.record));

      const page = world.page();
      const shown = everythingShown(page);
      await page.boot(grace);
      await stateOf(page, ({ connection, conversations }) => connection === 'open' && conversations.length > 0);
      expect(page.state.contact?.id).to.equal(graces.record.contact.id);
      expect(page.state.conversations.map(({ id }) => id)).to.deep.equal([graces.conversation]);
      expect(shown()).to.not.include(adas.conversation);
      await page.open(graces.conversation);
      expect(texts(page.state, graces.conversation)).to.deep.equal(['Grace’s words']);
      await page.send(graces.conversation, 'Who am I?');
      expect(await world.stored(graces.conversation)).to.deep.equal(['Grace’s words', 'Who am I?']);
      expect(await world.stored(adas.conversation)).to.deep.equal(['Ada’s words']);
    });
  }

  it('opens nothing of Grace’s by her fingerprint alone, without her proof [hostile 36]', async () => {
    const [ada, grace] = [await world.identity('ada3@device.example'), await world.identity('grace3@device.example')];
    const graces = await wasHere(grace, 'Grace’s words');
    const adas = await wasHere(ada, 'Ada’s words');
    await keptSession({ ...graces.record, token: adas.record.token });

    const page = world.page();
    const shown = everythingShown(page);
    await page.boot({ email: 'grace3@device.example' });
    await stateOf(page, isLive);
    await page.send(page.startConversation(), 'Who am I?');
    expect(shown()).to.not.include('Grace’s words');
    expect(shown()).to.not.include(graces.conversation);
    expect(await world.stored(graces.conversation)).to.deep.equal(['Grace’s words']);
  });
});

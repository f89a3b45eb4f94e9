import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, cy, message, setScene, stored, texts, upTo, wholeLog } from './scene.ts';
import type { Scene } from './scene.ts';

/** Writing: who may, what comes with it, and what is there already. */
export function appendContract(kind: DatabaseKind): void {
  describe('append', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    it('starts a conversation with the first message and tells what was stored', async () => {
      const ada = await scene.visitor('Ada');
      const id = uuidV7();
      const request = message(asContact(ada), id, 'hi', { start: true, pageUrl: 'https://shop.test/cart' });
      const result = stored(await scene.store.append(request));
      assert.equal(result.created, true);
      assert.equal(result.duplicate, false);
      const [entry] = result.entries;
      assert.deepEqual(result.entries, [
        {
          type: 'message',
          conversationId: id,
          seq: 1,
          at: entry?.at,
          author: { kind: 'contact', id: ada.id, name: 'Ada' },
          id: entry && 'id' in entry && entry.id,
          clientId: request.clientId,
          text: 'hi',
          pageUrl: 'https://shop.test/cart',
        },
      ]);
      assert.deepEqual(result.conversation, await scene.store.conversations.find(id));
      assert.deepEqual(await wholeLog(scene.store, id), result.entries);
    });

    it('takes an emoji, every script, quotes, braces and backslashes as they are', async () => {
      const id = await scene.start(await scene.visitor());
      const text = `👩‍👩‍👧 日本語 "quoted" 'single' \\ {a,"b"} NULL null\n\t\u2028 €`;
      stored(await scene.store.append(message(bo, id, text, { pageUrl: 'ignored' })));
      const last = (await wholeLog(scene.store, id)).at(-1);
      assert.equal(last?.type === 'message' && last.text, text);
      assert.equal(last && 'pageUrl' in last, false, 'an agent is on no page');
    });

    it('stores what it broadcasts when half a surrogate pair is sent', async () => {
      const id = await scene.start(await scene.visitor());
      const { entries } = stored(await scene.store.append(message(bo, id, 'half \ud83d pair')));
      assert.deepEqual((await wholeLog(scene.store, id)).slice(-1), entries.slice(-1));
      assert.deepEqual(texts(entries), ['joined', 'half \ufffd pair']);
    });

    it('writes "joined" before the first answer of each agent, and only then', async () => {
      const id = await scene.start(await scene.visitor());
      const first = stored(await scene.store.append(message(bo, id, 'one')));
      assert.deepEqual(
        first.entries.map(({ type, seq }) => [type, seq]),
        [
          ['joined', 2],
          ['message', 3],
        ],
      );
      stored(await scene.store.append(message(cy, id, 'two')));
      const again = stored(await scene.store.append(message(bo, id, 'three')));
      assert.deepEqual(texts(again.entries), ['three']);
      assert.deepEqual(
        again.conversation.agents.map(({ name }) => name),
        ['Cy', 'Bo'],
        'latest last',
      );
    });

    it('reopens a resolved conversation when its contact writes, not when an agent does', async () => {
      const ada = await scene.visitor('Ada');
      const id = await scene.start(ada);
      const resolved = stored(await scene.store.append({ by: bo, conversationId: id, log: 'main', type: 'resolved' }));
      assert.equal(resolved.conversation.state, 'resolved');
      assert.deepEqual(texts(resolved.entries), ['resolved']);
      const again = stored(await scene.store.append({ by: bo, conversationId: id, log: 'main', type: 'resolved' }));
      assert.equal(again.duplicate, true);
      assert.deepEqual(again.entries, []);
      const late = stored(await scene.store.append(message(bo, id, 'by the way')));
      assert.equal(late.conversation.state, 'resolved');
      const back = stored(await scene.store.append(message(asContact(ada), id, 'one more thing')));
      assert.deepEqual(texts(back.entries), ['reopened', 'one more thing']);
      assert.equal(back.conversation.state, 'open');
      assert.equal(back.entries[0]?.author.name, 'Ada');
    });

    it('keeps notes in a log of their own that the main log does not show', async () => {
      const id = await scene.start(await scene.visitor());
      const before = await scene.store.conversations.find(id);
      const note = message(bo, id, 'careful', { log: 'notes', type: 'note' });
      const result = stored(await scene.store.append(note));
      assert.equal(result.entries[0]?.seq, 1);
      assert.equal(result.conversation.lastNoteSeq, 1);
      assert.equal(result.conversation.lastSeq, 1);
      assert.equal(result.conversation.updatedAt, before?.updatedAt, 'a visitor cannot tell that a note was written');
      assert.deepEqual(result.conversation.agents, [], 'a note is no answer');
      assert.deepEqual(texts(await wholeLog(scene.store, id)), ['hello']);
      const notes = await scene.store.entries.page(result.conversation, { log: 'notes' });
      assert.deepEqual(notes.entries, result.entries);
    });

    it('stores the same clientId once and answers with what was stored', async () => {
      const ada = await scene.visitor('Ada');
      const id = uuidV7();
      const request = message(asContact(ada), id, 'once', { start: true });
      const first = stored(await scene.store.append(request));
      const again = stored(await scene.store.append({ ...request, text: 'changed' }));
      assert.equal(again.duplicate, true);
      assert.equal(again.created, false);
      assert.deepEqual(again.entries, first.entries);
      const both = await Promise.all([scene.store.append(request), scene.store.append(request)]);
      assert.deepEqual(
        both.map(stored).map(({ duplicate }) => duplicate),
        [true, true],
      );
      assert.equal((await wholeLog(scene.store, id)).length, 1);
    });

    it('gives nobody an entry of somebody else or of the other log by its clientId', async () => {
      const ada = await scene.visitor();
      const id = await scene.start(ada);
      const note = message(bo, id, 'secret', { log: 'notes', type: 'note' });
      stored(await scene.store.append(note));
      const { clientId } = note;
      for (const request of [
        message(asContact(ada), id, 'guess', { clientId }),
        message(bo, id, 'guess', { clientId }),
        message(cy, id, 'guess', { clientId, log: 'notes', type: 'note' }),
      ]) {
        const result = await scene.store.append(request);
        assert.deepEqual(result.ok ? result : result.code, 'conflict');
      }
      assert.equal((await wholeLog(scene.store, id)).length, 1);
    });

    it('answers a foreign, a missing and a mistaken conversation alike', async () => {
      const ada = await scene.visitor();
      const eve = await scene.visitor();
      const elsewhere = await scene.visitor(null, 'other');
      const id = await scene.start(ada);
      const answers = await Promise.all([
        scene.store.append(message(asContact(eve), id)),
        scene.store.append(message(asContact(eve), id, 'mine now', { start: true })),
        scene.store.append(message({ ...asContact(ada), inboxId: 'other' }, id)),
        scene.store.append(message(asContact(eve), uuidV7())),
        scene.store.append(message(asContact(eve), '1')),
        scene.store.append(message(bo, uuidV7(), 'agents start nothing', { start: true })),
        scene.store.append(message({ ...asContact(elsewhere), inboxId: 'demo' }, uuidV7(), 'hi', { start: true })),
        scene.store.append(message({ ...asContact(eve), contactId: uuidV7() }, uuidV7(), 'hi', { start: true })),
      ]);
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      assert.deepEqual(answers[0], { ok: false, code: 'not_found', message: 'There is no such conversation.' });
      assert.deepEqual(texts(await wholeLog(scene.store, id)), ['hello']);
    });

    it('refuses a NUL, an empty text, a malformed id and what a writer may not write', async () => {
      const ada = await scene.visitor();
      const id = await scene.start(ada);
      const by = asContact(ada);
      for (const request of [
        message(by, id, 'a\0b'),
        message(by, id, 'hi', { clientId: 'a\0b' }),
        message(by, id, 'hi', { pageUrl: 'https://a\0b' }),
        message(by, `${id}\0`, 'hi'),
        message(by, id, ''),
        message(by, id, 'hi', { clientId: '' }),
        message(by, id, 'hi', { clientId: 'half \ud83d' }),
        message(by, '12', 'hi', { start: true }),
        message(by, uuidV7().toUpperCase(), 'hi', { start: true }),
        message(by, id, 'psst', { type: 'note', log: 'notes' }),
        message(by, id, 'psst', { log: 'notes' }),
        message(bo, id, 'psst', { type: 'note' }),
        message(by, id, 'bye', { type: 'left' }),
        message(bo, id, 'fine', { type: 'rated', score: 5 }),
      ]) {
        const result = await scene.store.append(request);
        assert.equal(result.ok ? 'taken' : result.code, 'bad_request', JSON.stringify(request));
      }
      assert.equal((await wholeLog(scene.store, id)).length, 1);
    });

    it('makes one conversation when its first messages arrive at once', async () => {
      const ada = await scene.visitor();
      const id = uuidV7();
      const results = await Promise.all(
        upTo(20).map((n) => scene.store.append(message(asContact(ada), id, `${n}`, { start: true }))),
      );
      assert.deepEqual(
        results.map(stored).map(({ created }) => created),
        [true, ...Array<boolean>(19).fill(false)],
      );
      assert.deepEqual(texts(await wholeLog(scene.store, id)), upTo(20).map(String));
    });

    it('gives a contested new id to whoever comes first', async () => {
      const [ada, eve] = [await scene.visitor(), await scene.visitor()];
      const id = uuidV7();
      const [first, second] = await Promise.all([
        scene.store.append(message(asContact(ada), id, 'mine', { start: true })),
        scene.store.append(message(asContact(eve), id, 'no, mine', { start: true })),
      ]);
      assert.equal(first.ok && first.created, true);
      assert.equal(second.ok ? 'taken' : second.code, 'not_found');
    });

    it('shows the strongest proof with which the contact wrote', async () => {
      const ada = await scene.visitor();
      const id = await scene.start(ada);
      const proven = stored(await scene.store.append(message(asContact(ada, 'verified'), id)));
      assert.equal(proven.conversation.verification, 'verified');
      const later = stored(await scene.store.append(message(asContact(ada, 'claimed'), id)));
      assert.equal(later.conversation.verification, 'verified');
    });

    it('commits what is asked for in one turn together, and answers in the order asked', async () => {
      const ada = await scene.visitor();
      const id = await scene.start(ada);
      const commits = scene.store.counters.commits;
      const order: number[] = [];
      await Promise.all(
        upTo(50).map(async (n) => {
          await scene.store.append(message(asContact(ada), id, `${n}`));
          order.push(n);
        }),
      );
      assert.equal(scene.store.counters.commits - commits, 1);
      assert.deepEqual(order, upTo(50));
    });

    it('keeps the log without a hole under 400 concurrent sends, half of them repeated', async () => {
      const ada = await scene.visitor('Ada');
      const id = await scene.start(ada, '0');
      const requests = upTo(200).map((n) => message(n % 2 ? asContact(ada) : bo, id, `${n}`));
      const sends = [...requests, ...requests].map((request, index) => ({ request, at: (index * 7919) % 400 }));
      sends.sort((one, other) => one.at - other.at);
      const results = await Promise.all(
        sends.map(async ({ request }, index) => {
          if (index % 3 === 0) await new Promise(setImmediate);
          return stored(await scene.store.append(request));
        }),
      );
      const log = await wholeLog(scene.store, id);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        upTo(202),
        'the first, one joined, 200 messages',
      );
      const clientIds = log.flatMap((entry) => ('clientId' in entry ? [entry.clientId] : []));
      assert.equal(new Set(clientIds).size, 201);
      assert.equal(results.filter(({ duplicate }) => duplicate).length, 200);
      assert.equal(scene.store.counters.failures, 0, 'repeats are found before seqs are given');
      for (const { entries } of results) {
        for (const entry of entries) assert.deepEqual(entry, log[entry.seq - 1], 'what was told is what is stored');
      }
    });
  });
}

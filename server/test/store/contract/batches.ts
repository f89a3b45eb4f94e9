import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { DeletedEntry, EditedEntry, Entry, MessageEntry, ReactedEntry } from '../../../../src/api/protocol.ts';
import type { ConversationRow } from '../../../src/store/rows.ts';
import type { Store } from '../../../src/store/store.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, cy, message, setScene, stored, texts, upTo, wholeLog } from './scene.ts';
import type { Scene } from './scene.ts';

/** What shares a commit stays apart in everything else. */
export function batchContract(kind: DatabaseKind): void {
  describe('a batch', () => {
    let database: TestDatabase;
    let scene: Scene;
    let nodes: Store[];
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
      nodes = kind.name === 'PostgreSQL' ? [scene.store, await database.open()] : [scene.store];
    });
    after(() => database.drop());

    it('stores all of it but the one that the database refuses', async () => {
      await database.execute(
        kind.name === 'SQLite'
          ? `create trigger poison before insert on entries when new.text = 'poison'
             begin select raise(abort, 'poison'); end`
          : `alter table entries add constraint poison check (text <> 'poison')`,
      );
      const ada = await scene.visitor();
      const id = await scene.start(ada, '0');
      const words = upTo(40).map((n) => ([7, 8, 31].includes(n) ? 'poison' : `${n}`));
      const results = await Promise.all(words.map((text) => scene.store.append(message(asContact(ada), id, text))));
      results.forEach((result, index) => {
        const expected = words[index] === 'poison' ? 'bad_request' : 'stored';
        assert.equal(result.ok ? 'stored' : result.code, expected);
      });
      const log = await wholeLog(scene.store, id);
      assert.deepEqual(texts(log), ['0', ...words.filter((word) => word !== 'poison')]);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        upTo(38),
      );
    });

    it('leaves no conversation behind whose first message was refused', async () => {
      const ada = await scene.visitor();
      const id = uuidV7();
      const result = await scene.store.append(message(asContact(ada), id, 'poison', { start: true }));
      assert.equal(result.ok ? 'stored' : result.code, 'bad_request');
      assert.equal(await scene.store.conversations.find(id), null);
    });

    it('lets nobody write into a conversation before the message that starts it', async () => {
      const ada = await scene.visitor('Ada');
      const id = uuidV7();
      const clientId = uuidV7();
      const [early, first, then] = await Promise.all([
        scene.store.append(message(bo, id, 'early', { clientId })),
        scene.store.append(message(asContact(ada), id, 'first', { clientId, start: true })),
        scene.store.append(message(bo, id, 'then')),
      ]);
      assert.equal(!early.ok && early.code, 'not_found');
      assert.equal(stored(first).created, true);
      assert.equal(stored(then).created, false);
      assert.deepEqual(texts(await wholeLog(scene.store, id)), ['first', 'joined', 'then']);
    });

    it('is of any size: thousands at once are all stored, in order', async () => {
      const ada = await scene.visitor();
      const id = await scene.start(ada, '0');
      const results = await Promise.all(
        upTo(2_500).map((n) => scene.store.append(message(asContact(ada), id, `${n}`))),
      );
      assert.deepEqual(
        results.map((result) => stored(result).entries[0]?.seq),
        upTo(2_501).slice(1),
      );
      assert.deepEqual(texts(await wholeLog(scene.store, id)), ['0', ...upTo(2_500).map(String)]);
    });

    it('keeps other work out of its transaction, and itself out of theirs', async () => {
      const ada = await scene.visitor();
      const id = await scene.start(ada, '0');
      const people = await Promise.all(
        upTo(20).flatMap((n) => [
          scene.store.contacts.merge(uuidV7(), ada.id),
          scene.store.append(message(asContact(ada), id, `${n}`)),
          scene.store.inboxes.changeSecret('demo', `s${n}`, () => ({ id: `${n}`, value: `${n}`, createdAt: n })),
          scene.visitor(`${n}`),
        ]),
      );
      assert.equal(people.length, 80);
      assert.equal(Object.keys((await scene.store.inboxes.find('demo'))?.secrets ?? {}).length, 20);
      assert.deepEqual(
        texts(await wholeLog(scene.store, id)),
        upTo(21).map((n) => `${n - 1}`),
      );
    });

    it('leaves every conversation equal to what its log tells, whatever is interleaved', async () => {
      const who = fc.constantFrom('ada', 'bo', 'cy');
      const what = fc.constantFrom(
        ...(['message', 'message', 'message', 'message', 'note', 'resolved', 'reopened', 'read'] as const),
        ...(['edited', 'edited', 'deleted', 'reacted', 'reacted', 'left', 'rated'] as const),
      );
      const step = fc.record({
        who,
        what,
        conversation: fc.nat(2),
        /** Few, so that they come again. */
        clientId: fc.nat(12),
        seq: fc.nat(12),
        node: fc.nat(nodes.length - 1),
        isNewTurn: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
          const ada = await scene.visitor('Ada');
          const ids = [uuidV7(), uuidV7(), uuidV7()];
          const told = new Map<string, Entry[]>(ids.map((id) => [id, []]));
          await Promise.all(
            steps.map(async (one, index) => {
              if (one.isNewTurn) for (let turn = 0; turn < index % 4; turn++) await new Promise(setImmediate);
              const store = nodes[one.node]!;
              const conversationId = ids[one.conversation]!;
              if (one.what === 'read') {
                const by = one.who === 'ada' ? 'contact' : 'agent';
                await store.setRead({ conversationId, by, seq: one.seq, owner: ada.id });
                return;
              }
              const by = one.who === 'ada' ? asContact(ada) : one.who === 'bo' ? bo : cy;
              const isTheirs = one.who === 'ada' ? !['note', 'left'].includes(one.what) : one.what !== 'rated';
              const type = isTheirs ? one.what : 'message';
              const known = told.get(conversationId)?.filter((entry) => entry.type === 'message') ?? [];
              const messageId = known[one.seq % known.length]?.id;
              const result = await store.append({
                by,
                conversationId,
                type,
                log: type === 'note' ? 'notes' : 'main',
                start: true,
                ...(type === 'message' || type === 'note' ? { clientId: `c${one.clientId}`, text: 'hello' } : {}),
                ...(type === 'edited' ? { text: `hello ${one.clientId}` } : {}),
                ...(type === 'reacted' ? { emoji: one.seq % 2 === 0 ? '👍' : '🎉', on: one.clientId % 3 > 0 } : {}),
                ...(type === 'rated' ? { score: 1 + (one.seq % 5) } : {}),
                ...(messageId === undefined ? {} : { messageId }),
              });
              if (result.ok && !result.duplicate && type !== 'note') told.get(conversationId)?.push(...result.entries);
            }),
          );
          for (const id of ids) {
            const row = await scene.store.conversations.find(id);
            const log = row ? await wholeLog(scene.store, id) : [];
            assert.deepEqual(asItIsByNow(told.get(id) ?? []), log);
            if (row) assertEqualToLog(row, log);
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}

/** Whatever the row says can be read from the log and the cursors alone. */
function assertEqualToLog(row: ConversationRow, log: readonly Entry[]): void {
  assert.deepEqual(
    log.map(({ seq }) => seq),
    upTo(row.lastSeq),
  );
  const messages = log.filter((entry) => entry.type === 'message');
  assert.equal(new Set(messages.map(({ clientId }) => clientId)).size, messages.length);
  assert.equal(row.lastMessageSeq, messages.at(-1)?.seq ?? 0);
  assert.equal(row.updatedAt, log.at(-1)?.at);

  const unread = (isForContact: boolean, cursor: number) =>
    messages.filter(
      ({ author, seq, deletedAt }) =>
        (author.kind !== 'contact') === isForContact && seq > cursor && deletedAt === undefined,
    ).length;
  assert.equal(row.contactUnread, unread(true, row.contactReadSeq));
  assert.equal(row.agentUnread, unread(false, row.agentReadSeq));
  assert.ok(Math.max(row.contactReadSeq, row.agentReadSeq) <= row.lastSeq);

  const turns = log.filter(({ type }) => type === 'resolved' || type === 'reopened');
  turns.forEach(({ type }, index) => assert.equal(type, index % 2 === 0 ? 'resolved' : 'reopened'));
  assert.equal(row.state, turns.length % 2 === 0 ? 'open' : 'resolved');

  const agents: string[] = [];
  let rating: number | null = null;
  let canRate = false;
  for (const { type, author, ...entry } of log) {
    const isThere = agents.includes(author.id);
    if (type === 'resolved' || type === 'reopened') canRate = type === 'resolved';
    if (type === 'rated') [rating, canRate] = ['score' in entry ? entry.score : 0, canRate ? false : assert.fail()];
    if (type === 'joined') {
      assert.equal(isThere, false);
      const next = log[entry.seq];
      assert.ok(next?.type === 'message' && next.author.id === author.id);
      agents.push(author.id);
    } else if (type === 'left' || (type === 'message' && author.kind === 'agent')) {
      assert.equal(isThere, true);
      agents.splice(agents.indexOf(author.id), 1);
      if (type === 'message') agents.push(author.id);
    }
  }
  assert.deepEqual([row.agents.map(({ id }) => id), row.rating, row.canRate], [agents, rating, canRate]);
}

/** What a client makes of all that it was told, in the order of the seqs. */
function asItIsByNow(told: readonly Entry[]): Entry[] {
  const log = told.toSorted((one, other) => one.seq - other.seq);
  const messages = new Map(log.flatMap((entry) => (entry.type === 'message' ? [[entry.id, entry]] : [])));
  for (const entry of log) {
    if (entry.type !== 'edited' && entry.type !== 'deleted' && entry.type !== 'reacted') continue;
    const message = messages.get(entry.messageId);
    assert.ok(message);
    messages.set(message.id, changed(message, entry));
  }
  return log.map((entry) => {
    if (entry.type === 'message') return messages.get(entry.id) ?? entry;
    return entry.type === 'edited' ? { ...entry, text: messages.get(entry.messageId)?.text ?? '' } : entry;
  });
}

function changed(message: MessageEntry, entry: EditedEntry | DeletedEntry | ReactedEntry): MessageEntry {
  if (entry.type === 'edited') return { ...message, text: entry.text, editedAt: entry.at };
  const { reactions = [], editedAt, ...bare } = message;
  if (entry.type === 'deleted') return { ...bare, text: '', deletedAt: entry.at };
  const { kind, id } = entry.author;
  const by = kind === 'contact' ? 'contact' : id;
  const others = reactions
    .map((each) => (each.emoji === entry.emoji ? { ...each, by: each.by.filter((one) => one !== by) } : each))
    .filter((each) => each.by.length > 0 || entry.on);
  const isThere = others.some(({ emoji }) => emoji === entry.emoji);
  const all = entry.on && !isThere ? [...others, { emoji: entry.emoji, by: [] }] : others;
  const now = all.map((each) => (entry.on && each.emoji === entry.emoji ? { ...each, by: [...each.by, by] } : each));
  return { ...bare, ...(editedAt !== undefined && { editedAt }), ...(now.length > 0 && { reactions: now }) };
}

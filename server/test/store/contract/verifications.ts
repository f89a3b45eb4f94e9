import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { EMAIL_CODE } from '../../../src/identity/email-code.ts';
import { mintToken } from '../../../src/identity/token.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { setScene, upTo } from './scene.ts';
import type { Scene } from './scene.ts';

const NOW = Date.now();
const MINUTE_MS = 60_000;

/** Codes on their way to typed e-mails. */
export function verificationContract(kind: DatabaseKind): void {
  describe('verifications', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    const session = async () => {
      const contact = await scene.visitor();
      const made = { inboxId: 'demo', contactId: contact.id, scheme: 'anonymous', verification: 'anonymous' } as const;
      const { id } = await scene.store.sessions.create({ ...made, tokenHash: mintToken(), expiresAt: NOW * 2 });
      return id;
    };
    const ask = (sessionId: string, email: string, codeHash = 'code', now = NOW) =>
      scene.store.verifications.request({ sessionId, email, codeHash, now });

    it('mail one code per address and hour, whoever asks, and tell all of them the same [hostile 68]', async () => {
      const spellings = ['kim@x.test', 'KIM@X.test', 'kim+chat@x.test', 'kim@x.test', 'kim@x.test'];
      const answers = await Promise.all(spellings.map(async (email) => ask(await session(), email)));
      assert.equal(answers.filter((answer) => answer.ok && answer.mail).length, 1);
      for (const answer of answers) assert.equal(answer.ok && answer.expiresAt, NOW + EMAIL_CODE.codeMs);
      const later = NOW + EMAIL_CODE.mailMs;
      assert.deepEqual(await ask(await session(), 'kim@x.test', 'code', later - 1), {
        ok: true,
        mail: false,
        expiresAt: later - 1 + EMAIL_CODE.codeMs,
      });
      const next = await ask(await session(), 'kim@x.test', 'code', later);
      assert.ok(next.ok && next.mail);
      assert.ok((await ask(await session(), 'lee@x.test')).ok);
    });

    it('know the two spellings of an international domain, and keep other addresses apart', async () => {
      const mails = async (email: string) => {
        const answer = await ask(await session(), email);
        return answer.ok && answer.mail;
      };
      assert.equal(await mails('a@müller.test'), true);
      assert.equal(await mails('a@xn--mller-kva.test'), false);
      assert.equal(await mails('b@müller.test'), true);
      assert.equal(await mails('+a@müller.test'), true);
    });

    it('keep one code of a session, which a repeated request leaves as it is until it is over', async () => {
      const id = await session();
      const first = await ask(id, 'pat@x.test', 'first');
      assert.ok(first.ok && first.mail);
      assert.deepEqual(await ask(id, 'PAT@x.test', 'second', NOW + MINUTE_MS), { ...first, mail: false });
      const found = await scene.store.verifications.try(id, NOW + MINUTE_MS);
      assert.deepEqual(found, { email: 'pat@x.test', codeHash: 'first', triesLeft: EMAIL_CODE.tries - 1 });
      assert.equal(await scene.store.verifications.try(id, NOW + EMAIL_CODE.codeMs), null, 'its time is over');
      const over = await ask(id, 'pat@x.test', 'third', NOW + EMAIL_CODE.codeMs);
      assert.deepEqual(over, { ok: false, code: 'too_soon', retryAt: NOW + EMAIL_CODE.mailMs });
      const next = await ask(id, 'pat@x.test', 'fourth', NOW + EMAIL_CODE.mailMs);
      assert.ok(next.ok && next.mail);
    });

    it('forget the code of another address when a session asks for a new one', async () => {
      const id = await session();
      await ask(id, 'typo@x.test', 'typo');
      await ask(id, 'right@x.test', 'right');
      assert.equal((await scene.store.verifications.try(id, NOW))?.codeHash, 'right');
      assert.equal(await scene.store.verifications.use(id, 'typo'), false);
    });

    it('keep a code that is not mailed as one that nothing fits', async () => {
      await ask(await session(), 'owner@x.test', 'mailed');
      const id = await session();
      await ask(id, 'owner@x.test', 'guessed');
      const found = await scene.store.verifications.try(id, NOW);
      assert.ok(found && found.codeHash !== 'guessed' && found.codeHash.length > 20);
    });

    it('give a few tries, counted also when they come at once, and use a code up once', async () => {
      const id = await session();
      await ask(id, 'tries@x.test', 'code');
      const tries = await Promise.all(upTo(12).map(() => scene.store.verifications.try(id, NOW)));
      const left = tries.flatMap((found) => (found ? [found.triesLeft] : [])).sort();
      assert.deepEqual(left, [0, 1, 2, 3, 4]);
      const uses = await Promise.all(upTo(4).map(() => scene.store.verifications.use(id, 'code')));
      assert.equal(uses.filter(Boolean).length, 1);
    });

    it('are forgotten after an hour', async () => {
      const [old, young] = [await session(), await session()];
      await ask(old, 'old@x.test', 'old', NOW - EMAIL_CODE.mailMs);
      await ask(young, 'young@x.test', 'young');
      assert.ok((await scene.store.verifications.deleteOld(NOW)) >= 1);
      assert.equal(await scene.store.verifications.use(old, 'old'), false);
      assert.equal(await scene.store.verifications.use(young, 'young'), true);
    });

    it('leave no trace of a mail that could not be sent', async () => {
      const id = await session();
      await ask(id, 'down@x.test', 'code');
      await scene.store.verifications.undo({ sessionId: id, email: 'down@x.test', codeHash: 'code' });
      assert.equal(await scene.store.verifications.try(id, NOW), null);
      const again = await ask(id, 'down@x.test', 'code');
      assert.ok(again.ok && again.mail);
    });

    it('are for sessions that live, end with them, and are one when a session asks twice at once', async () => {
      const id = await session();
      const answers = await Promise.all(upTo(4).map((n) => ask(id, 'twice@x.test', `code ${n}`)));
      assert.equal(answers.filter((answer) => answer.ok && answer.mail).length, 1);
      const mailed = answers.findIndex((answer) => answer.ok && answer.mail) + 1;
      assert.equal((await scene.store.verifications.try(id, NOW))?.codeHash, `code ${mailed}`);
      await scene.store.sessions.revoke(id);
      assert.deepEqual(await ask(id, 'gone@x.test'), { ok: false, code: 'not_found' });
      await scene.store.sessions.deleteExpired(NOW * 3);
      assert.equal(await scene.store.verifications.try(id, NOW), null);
    });
  });
}

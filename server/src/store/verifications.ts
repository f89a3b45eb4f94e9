import type { Kysely, Transaction } from 'kysely';
import { EMAIL_CODE, hashOfNone, mailboxHash } from '../identity/email-code.ts';
import { emailKey } from '../identity/email.ts';
import type { Database } from './schema.ts';

export interface VerificationRequest {
  readonly sessionId: string;
  readonly email: string;
  /** Of the code that is mailed if one may be; see `hashCode`. */
  readonly codeHash: string;
  /** ms */
  readonly now: number;
}

export type VerificationAnswer =
  /** `mail`: the code may be mailed now. Otherwise nobody is told: whoever asked is answered the same. */
  | { readonly ok: true; readonly mail: boolean; readonly expiresAt: number }
  /** This session has asked for this address, and its code is over: not before `retryAt` (ms). */
  | { readonly ok: false; readonly code: 'too_soon'; readonly retryAt: number }
  /** The session has ended. */
  | { readonly ok: false; readonly code: 'not_found' };

export interface VerificationTry {
  readonly email: string;
  readonly codeHash: string;
  /** After this one. */
  readonly triesLeft: number;
}

/** Codes on their way to typed e-mails. Each session has at most one; of another session's it knows nothing. */
export class Verifications {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Takes note of a code, in place of the one that the session had, and says whether it may be mailed: once per mailbox
   * and hour, whoever asks. A code that may not be mailed is kept as one that nothing fits, so that nobody can guess it.
   */
  async request({ sessionId, email, codeHash, now }: VerificationRequest): Promise<VerificationAnswer> {
    return this.#db.transaction().execute(async (transaction) => {
      // Locked by a write that changes nothing: two requests of one session come one after the other.
      const locked = await transaction
        .updateTable('sessions')
        .set((set) => ({ last_seen_at: set.ref('last_seen_at') }))
        .where('id', '=', sessionId)
        .where('revoked_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!locked) return { ok: false, code: 'not_found' };

      const before = await transaction
        .selectFrom('verifications')
        .selectAll()
        .where('session_id', '=', sessionId)
        .executeTakeFirst();
      const retryAt = (before?.asked_at ?? 0) + EMAIL_CODE.mailMs;
      if (before && now < retryAt && emailKey(before.email) === emailKey(email)) {
        const isGood = before.expires_at > now && before.tries_left > 0;
        return isGood
          ? { ok: true, mail: false, expiresAt: before.expires_at }
          : { ok: false, code: 'too_soon', retryAt };
      }

      const mail = await mayMail(transaction, email, now);
      const expiresAt = now + EMAIL_CODE.codeMs;
      const row = {
        email,
        code_hash: mail ? codeHash : hashOfNone(),
        tries_left: EMAIL_CODE.tries,
        asked_at: now,
        expires_at: expiresAt,
      };
      await transaction
        .insertInto('verifications')
        .values({ session_id: sessionId, ...row })
        .onConflict((conflict) => conflict.column('session_id').doUpdateSet(row))
        .execute();
      return { ok: true, mail, expiresAt };
    });
  }

  /** Counts a try, before anybody looks whether it is right. Null when there is no code, or no try left, or too late. */
  async try(sessionId: string, now: number): Promise<VerificationTry | null> {
    const found = await this.#db
      .updateTable('verifications')
      .set((set) => ({ tries_left: set('tries_left', '-', 1) }))
      .where('session_id', '=', sessionId)
      .where('tries_left', '>', 0)
      .where('expires_at', '>', now)
      .returning(['email', 'code_hash', 'tries_left'])
      .executeTakeFirst();
    return found ? { email: found.email, codeHash: found.code_hash, triesLeft: found.tries_left } : null;
  }

  /** Uses a code up. False when somebody else was quicker. */
  async use(sessionId: string, codeHash: string): Promise<boolean> {
    const used = await this.#db
      .deleteFrom('verifications')
      .where('session_id', '=', sessionId)
      .where('code_hash', '=', codeHash)
      .returning('session_id')
      .executeTakeFirst();
    return used !== undefined;
  }

  /** The mail could not be sent: as if it had never been asked for. */
  async undo({ sessionId, email, codeHash }: Omit<VerificationRequest, 'now'>): Promise<void> {
    await this.use(sessionId, codeHash);
    await this.#db.deleteFrom('code_mails').where('mailbox_hash', '=', mailboxHash(email)).execute();
  }

  /** Forgets what says nothing any more at `now` (ms). Answers how many codes. */
  async deleteOld(now: number): Promise<number> {
    const before = now - EMAIL_CODE.mailMs;
    await this.#db.deleteFrom('code_mails').where('mailed_at', '<=', before).execute();
    const { numDeletedRows } = await this.#db
      .deleteFrom('verifications')
      .where('asked_at', '<=', before)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }
}

/** Takes the mailbox's one mail of this hour; false when it is taken. */
async function mayMail(transaction: Transaction<Database>, email: string, now: number): Promise<boolean> {
  const taken = await transaction
    .insertInto('code_mails')
    .values({ mailbox_hash: mailboxHash(email), mailed_at: now })
    .onConflict((conflict) =>
      conflict
        .column('mailbox_hash')
        .doUpdateSet({ mailed_at: now })
        .where('code_mails.mailed_at', '<=', now - EMAIL_CODE.mailMs),
    )
    .returning('mailbox_hash')
    .executeTakeFirst();
  return taken !== undefined;
}

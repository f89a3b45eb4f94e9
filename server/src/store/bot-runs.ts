import type { Kysely, Selectable } from 'kysely';
import type { FormValues } from '../../../src/api/protocol.ts';
import type { Flow } from '../bots/flow.ts';
import type { BotRunTable } from './outreach-schema.ts';
import type { Database } from './schema.ts';

export type EndReason = NonNullable<BotRunTable['end_reason']>;

/** What is known of a visit, by parameter (`src/api/rules.ts`). */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** Where a chatbot stands in a conversation. */
export interface BotRun {
  readonly conversationId: string;
  readonly inboxId: string;
  /** The trigger that began it. */
  readonly triggerId: string;
  /** As it was then. */
  readonly flow: Flow;
  readonly facts: Facts;
  /** What the visitor was asked for, by key. */
  readonly answers: FormValues;
  /** Id of the step. */
  readonly step: string;
  /** `act`: the step is to be done. `listen`: it is done but for the visitor's answer. */
  readonly phase: 'act' | 'listen';
  /** Grows with whatever is done. */
  readonly turn: number;
  /** Answers to this step that were none. */
  readonly tries: number;
  /** Seq up to which the main log was read. */
  readonly heardSeq: number;
  /** When there is something to be done, whether somebody answers or not, ms. */
  readonly dueAt: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly endReason: EndReason | null;
}

/** What doing something changes. */
export type BotProgress = Partial<
  Pick<BotRun, 'facts' | 'answers' | 'step' | 'phase' | 'tries' | 'heardSeq' | 'dueAt'>
>;

/** A run that this node, and no other, may go on with until the claim ends. */
export interface ClaimedRun extends BotRun {
  /** ms */
  readonly claimedUntil: number;
}

export type NewBotRun = Pick<BotRun, 'conversationId' | 'inboxId' | 'triggerId' | 'flow' | 'facts' | 'step'>;

/**
 * Where chatbots stand. Whoever goes on with a run claims it first, for a while: what a node that died had claimed is
 * free again when that is over.
 */
export class BotRuns {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** By the conversation's UUID; ended ones too. */
  async find(conversationId: string): Promise<BotRun | null> {
    const found = await this.#db
      .selectFrom('bot_runs')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst();
    return found ? toRun(found) : null;
  }

  /**
   * Makes a run before its conversation is there, so that neither is ever without the other: it is due in a while, should
   * nobody come to begin it. There is one run per conversation, ever: where there is one, nothing happens.
   */
  async prepare({ conversationId, inboxId, triggerId, flow, facts, step }: NewBotRun, now: number, dueAt: number) {
    await this.#db
      .insertInto('bot_runs')
      .values({
        ...{ conversation_id: conversationId, inbox_id: inboxId, trigger_id: triggerId, step, phase: 'act' },
        ...{ flow: JSON.stringify(flow), facts: JSON.stringify(facts), answers: '{}' },
        ...{ turn: 0, tries: 0, heard_seq: 0, due_at: dueAt, claimed_until: 0, started_at: now },
      })
      .onConflict((conflict) => conflict.column('conversation_id').doNothing())
      .execute();
  }

  /** Null when it has ended, or another node is at it. One that was only prepared is due from then on. @param until ms */
  async claim(conversationId: string, now: number, until: number): Promise<ClaimedRun | null> {
    const claimed = await this.#db
      .updateTable('bot_runs')
      .set((set) => ({
        claimed_until: until,
        due_at: set.case().when('turn', '=', 0).then(now).else(set.ref('due_at')).end(),
      }))
      .where('conversation_id', '=', conversationId)
      .where('ended_at', 'is', null)
      .where('claimed_until', '<=', now)
      .returningAll()
      .executeTakeFirst();
    return claimed ? { ...toRun(claimed), claimedUntil: until } : null;
  }

  /**
   * Writes down what was done, and claims what is left to do until `until`; 0 lets go.
   *
   * @returns null when the claim was over, and somebody else has it or has gone on
   */
  async progress(run: ClaimedRun, done: BotProgress, until: number): Promise<ClaimedRun | null> {
    const { facts, answers, step, phase, tries, heardSeq, dueAt } = { ...run, ...done };
    const written = await this.#db
      .updateTable('bot_runs')
      .set({
        ...{ step, phase, tries, heard_seq: heardSeq, due_at: dueAt, claimed_until: until },
        facts: JSON.stringify(facts),
        answers: JSON.stringify(answers),
        turn: run.turn + 1,
      })
      .where('conversation_id', '=', run.conversationId)
      .where('turn', '=', run.turn)
      .where('claimed_until', '=', run.claimedUntil)
      .where('ended_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    return written ? { ...toRun(written), claimedUntil: until } : null;
  }

  /** Lets go of a run, with nothing done. */
  async release(run: ClaimedRun): Promise<void> {
    await this.#db
      .updateTable('bot_runs')
      .set({ claimed_until: 0 })
      .where('conversation_id', '=', run.conversationId)
      .where('turn', '=', run.turn)
      .where('claimed_until', '=', run.claimedUntil)
      .execute();
  }

  /** Ends a run: its bot says nothing more. @returns false when it has ended, or there is none */
  async end(conversationId: string, reason: EndReason, now: number): Promise<boolean> {
    return this.#db.transaction().execute(async (db) => {
      await db.updateTable('conversations').set({ bot: 0 }).where('id', '=', conversationId).execute();
      const { numUpdatedRows } = await db
        .updateTable('bot_runs')
        .set({ ended_at: now, end_reason: reason, claimed_until: 0 })
        .where('conversation_id', '=', conversationId)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  /** Its conversation is not there. */
  async forget(conversationId: string): Promise<void> {
    await this.#db.deleteFrom('bot_runs').where('conversation_id', '=', conversationId).execute();
  }

  /** Ids of conversations in which a bot has something to do by now and no node is at it, longest due first. */
  async due(now: number, limit: number): Promise<string[]> {
    const found = await this.#db
      .selectFrom('bot_runs')
      .select('conversation_id')
      .where('ended_at', 'is', null)
      .where('due_at', '<=', now)
      .where('claimed_until', '<=', now)
      .orderBy('due_at')
      .limit(limit)
      .execute();
    return found.map((row) => row.conversation_id);
  }

  /** When something is due next after `now`, ms; Infinity: never, as things are. */
  async nextDue(now: number): Promise<number> {
    const found = await this.#db
      .selectFrom('bot_runs')
      .select('due_at')
      .where('ended_at', 'is', null)
      .where('due_at', '>', now)
      .orderBy('due_at')
      .limit(1)
      .executeTakeFirst();
    return found?.due_at ?? Infinity;
  }

  /** Ids of conversations in which somebody has said something that the bot has not read, at most `limit`. */
  async unheard(limit: number): Promise<string[]> {
    const found = await this.#db
      .selectFrom('bot_runs as r')
      .innerJoin('conversations as c', 'c.id', 'r.conversation_id')
      .select('r.conversation_id')
      .where('r.ended_at', 'is', null)
      .where('r.phase', '=', 'listen')
      .whereRef('c.last_message_seq', '>', 'r.heard_seq')
      .limit(limit)
      .execute();
    return found.map((row) => row.conversation_id);
  }

  /** Whoever had claimed a run is not there any more: for a node that is alone. */
  async freeClaims(): Promise<void> {
    await this.#db.updateTable('bot_runs').set({ claimed_until: 0 }).where('claimed_until', '>', 0).execute();
  }
}

function toRun(record: Selectable<BotRunTable>): BotRun {
  return {
    conversationId: record.conversation_id,
    inboxId: record.inbox_id,
    triggerId: record.trigger_id,
    flow: JSON.parse(record.flow) as Flow,
    facts: JSON.parse(record.facts) as Facts,
    answers: JSON.parse(record.answers) as FormValues,
    step: record.step,
    phase: record.phase,
    turn: record.turn,
    tries: record.tries,
    heardSeq: record.heard_seq,
    dueAt: record.due_at,
    startedAt: record.started_at,
    endedAt: record.ended_at,
    endReason: record.end_reason,
  };
}

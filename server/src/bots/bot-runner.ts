import { fillInAnswer } from '../http/identify.ts';
import type { Bots, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { BotProgress, ClaimedRun, EndReason } from '../store/bot-runs.ts';
import type { ConversationRow } from '../store/rows.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { tellConversation } from '../tell.ts';
import { isQuestion, TRIES } from './flow.ts';
import type { FlowStep, StepOf } from './flow.ts';
import { hearField, hearReply } from './hearing.ts';
import type { Heard } from './hearing.ts';
import { ask, perform } from './performance.ts';
import type { Outcome } from './performance.ts';

/** How long a node that dies keeps others from going on, ms: longer than any step takes. */
const CLAIM_MS = 20_000;
/** A bot that nobody answers ends after a day, ms. */
const SILENCE_MS = 24 * 60 * 60_000;
/** A look for what other nodes, or what went wrong, have left, ms. */
const LOOK_MS = 30_000;
const LOOK_TOGETHER_MS = 5_000;
/** When the database is asked again, ms. */
const AGAIN_MS = 1_000;
/** Most runs that are gone on with at once. */
const TOGETHER = 50;

/**
 * Goes on with the flows of chatbots. Where each stands is a row, and what visitors say stands in the log: to be woken is
 * only to look sooner, so whichever node looks takes up what another has left.
 */
export class BotRunner implements Bots {
  readonly #parts: Parts;
  /** Under way here; `true`: it was woken meanwhile. */
  readonly #running = new Map<string, boolean>();
  readonly #ending = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #lookAt = Infinity;
  readonly #closing = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes up what is there. Never rejects. */
  async start(): Promise<void> {
    const { bus, store } = this.#parts;
    // Who is alone knows that nobody else is at it.
    if (!bus.isShared) await store.botRuns.freeClaims().catch(this.#failed);
    await this.#look();
  }

  /** Something was said where a bot answers, or is about to begin. Never throws. */
  wake(conversationId: string): void {
    if (this.#isClosed) return;
    if (this.#running.has(conversationId)) return void this.#running.set(conversationId, true);
    this.#running.set(conversationId, false);
    const done = this.#run(conversationId).finally(() => {
      this.#ending.delete(done);
      const isWoken = this.#running.get(conversationId);
      this.#running.delete(conversationId);
      if (isWoken) this.wake(conversationId);
    });
    this.#ending.add(done);
  }

  /** A person goes on from here. */
  async stop(conversation: ConversationRow): Promise<void> {
    if (conversation.bot) await this.#end(conversation, 'taken_over');
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#ending);
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  readonly #failed = (error: unknown): void => {
    const { log } = this.#parts;
    if (error instanceof StoreUnavailable) log.warn({ err: error }, 'bots wait for the database');
    else log.error({ err: error }, 'a bot was not gone on with');
    this.#lookIn(AGAIN_MS);
  };

  #lookIn(ms: number): void {
    const at = Date.now() + Math.max(0, ms);
    if (this.#isClosed || at >= this.#lookAt) return;
    this.#lookAt = at;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), at - Date.now());
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    this.#lookAt = Infinity;
    const { store, bus } = this.#parts;
    // The same for both questions: what falls due in between would be missed.
    const now = this.#parts.now();
    try {
      const found = [...(await store.botRuns.due(now, TOGETHER)), ...(await store.botRuns.unheard(TOGETHER))];
      for (const id of new Set(found)) this.wake(id);
      if (found.length >= TOGETHER) this.#lookIn(AGAIN_MS);
      this.#lookIn(Math.min((await store.botRuns.nextDue(now)) - now, bus.isShared ? LOOK_TOGETHER_MS : LOOK_MS));
    } catch (error) {
      this.#failed(error);
    }
  }

  async #run(conversationId: string): Promise<void> {
    try {
      while (!this.#isClosed && (await this.#goOn(conversationId)));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Claims a run and goes on until there is nothing to do. True: look again. */
  async #goOn(conversationId: string): Promise<boolean> {
    const { store, now } = this.#parts;
    let run = await store.botRuns.claim(conversationId, now(), now() + CLAIM_MS);
    while (run) {
      const conversation = await store.conversations.find(conversationId);
      if (!conversation) {
        await store.botRuns.forget(conversationId);
        return false;
      }
      if (!conversation.bot) return this.#end(conversation, 'taken_over');
      const step = run.flow.steps.find(({ id }) => id === run?.step);
      if (!step) return this.#end(conversation, 'failed');
      if (run.phase === 'act' && run.dueAt > now()) {
        // What is said in a pause does not end it.
        await store.botRuns.release(run);
        this.#lookIn(run.dueAt - now());
        return false;
      }
      try {
        const done = await this.#do(run, step, conversation);
        if (typeof done === 'string') return await this.#end(conversation, done);
        const dueAt = done.dueAt ?? run.dueAt;
        const rests = done.phase === 'listen' || dueAt > now();
        run = await store.botRuns.progress(run, done, rests ? 0 : now() + CLAIM_MS);
        if (!rests && !this.#isClosed) continue;
        if (run && !rests) await store.botRuns.release(run);
        this.#lookIn(dueAt - now());
        return run?.phase === 'listen' && (await this.#isUnheard(run));
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error;
        if (!this.#isClosed) return this.#fail(conversation, error);
        await store.botRuns.release(run!);
        return false;
      }
    }
    return false;
  }

  /** Somebody may have said something while nobody could go on but us. */
  async #isUnheard({ conversationId, heardSeq }: ClaimedRun): Promise<boolean> {
    const conversation = await this.#parts.store.conversations.find(conversationId);
    return conversation !== null && (!conversation.bot || conversation.lastMessageSeq > heardSeq);
  }

  /** One turn; why the bot ends, or what is so from now on. */
  async #do(run: ClaimedRun, step: FlowStep, conversation: ConversationRow): Promise<BotProgress | EndReason> {
    if (run.phase === 'listen' && isQuestion(step)) return this.#listen(run, step, conversation);
    return this.#follow(step, await perform(this.#parts, run, step, conversation, this.#closing.signal));
  }

  #follow(step: FlowStep, outcome: Outcome): BotProgress | EndReason {
    const now = this.#parts.now();
    switch (outcome.kind) {
      case 'end':
        return outcome.reason;
      case 'go':
        return { step: outcome.to, phase: 'act', tries: 0, dueAt: now + (outcome.inMs ?? 0) };
      case 'listen':
        return { phase: 'listen', heardSeq: outcome.seq, dueAt: now + silenceMs(step) };
    }
  }

  /** What the visitor says to a question. */
  async #listen(
    run: ClaimedRun,
    step: StepOf<'replies' | 'ask'>,
    conversation: ConversationRow,
  ): Promise<BotProgress | EndReason> {
    const { store, now } = this.#parts;
    const page = await store.entries.page(conversation, { after: run.heardSeq, limit: 100, messagesOnly: true });
    const said = page.entries.find(
      (entry) => entry.type === 'message' && entry.author.kind === 'contact' && !entry.deletedAt,
    );
    if (said?.type !== 'message') {
      const heardSeq = page.entries.at(-1)?.seq ?? run.heardSeq;
      if (run.dueAt > now()) return { phase: 'listen', heardSeq };
      return step.silence ? { step: step.silence.next, phase: 'act', tries: 0, dueAt: now(), heardSeq } : 'silence';
    }
    const heard = step.type === 'replies' ? hearReply(step, said) : hearField(step, said);
    const facts = { ...run.facts, message_text: said.text };
    if (!heard) return this.#misunderstood(run, step, { ...{ facts }, heardSeq: said.seq });
    await this.#keepTyped(heard, conversation);
    return {
      ...{ step: heard.to, phase: 'act', tries: 0, dueAt: now(), heardSeq: said.seq, facts },
      answers: { ...run.answers, ...heard.answers },
    };
  }

  async #misunderstood(run: ClaimedRun, step: StepOf<'replies' | 'ask'>, heard: BotProgress) {
    const tries = run.tries + 1;
    const { otherwise } = step;
    const now = this.#parts.now();
    if (otherwise !== undefined && (step.type === 'replies' || tries >= TRIES)) {
      return { ...heard, step: otherwise, phase: 'act', tries: 0, dueAt: now } as const;
    }
    if (tries >= TRIES) return 'handed_over';
    const text = (step.type === 'ask' && step.retry) || step.text;
    const { seq } = await ask(this.#parts, run, step, text);
    return { ...heard, phase: 'listen', heardSeq: seq, tries, dueAt: now + silenceMs(step) } as const;
  }

  /** What was filled into the form stands at the contact already; what was typed instead does now, if it can. */
  async #keepTyped(heard: NonNullable<Heard>, { contactId, inboxId, verification }: ConversationRow): Promise<void> {
    if (!heard.isTyped || !heard.answers) return;
    const { store, inboxes, log } = this.#parts;
    try {
      const contact = await store.contacts.find(contactId, inboxId);
      const session = { id: '', verification };
      if (contact) await fillInAnswer(this.#parts, await inboxes.get(inboxId), { session, contact }, heard.answers);
    } catch (error) {
      log.warn({ err: error }, 'what a bot was answered does not stand at the contact');
    }
  }

  /** The bot does not go on; people do. */
  async #fail(conversation: ConversationRow, error: unknown): Promise<false> {
    const isTakenOver = error instanceof Refusal && error.code === 'conflict';
    if (!isTakenOver) this.#parts.log.error({ err: error, conversation: conversation.id }, 'a bot broke off');
    return this.#end(conversation, isTakenOver ? 'taken_over' : 'failed');
  }

  async #end(conversation: ConversationRow, reason: EndReason): Promise<false> {
    await this.#parts.store.botRuns.end(conversation.id, reason, this.#parts.now());
    await tellConversation(this.#parts, conversation);
    this.#parts.router.look();
    return false;
  }
}

function silenceMs(step: FlowStep): number {
  return isQuestion(step) && step.silence ? step.silence.seconds * 1_000 : SILENCE_MS;
}

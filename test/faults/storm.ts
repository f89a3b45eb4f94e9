import { setTimeout as wait } from 'node:timers/promises';
import { findConversation } from '../../src/api/chat-state.ts';
import { byConversation, checkSound, checkStore, checkTold, checkView, StoreWatch } from './checks.ts';
import { FaultProxy } from './fault-proxy.ts';
import type { RunOptions, RunResult } from './fault-run.ts';
import type { Faults } from './faults.ts';
import { megabytes, memoryFault, memoryOf } from './memory.ts';
import { People, type Crowd } from './people.ts';
import { Random } from './random.ts';
import type { Killable, Site } from './site.ts';
import type { Talker, Told } from './talker.ts';
import type { Verdict } from './verdict.ts';

/** How often it is looked whether something has happened, ms. */
const LOOK_MS = 10;
/** Whoever has not got on for so long will not, ms. */
const STALL_MS = 60_000;
/** Of all messages so many are the agents'. */
const AGENTS_SHARE = 0.1;
/** What everybody has left to say at the last fault. */
const LAST_WORDS = 3;
/** After the last fault everybody has seen everything within this, ms. */
export const CONVERGED_MS = 5_000;

export interface StormOptions extends RunOptions, Crowd {
  readonly name: string;
  readonly site: Site;
  readonly messages: number;
  readonly kills: number;
  readonly faults: Faults;
  /** Default a minute. */
  readonly stallMs?: number;
  /** At the end everybody is cut off so often, and servers must hold no more afterwards; default 0. */
  readonly comings?: number;
  /** With fewer of these the run has shown nothing. */
  readonly atLeast?: Pick<RunResult, 'kills' | 'resumes' | 'duplicatedFrames'>;
}

/**
 * Everybody talks while everything breaks: real clients of both sides write through a bad network, and servers and
 * services are killed. Then the network is calm, and what everybody was told and has seen is compared with the store.
 */
export async function storm(options: StormOptions): Promise<RunResult> {
  const { site, seed } = options;
  const proxy = await FaultProxy.start({ ports: () => site.ports, random: new Random(seed).fork('network') });
  const people = new People(options, proxy.url, new Random(seed).fork('people'), (email) => site.sign(email));
  try {
    await people.gather();
    return await new Storm(options, proxy, people).run();
  } finally {
    people.close();
    await proxy.close();
  }
}

class Storm {
  readonly #options: StormOptions;
  readonly #proxy: FaultProxy;
  readonly #people: People;
  readonly #verdict: Verdict;
  readonly #random: Random;
  readonly #watch: StoreWatch;
  readonly #told: Told[] = [];
  /** By conversation: the highest seq that anybody was told. */
  readonly #reach = new Map<string, number>();
  /** Messages until the last fault. */
  readonly #planned: number;
  #left: number;
  #kills = 0;
  #isOver = false;
  #isStuck = false;

  constructor(options: StormOptions, proxy: FaultProxy, people: People) {
    this.#options = options;
    this.#proxy = proxy;
    this.#people = people;
    this.#verdict = people.verdict;
    this.#random = new Random(options.seed).fork('storm');
    this.#watch = new StoreWatch(this.#verdict);
    this.#planned = Math.max(0, options.messages - LAST_WORDS * people.all.length);
    this.#left = this.#planned;
  }

  async run(): Promise<RunResult> {
    const { name, site, log } = this.#options;
    await this.#talk();
    await this.#until('everybody was connected', () => this.#people.all.every(isConnected));
    // The last fault hits everybody, in the middle of a sentence.
    for (let i = 0; i < LAST_WORDS; i++) for (const talker of this.#people.all) talker.say();
    this.#proxy.calm();
    this.#proxy.resetAll();
    const lastFault = performance.now();
    await this.#until('everybody had seen everything', () => this.#isConverged());
    const convergeMs = Math.round(performance.now() - lastFault);
    log(`${this.#told.length} messages, everybody has seen all after ${convergeMs} ms`);
    if (convergeMs > CONVERGED_MS) this.#verdict.other(`It took ${convergeMs} ms until everybody had seen everything.`);
    await this.#compare();
    log(`network: ${JSON.stringify(this.#proxy.counts)}`);
    const { duplicated: duplicatedFrames } = this.#proxy.counts;
    const resumes = this.#people.all.reduce((sum, talker) => sum + talker.resumes, 0);
    const hardships = { kills: this.#kills, resumes, duplicatedFrames };
    if (!this.#isStuck) await this.#comeAndGo();
    for (const [what, least] of Object.entries(this.#options.atLeast ?? {})) {
      const count = hardships[what as keyof typeof hardships];
      if (count < least) this.#verdict.other(`Only ${count} ${what} where ${least} were wanted: that shows nothing.`);
    }
    return {
      ...{ name, store: site.store, messages: this.#told.length, ...hardships },
      ...this.#verdict.counts,
      convergeMs,
      failures: this.#verdict.failures,
    };
  }

  /** Everybody writes while the network is bad and things are killed; ends when all is handed over. */
  async #talk(): Promise<void> {
    const { site, faults } = this.#options;
    const { all, visitors, consoles } = this.#people;
    for (const talker of all) {
      talker.resumes = 0;
      talker.onTold = (told) => {
        this.#told.push(told);
        this.#reach.set(told.conversationId, Math.max(told.seq, this.#reach.get(told.conversationId) ?? 0));
      };
    }
    this.#proxy.faults = faults;
    // Few consoles among many visitors would hardly get a word in.
    let agentsLeft = Math.round(this.#left * AGENTS_SHARE);
    let visitorsLeft = this.#left - agentsLeft;
    const forAgents = { take: () => agentsLeft-- > 0 && this.#left-- > 0 };
    const forVisitors = { take: () => visitorsLeft-- > 0 && this.#left-- > 0 };
    for (const each of consoles) void each.write(forAgents);
    for (const { devices } of visitors) for (const device of devices) void device.write(forVisitors);
    let killers = site.killable.length;
    for (const [index, killable] of site.killable.entries()) {
      void this.#killNowAndThen(killable, index)
        .catch((error: Error) => this.#verdict.other(`What was killed did not come back: ${error.message}`))
        .finally(() => killers--);
    }
    await this.#until('everything was written', () => this.#left === 0 && killers === 0);
    this.#isOver = true;
  }

  /** Kills at random moments of the talk, counted in messages, so that a slow machine sees as many. */
  async #killNowAndThen(killable: Killable, index: number): Promise<void> {
    const { kills, log } = this.#options;
    const random = this.#random.fork(`kills ${index}`);
    const count = Math.round((kills * killable.share) / 10);
    const moments = Array.from({ length: count }, () => random.between(0.02, 0.9) * this.#planned).sort(
      (a, b) => a - b,
    );
    for (const moment of moments) {
      while (this.#told.length < moment && !this.#isOver) await wait(LOOK_MS);
      if (this.#isOver) return;
      const what = await killable.kill(random, () => {
        const told = [...this.#told];
        return (stored) => {
          checkSound(stored, this.#verdict);
          this.#watch.look(stored);
          checkTold(told, stored, this.#verdict);
        };
      });
      this.#kills++;
      log(`${this.#told.length} messages: killed ${what}`);
    }
  }

  /** Nobody waits for an answer, and everybody is where the furthest is. */
  #isConverged(): boolean {
    const { all, visitors, consoles, conversationIds } = this.#people;
    if (all.some(({ waiting }) => waiting > 0)) return false;
    return (
      visitors.every(({ conversationId, devices }) =>
        [...devices, ...consoles].every((talker) => talker.isAt(conversationId, this.#reach.get(conversationId) ?? 0)),
      ) && conversationIds.every((id) => this.#agree(id))
    );
  }

  /** Everybody sees the same read cursors. */
  #agree(conversationId: string): boolean {
    const seen = this.#people.all.flatMap(({ state }) => findConversation(state, conversationId) ?? []);
    return seen.every(
      ({ contactReadSeq, agentReadSeq }) =>
        contactReadSeq === seen[0].contactReadSeq && agentReadSeq === seen[0].agentReadSeq,
    );
  }

  /** Whoever loses the connection and comes again leaves nothing behind in the servers. */
  async #comeAndGo(): Promise<void> {
    const { site, comings = 0, log } = this.#options;
    if (comings === 0) return;
    const memory: number[] = [];
    for (let i = 0; i < comings; i++) {
      const seen = new Map(this.#people.all.map((talker) => [talker, talker.resumes]));
      this.#proxy.resetAll();
      await this.#until('everybody was back', () => [...seen].every(([talker, resumes]) => talker.resumes > resumes));
      memory.push(await memoryOf(site.pids));
    }
    const [before, after] = [memory[0], memory.at(-1)!];
    log(`memory: ${megabytes(before)}; ${megabytes(after)} after everybody had come ${comings} times`);
    const fault = memoryFault(before, after);
    if (fault !== undefined) this.#verdict.other(fault);
  }

  async #compare(): Promise<void> {
    const { visitors, consoles, all } = this.#people;
    for (const talker of all) {
      talker.view.lookAtEnds(talker.state);
      // What is still under way may not be there yet. What is there, and is not shown after so long, is lost.
      if (this.#isStuck) continue;
      for (const { clientId, status } of Object.values(talker.state.threads).flatMap(({ pending }) => pending)) {
        this.#verdict.mismatch(`${talker.name} shows ${clientId} as ${status}, and it was stored.`);
      }
    }
    const stored = await this.#options.site.read();
    const logs = byConversation(stored);
    checkStore(stored, this.#verdict);
    checkTold(this.#told, stored, this.#verdict);
    this.#watch.look(stored);
    for (const { conversationId, devices } of visitors) {
      const log = logs.get(conversationId) ?? [];
      for (const talker of [...devices, consoles[0]]) {
        await talker.scroll(conversationId, log.length).catch((error: Error) => {
          this.#verdict.other(`${talker.name} cannot scroll through ${conversationId}: ${error.message}`);
        });
        checkView(talker.view, conversationId, log, this.#verdict);
      }
    }
  }

  /** Waits until it is so, or nothing has got on for too long; then everything that is waited for later is given up too. */
  async #until(what: string, isSo: () => boolean): Promise<void> {
    const { stallMs = STALL_MS, signal } = this.#options;
    let mark = 0;
    let since = performance.now();
    while (!isSo() && !this.#isStuck) {
      signal.throwIfAborted();
      await wait(LOOK_MS);
      const now = this.#progress();
      if (now !== mark) [mark, since] = [now, performance.now()];
      this.#isStuck = performance.now() - since > stallMs;
      if (this.#isStuck) this.#verdict.other(`Nothing has got on for ${stallMs / 1_000} s before ${what}.`);
    }
  }

  /** A number that changes whenever anything gets on. */
  #progress(): number {
    const seen = this.#people.all.map(({ state }) =>
      state.conversations.reduce((sum, { lastSeq }) => sum + lastSeq, 0),
    );
    return this.#told.length + this.#kills - this.#left + seen.reduce((sum, each) => sum + each, 0);
  }
}

const isConnected = ({ state }: Talker): boolean => state.connection === 'open';

/** People talk, and the clocks of their devices and of the server are set meanwhile. */
import { AgentClient } from '../../src/api/agent-client.ts';
import { ChatClient } from '../../src/api/chat-client.ts';
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { ADMIN, INBOX } from '../../scripts/chat-server-process.mjs';
import { CookieJar } from '../api/node/cookie-fetch.ts';
import { stateOf } from '../api/node/eventually.ts';
import { checkView } from './checks.ts';
import { FaultProxy } from './fault-proxy.ts';
import type { RunOptions } from './fault-run.ts';
import type { Findings } from './findings.ts';
import { Random } from './random.ts';
import { storedEntries } from './read-store.ts';
import type { Stage } from './stage.ts';
import { Talker, type Told } from './talker.ts';
import type { ServerClock } from './wrong-clocks.ts';
import { OFFSETS, WrongClock } from './wrong-clocks.ts';

const MESSAGES = 4_000;
const MINUTE = 60_000;
/** What the server's clock is set to, one after the other, ms off. */
const SERVER_OFFSETS = [0, -5 * MINUTE, 5 * MINUTE, -5 * MINUTE, 0];
const PATIENCE_MS = 60_000;

interface Person {
  readonly conversation: string;
  readonly devices: readonly Talker<ChatClient>[];
}

/** Two devices for each person, each with a clock of its own, and an agent. What is seen must be what is stored, times included. */
export async function clocksOfPeople(
  stage: Stage,
  { seed, scale, log }: RunOptions,
  server: ChatServerProcess,
  serverClock: ServerClock,
  findings: Findings,
): Promise<void> {
  const started = Date.now();
  const random = new Random(seed);
  const ports = () => [Number(new URL(server.url).port)];
  const proxy = stage.add(await FaultProxy.start({ ports, random: random.fork('network') }), (each) => each.close());
  const { people, desk, clocks, errors } = await gather(stage, server, proxy.url, random, findings);
  const all: Talker[] = [...people.flatMap(({ devices }) => devices), desk];
  const told: Told[] = [];
  for (const each of all) {
    each.resumes = 0;
    each.onTold = (one) => void told.push(one);
  }

  const size = Math.max(100, Math.round(MESSAGES * scale));
  let left = size;
  stage.add(all, () => (left = 0));
  const writing = Promise.all(all.map((each) => each.write({ take: () => left > 0 && left-- > 0 })));
  for (const [step, offset] of SERVER_OFFSETS.entries()) {
    await stage.until(PATIENCE_MS, () => told.length >= (step * size) / SERVER_OFFSETS.length || undefined);
    serverClock.set(offset);
    for (const clock of clocks) clock.offset = random.pick(OFFSETS);
    proxy.resetAll();
  }
  await writing;
  await stage.until(PATIENCE_MS, () => told.length >= size || undefined);
  const ended = performance.now();
  const reach = new Map<string, number>();
  for (const { conversationId, seq } of told) reach.set(conversationId, Math.max(seq, reach.get(conversationId) ?? 0));
  const isSeen = ({ conversation, devices }: Person) =>
    [...devices, desk].every((each) => each.isAt(conversation, reach.get(conversation) ?? 0));
  const isOver = await stage.until(PATIENCE_MS, () => people.every(isSeen) || undefined);
  findings.check(isOver !== undefined, 'Not everybody has seen everything.');
  findings.converged(performance.now() - ended);
  findings.messages += told.length;
  findings.resumes += all.reduce((sum, { resumes }) => sum + resumes, 0);
  log(`${told.length} messages under ${clocks.length + 1} clocks, each set ${SERVER_OFFSETS.length} times`);
  findings.check(errors.length === 0, `Pages heard ${[...new Set(errors)].join(', ')}.`);

  const isServers = (at: number) =>
    at >= started + serverClock.range.least && at <= Date.now() + serverClock.range.most;
  for (const { conversation, devices } of people) {
    const stored = await storedEntries(server, conversation);
    const strange = stored.find(({ at }) => !isServers(at));
    findings.check(!strange, `Seq ${strange?.seq} is stored with a time that no server had: ${strange?.at}.`);
    const times = new Map(stored.map(({ seq, at }) => [seq, at]));
    for (const talker of [...devices, desk]) {
      await talker.scroll(conversation, stored.length);
      checkView(talker.view, conversation, stored, findings.verdict);
      for (const { seq, at } of talker.state.threads[conversation]?.entries ?? []) {
        if (times.get(seq) !== at) findings.verdict.mismatch(`${talker.name} shows seq ${seq} with another time.`);
      }
    }
  }
}

/** Lets everybody in. */
async function gather(stage: Stage, server: ChatServerProcess, url: string, random: Random, findings: Findings) {
  const clocks: WrongClock[] = [];
  const errors: string[] = [];
  const clock = (offset: number): WrongClock => {
    clocks.push(new WrongClock(offset));
    return clocks.at(-1)!;
  };
  const talker = <Client extends ChatClient | AgentClient>(name: string, client: Client): Talker<Client> => {
    // There is no IndexedDB here, so nothing is kept: that is not the clocks' doing.
    (client as ChatClient).on('error', ({ code }) => void (code === 'not_saved' || errors.push(code)));
    return stage.add(new Talker(name, client, random.fork(name), findings.verdict), (each) => each.close());
  };

  const people: Person[] = [];
  for (const [index, offset] of OFFSETS.entries()) {
    const email = `person-${index}@faults.example`;
    const identity = { email, authToken: await server.sign(email) };
    const [laptop, phone] = [offset, OFFSETS[(index + 1) % OFFSETS.length]].map((off, device) => {
      const client = new ChatClient({ server: url, inbox: INBOX, persist: 'none', clock: clock(off) });
      return talker(`person ${index}'s ${device === 0 ? 'laptop' : 'phone'}`, client);
    });
    for (const { client } of [laptop, phone]) {
      await client.boot(identity);
      await stateOf(client, ({ connection }) => connection === 'open');
    }
    const conversation = laptop.client.startConversation();
    laptop.view.follow(conversation);
    await laptop.client.send(conversation, 'hello');
    await phone.open(conversation);
    for (const each of [laptop, phone]) each.conversationIds = [conversation];
    people.push({ conversation, devices: [laptop, phone] });
  }

  const jar = new CookieJar(url);
  const createSocket = (address: string) => new WebSocket(address, { headers: jar.headers } as never);
  const agent = new AgentClient({ server: url, fetch: jar.fetch, createSocket, clock: clock(OFFSETS.at(-1)!) });
  const desk = talker('the agent', agent);
  await agent.signIn(ADMIN.email, ADMIN.password);
  desk.conversationIds = people.map(({ conversation }) => conversation);
  for (const { conversation } of people) await desk.open(conversation);
  return { people, desk, clocks, errors };
}

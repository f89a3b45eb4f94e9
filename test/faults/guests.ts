/** Many real clients of one server, each somebody else, each with a conversation of their own. */
import { ChatClient, type ChatClientOptions } from '../../src/api/chat-client.ts';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { Random } from './random.ts';
import { Talker, type Told } from './talker.ts';
import type { Stage } from './stage.ts';
import type { Verdict } from './verdict.ts';

/** So many come in at once. */
const AT_ONCE = 50;

/** What a crowd is made of. */
export interface GuestsOptions {
  /** Where they connect. */
  readonly server: string;
  readonly count: number;
  readonly seed: number;
  readonly verdict: Verdict;
  /** What sets the `index`th apart. */
  readonly options?: (index: number) => Partial<ChatClientOptions>;
}

/** Anonymous visitors who have said hello. */
export class Guests {
  readonly all: readonly Talker<ChatClient>[];
  /** Every acknowledgement. */
  readonly told: Told[] = [];
  /** Codes of what went wrong for anybody, as the page would hear it. */
  readonly errors: string[] = [];

  private constructor(all: readonly Talker<ChatClient>[]) {
    this.all = all;
    for (const guest of all) {
      guest.resumes = 0;
      guest.onTold = (told) => void this.told.push(told);
      guest.client.on('error', ({ code }) => void this.errors.push(code));
    }
  }

  /** Lets them in. They are gone when the run is over. */
  static async gather(stage: Stage, { server, count, seed, verdict, options }: GuestsOptions): Promise<Guests> {
    asIfAlone(stage);
    const random = new Random(seed).fork('guests');
    const all = Array.from({ length: count }, (_, index) => {
      const client = new ChatClient({ server, inbox: INBOX, persist: 'none', ...options?.(index) });
      const name = `guest ${index + 1}`;
      return stage.add(new Talker(name, client, random.fork(name), verdict), (talker) => talker.close());
    });
    for (let first = 0; first < count; first += AT_ONCE) {
      await Promise.all(all.slice(first, first + AT_ONCE).map(enter));
    }
    return new Guests(all);
  }

  get resumes(): number {
    return this.all.reduce((sum, { resumes }) => sum + resumes, 0);
  }

  /** Who is not connected. */
  get away(): readonly Talker<ChatClient>[] {
    return this.all.filter(({ state }) => state.connection !== 'open');
  }

  /** Nobody waits for an answer. */
  get isQuiet(): boolean {
    return this.all.every(({ waiting }) => waiting === 0);
  }
}

async function enter(guest: Talker<ChatClient>): Promise<void> {
  await guest.client.boot();
  const conversationId = guest.client.startConversation();
  guest.conversationIds = [conversationId];
  guest.view.follow(conversationId);
  await guest.client.send(conversationId, 'hello');
}

/** People have a browser each, and what is in one process would hear each other as tabs of one browser. */
function asIfAlone(stage: Stage): void {
  const { BroadcastChannel } = globalThis;
  if (!BroadcastChannel) return;
  Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  stage.add(BroadcastChannel, (channel) => Object.assign(globalThis, { BroadcastChannel: channel }));
}

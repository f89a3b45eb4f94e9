import type { AgentClient } from '../../src/api/agent-client.ts';
import type { ChatClient } from '../../src/api/chat-client.ts';
import type { Random } from './random.ts';
import { agentConsole, visitorDevice, type Talker } from './talker.ts';
import { Verdict } from './verdict.ts';

/** How many talk. */
export interface Crowd {
  /** Each has a conversation of their own, and two devices that both write in it. At most 50. */
  readonly visitors: number;
  /** Of one agent, who writes in all conversations. */
  readonly consoles: number;
}

/** Who talks. */
export class People {
  readonly verdict = new Verdict();
  readonly visitors: { readonly conversationId: string; readonly devices: readonly Talker<ChatClient>[] }[] = [];
  readonly consoles: Talker<AgentClient>[] = [];
  readonly #crowd: Crowd;
  readonly #url: string;
  readonly #random: Random;
  readonly #sign: (email: string) => Promise<string>;

  /**
   * @param url where they find the server
   * @param sign makes the proof for an e-mail
   */
  constructor(crowd: Crowd, url: string, random: Random, sign: (email: string) => Promise<string>) {
    this.#crowd = crowd;
    this.#url = url;
    this.#random = random;
    this.#sign = sign;
  }

  get all(): Talker[] {
    return [...this.visitors.flatMap(({ devices }) => devices), ...this.consoles];
  }

  get conversationIds(): readonly string[] {
    return this.visitors.map(({ conversationId }) => conversationId);
  }

  /** Lets everybody in, while nothing goes wrong yet. */
  async gather(): Promise<void> {
    const { visitors, consoles } = this.#crowd;
    for (let i = 0; i < consoles; i++) {
      const name = `console ${i + 1}`;
      this.consoles.push(await agentConsole(name, this.#url, this.#random.fork(name), this.verdict));
    }
    await Promise.all(Array.from({ length: visitors }, (_, i) => this.#welcome(`visitor ${i + 1}`)));
    for (const each of this.consoles) {
      // Some are on the screen, all are heard.
      for (const id of this.conversationIds.slice(0, 5)) await each.open(id);
      each.conversationIds = this.conversationIds;
    }
  }

  close(): void {
    for (const talker of this.all) talker.close();
  }

  async #welcome(name: string): Promise<void> {
    const email = `${name.replace(' ', '-')}@faults.example`;
    const identity = { email, authToken: await this.#sign(email) };
    const devices: Talker<ChatClient>[] = [];
    for (const device of ['laptop', 'phone']) {
      const full = `${name}'s ${device}`;
      devices.push(await visitorDevice(full, this.#url, identity, this.#random.fork(full), this.verdict));
    }
    const [laptop, phone] = devices;
    const conversationId = laptop.client.startConversation();
    laptop.view.follow(conversationId);
    await laptop.client.send(conversationId, 'hello');
    await phone.open(conversationId);
    for (const device of devices) device.conversationIds = [conversationId];
    this.visitors.push({ conversationId, devices });
  }
}

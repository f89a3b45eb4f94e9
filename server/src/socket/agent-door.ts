import { CloseCode, PROTOCOL_VERSION } from '../../../src/api/protocol.ts';
import type { Agent, ServerFrame } from '../../../src/api/protocol.ts';
import { hashToken, isToken } from '../identity/token.ts';
import { messageParts, TEAM_FILES } from '../message-parts.ts';
import type { Parts } from '../parts.ts';
import { appendAndTell, encode, toAgent } from '../tell.ts';
import { topics } from '../topics.ts';
import { entryFrames, readNotice } from './answers.ts';
import { SendOrder } from './send-order.ts';
import { Goodbye } from './session.ts';
import type { AgentSession, Door, Handlers } from './session.ts';
import { TokenBucket } from './token-bucket.ts';

/** What an agent's frames do. */
export const agentHandlers: Handlers<AgentSession> = {
  async send({ agent, order }, frame, parts) {
    const isNote = frame.note === true;
    const result = await order.keep(frame, parts.now, () =>
      appendAndTell(parts, {
        by: { kind: 'agent', agentId: agent.id, name: agent.name, avatarUrl: agent.avatarUrl ?? null },
        conversationId: frame.conversationId,
        log: isNote ? 'notes' : 'main',
        type: isNote ? 'note' : 'message',
        clientId: frame.clientId,
        ...messageParts(frame, { files: TEAM_FILES, uploaderId: agent.id, side: 'team', isNote }),
      }),
    );
    return result.duplicate ? entryFrames(result) : undefined;
  },

  async typing({ agent, typing: bucket, socketId }, frame, { store, bus, now }) {
    if (bucket.take(now()) > 0) return;
    const conversation = await store.conversations.find(frame.conversationId);
    if (!conversation) return;
    const { conversationId, typing } = frame;
    const author = {
      kind: 'agent',
      id: agent.id,
      name: agent.name,
      ...(agent.avatarUrl === undefined ? {} : { avatarUrl: agent.avatarUrl }),
    } as const;
    const notice = encode({ type: 'typing', conversationId, author, typing });
    bus.publish(topics.contact(conversation.contactId), notice);
    bus.publish(topics.inbox(conversation.inboxId), notice, { except: socketId });
  },

  async read(_session, frame, { store, bus }) {
    const { conversationId, seq } = frame;
    const read = await store.setRead({ conversationId, by: 'agent', seq });
    if (!read?.moved) return;
    const notice = encode(readNotice(read.conversation, 'agent'));
    bus.publish(topics.contact(read.conversation.contactId), notice);
    bus.publish(topics.inbox(read.conversation.inboxId), notice);
  },
};

/** The way in for agents, who are known by the cookie that came with the upgrade. */
export class AgentDoor implements Door<AgentSession> {
  readonly name = 'agent';
  readonly handlers = agentHandlers;
  readonly #parts: Parts;
  readonly #token: string | undefined;

  constructor(parts: Parts, token: string | undefined) {
    this.#parts = parts;
    this.#token = token;
  }

  async identify(_hello: unknown, socketId: string): Promise<AgentSession> {
    const { store, config, now } = this.#parts;
    const [{ session, agent }, inboxes] = await Promise.all([this.#find(), store.inboxes.list()]);
    return {
      kind: 'agent',
      sessionId: session.id,
      expiresAt: session.expiresAt,
      socketId,
      agent: toAgent(agent),
      topics: [
        topics.agents(),
        topics.agent(agent.id),
        topics.session(session.id),
        ...inboxes.map(({ id }) => topics.inbox(id)),
      ],
      typing: new TokenBucket(config.limits.typingPerSocket, now()),
      order: new SendOrder(),
    };
  }

  /**
   * Agents get the newest page whole, whatever `since` says: notes, badges and cursors move without the main log's seq.
   */
  async welcome({ agent }: AgentSession): Promise<readonly ServerFrame[]> {
    const { store, epoch, now } = this.#parts;
    const [page, agents, teams] = await Promise.all([
      store.conversations.pageForAgents({ limit: 50 }),
      this.#agents(agent.id),
      store.teams.list(),
      this.#find(),
    ]);
    return [{ type: 'welcome', version: PROTOCOL_VERSION, now: now(), epoch, agent, agents, teams, ...page }];
  }

  enter({ agent }: AgentSession): void {
    this.#parts.presence.enter(agent.id);
  }

  leave({ agent }: AgentSession): void {
    this.#parts.presence.leave(agent.id);
  }

  /** As the others here were told, so that what they hear next fits; oneself has just come, which nobody was told yet. */
  async #agents(ownId: string): Promise<readonly Agent[]> {
    const { store, presence } = this.#parts;
    const agents = await store.agents.list();
    return agents
      .filter(({ disabled }) => !disabled)
      .map((agent) => {
        const told = presence.told(agent.id);
        return { ...toAgent(agent), presence: agent.id === ownId && told === 'offline' ? presence.of(agent) : told };
      });
  }

  async #find() {
    const found = isToken(this.#token) ? await this.#parts.store.agents.findBySession(hashToken(this.#token)) : null;
    if (!found) throw new Goodbye(CloseCode.signedOut, 'not signed in');
    return found;
  }
}

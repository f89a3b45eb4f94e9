/** The agent's client: every conversation of the inboxes, without a screen. */
import type { ChatError } from './chat-error.ts';
import { applyFields, findConversation, initialState, type ChatState } from './chat-state.ts';
import { applyPresence } from './log-state.ts';
import type { Clock } from './clock.ts';
import { Listeners } from './listeners.ts';
import { LiveClient } from './live-client.ts';
import { applyNote } from './note-state.ts';
import {
  PROTOCOL_VERSION,
  type Agent,
  type AgentContact,
  type AgentConversation,
  type AgentSessionAnswer,
  type AgentSessionPatch,
  type AssignedEntry,
  type AttributeDefinition,
  type Contact,
  type ConversationPage,
  type ConversationState,
  type HelloFrame,
  type MessageEntry,
  type NoteEntry,
  type ServerFrame,
  type TrailItem,
  type TrailNotice,
  type TrailPage,
} from './protocol.ts';
import type { SendOptions } from './thread-client.ts';

/** What happens, beside the state. */
export interface AgentClientEvents {
  /** A message was stored while we listened: each once, never history. `own`: by this agent. */
  message: { readonly message: MessageEntry; readonly own: boolean };
  /** Something of a contact has changed, attributes included. */
  contact: Contact;
  /** What a contact has just done on the site, each once. */
  trail: Omit<TrailNotice, 'type'>;
  /** Something failed that no promise tells. */
  error: ChatError;
}

/** How an `AgentClient` is made. */
export interface AgentClientOptions {
  /** Origin of the chat server; must be the page's own, for the cookie. */
  readonly server: string;
  /** Default: the global `fetch`. Runtimes without a cookie jar give their own. */
  readonly fetch?: typeof fetch;
  /** Default: the global `WebSocket`. */
  readonly createSocket?: (url: string) => WebSocket;
  readonly clock?: Clock;
}

/** A page of contacts. */
export interface ContactPage {
  readonly contacts: readonly AgentContact[];
  readonly cursor?: string;
}

interface ConversationAttributes {
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** By id: null is nobody, what is missing stays as it is. */
export interface AssigneeChange {
  readonly agent?: string | null;
  readonly team?: string | null;
  /** Somebody is looked for who has room; then without `agent`. */
  readonly waits?: boolean;
}

/** Attributes by key; null: it is to go. */
export type AttributeChanges = Readonly<Record<string, string | number | boolean | null>>;

const SESSION_PATH = '/v1/agent/session';

/** The agents' side of a chat. */
export class AgentClient extends LiveClient {
  readonly #events = new Listeners<AgentClientEvents>();

  constructor(options: AgentClientOptions) {
    super({ ...options, side: 'agent', credentials: 'same-origin', path: '/v1', socketPath: '/v1/agent/socket' });
  }

  /** Listens for one kind of event. Returns how to stop. */
  on<K extends keyof AgentClientEvents>(type: K, listener: (detail: AgentClientEvents[K]) => void): () => void {
    return this.#events.on(type, listener);
  }

  /** Resumes the cookie's session if there is one: `state.booted`, and `state.agent` or null. Rejects with ChatError when the server cannot say. */
  async boot(): Promise<void> {
    const { agent } = await this.parts.http.request<AgentSessionAnswer>(SESSION_PATH);
    if (agent) await this.#enter(agent);
    this.parts.state.update(applyFields, { booted: true });
  }

  /** Signs in and goes live. Wrong e-mail or password: ChatError `unauthorized`. */
  async signIn(email: string, password: string): Promise<Agent> {
    const body = { email, password };
    const { agent } = await this.parts.http.request<{ agent: Agent }>(SESSION_PATH, { method: 'POST', body });
    await this.#enter(agent);
    return agent;
  }

  /** Ends the session on the server and empties state and device. Rejects with ChatError when the server could not be told. */
  async signOut(): Promise<void> {
    this.#empty();
    await Promise.all([this.drafts.clear(), this.sender.clear()]);
    await this.parts.http.request(SESSION_PATH, { method: 'DELETE' });
  }

  /** Changes the agent's own password; all other sessions end. Rejects with ChatError, `field` `/password` for a wrong one. */
  async changePassword(password: string, newPassword: string): Promise<void> {
    await this.parts.http.request('/v1/agent/password', { method: 'PUT', body: { password, newPassword } });
  }

  /** The agent's own switch, in all sessions, until it is switched again; it arrives live. Rejects with ChatError. */
  async setPresence(presence: AgentSessionPatch['presence']): Promise<void> {
    await this.parts.http.request(SESSION_PATH, { method: 'PATCH', body: { presence } });
  }

  /** Loads a page of conversations, newest activity first, into `state.conversations`. Resolves with the next page's cursor. Rejects with ChatError. */
  async loadConversations(state: ConversationState, cursor?: string): Promise<string | undefined> {
    return (await (await this.loadLog()).loadConversations({ state, before: cursor })).cursor;
  }

  /** Loads one conversation, by id or number. Rejects with ChatError. */
  async loadConversation(idOrNumber: string): Promise<AgentConversation> {
    return (await (await this.loadLog()).loadConversation(idOrNumber)) as AgentConversation;
  }

  /** A conversation of the state, with what only agents see. */
  conversation(conversationId: string): AgentConversation | undefined {
    return findConversation(this.state, conversationId) as AgentConversation | undefined;
  }

  /** Closes the conversation; the entry arrives live. Rejects with ChatError. */
  resolve(conversationId: string): Promise<void> {
    return this.#change(conversationId, 'resolved');
  }

  /** Opens a resolved conversation again. Rejects with ChatError. */
  reopen(conversationId: string): Promise<void> {
    return this.#change(conversationId, 'open');
  }

  /** Hands the conversation over: this agent is not among those who answer any more; the entry arrives live. Rejects with ChatError. */
  async leave(conversationId: string): Promise<void> {
    await this.parts.http.request(`/v1/conversations/${conversationId}/leave`, { method: 'POST' });
  }

  /** Gives the conversation to an agent, a team, or nobody; the entry arrives live. Rejects with ChatError. */
  async assign(conversationId: string, body: AssigneeChange): Promise<void> {
    await this.parts.http.request(`/v1/conversations/${conversationId}/assignee`, { method: 'PUT', body });
  }

  /** Ends what a chatbot does in it; the conversation changes live. Rejects with ChatError. */
  async stopBot(conversationId: string): Promise<void> {
    await this.parts.http.request(`/v1/conversations/${conversationId}/bot`, { method: 'DELETE' });
  }

  /** One contact, by id or number. Rejects with ChatError. */
  loadContact(idOrNumber: string): Promise<AgentContact> {
    return this.parts.http.request(`/v1/contacts/${encodeURIComponent(idOrNumber)}`);
  }

  /** Which attributes contacts and conversations have. Rejects with ChatError. */
  async loadAttributes(): Promise<readonly AttributeDefinition[]> {
    const { attributes } = await this.parts.http.request<{ attributes: readonly AttributeDefinition[] }>(
      '/v1/attributes',
    );
    return attributes;
  }

  /** Changes attributes of a contact; resolves with the contact as it is now. Rejects with ChatError, `field` `/{key}`. */
  writeContactAttributes(contactId: string, body: AttributeChanges): Promise<AgentContact> {
    return this.parts.http.request(`/v1/contacts/${contactId}/attributes`, { method: 'PATCH', body });
  }

  /** The attributes of a conversation. Rejects with ChatError. */
  async loadConversationAttributes(id: string): Promise<Readonly<Record<string, unknown>>> {
    return (await this.parts.http.request<ConversationAttributes>(`/v1/conversations/${id}/attributes`)).attributes;
  }

  /** Changes them; resolves with those that there are now. Rejects with ChatError, `field` `/{key}`. */
  async writeConversationAttributes(id: string, body: AttributeChanges): Promise<Readonly<Record<string, unknown>>> {
    const request = { method: 'PATCH', body } as const;
    const path = `/v1/conversations/${id}/attributes`;
    return (await this.parts.http.request<ConversationAttributes>(path, request)).attributes;
  }

  /** The newest conversations of one contact, by id or number; not put into the state. Rejects with ChatError. */
  async loadContactConversations(idOrNumber: string): Promise<readonly AgentConversation[]> {
    const query = { contact: idOrNumber };
    const page = await this.parts.http.request<ConversationPage<AgentConversation>>('/v1/conversations', { query });
    return page.conversations;
  }

  /** What a contact did on the site, by id or number, latest first: all of it, or of one type. Rejects with ChatError. */
  loadTrail(
    contactId: string,
    query: { readonly type?: TrailItem['type']; readonly before?: string } = {},
  ): Promise<TrailPage> {
    return this.parts.http.request(`/v1/contacts/${encodeURIComponent(contactId)}/trail`, { query });
  }

  /** Contacts, newest first. Rejects with ChatError. */
  loadContacts(cursor?: string): Promise<ContactPage> {
    return this.parts.http.request('/v1/contacts', { query: { before: cursor } });
  }

  override send(conversationId: string, text: string, options: SendOptions = {}): Promise<MessageEntry | NoteEntry> {
    return this.put(conversationId, text, options);
  }

  async #change(conversationId: string, state: ConversationState): Promise<void> {
    await this.parts.http.request(`/v1/conversations/${conversationId}`, { method: 'PATCH', body: { state } });
  }

  async #enter(agent: Agent): Promise<void> {
    if (this.state.agent && this.state.agent.id !== agent.id) this.#empty();
    await this.#setOwner(agent.id);
    this.parts.state.update(applyFields, { agent, booted: true });
    this.connection.start();
  }

  protected override async hello(): Promise<HelloFrame> {
    return { type: 'hello', version: PROTOCOL_VERSION, ...(await this.loadLog()).held };
  }

  protected override onFrame(frame: ServerFrame): void {
    if (frame.type === 'presence') return this.parts.state.update(applyPresence, frame.agents);
    if (frame.type === 'contact') return this.#events.emit('contact', frame.contact);
    if (frame.type === 'trail') return this.#events.emit('trail', frame);
    if (frame.type === 'teams') return this.parts.state.update(applyFields, { teams: frame.teams });
    if (frame.type === 'gone') return this.parts.state.update(withoutConversation, frame.conversationId);
    if (frame.type !== 'welcome') return this.log?.receive(frame);
    const { agent = null, agents, teams } = frame;
    this.parts.state.update(applyFields, { agent, agents, teams });
    this.log?.receive(frame);
    this.sender.resume();
  }

  protected override onMessage(message: MessageEntry): void {
    this.#events.emit('message', { message, own: message.author.id === this.state.agent?.id });
  }

  protected override onNote(note: NoteEntry | AssignedEntry): void {
    this.parts.state.update(applyNote, note);
  }

  protected override onRefused(reason: ChatError): void {
    if (reason.code !== 'unauthorized') {
      this.sender.refusedAll(reason);
      this.fail(reason);
      return;
    }
    this.#empty();
    void this.#setOwner('');
  }

  /** What this device keeps is from now on that of the one who sits there. */
  async #setOwner(agentId: string): Promise<void> {
    await Promise.all([this.drafts.setOwner(agentId, false), this.sender.setOwner(agentId, false)]);
  }

  /** Nothing of the agent stays on the screen, on its way, or under way. */
  #empty(): void {
    this.stop();
    this.parts.state.update(() => ({ ...initialState, booted: true }));
  }

  protected override fail(error: ChatError): boolean {
    this.#events.emit('error', error);
    return error.temporary;
  }
}

/** The conversation is no more, and with it what was being written in it. */
function withoutConversation(state: ChatState, conversationId: string): ChatState {
  const { [conversationId]: _, ...threads } = state.threads;
  const conversations = state.conversations.filter(({ id }) => id !== conversationId);
  return {
    ...state,
    ...{ threads, conversations },
    unreadMessages: conversations.reduce((sum, { unread }) => sum + unread, 0),
    unreadConversations: conversations.filter(({ unread }) => unread > 0).length,
  };
}

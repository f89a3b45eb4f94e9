/** The bus's topics. A node hears a topic while it has sockets that follow it. */
export const topics = {
  /** A visitor's tabs and devices. */
  contact: (contactId: string): string => `contact:${contactId}`,
  /** All agents who see the inbox. */
  inbox: (inboxId: string): string => `inbox:${inboxId}`,
  /** All widgets of the inbox, and every node's copy of its settings. */
  settings: (inboxId: string): string => `inbox-settings:${inboxId}`,
  /** Ids of inboxes that were made just now: agents follow them from then on. */
  newInboxes: (): string => 'new-inboxes',
  /** All agents, and every node's view of who of them is there. */
  agents: (): string => 'agents',
  /** Who gets conversations is decided otherwise from now on. */
  routing: (): string => 'routing',
  /** Which nodes there are. */
  nodes: (): string => 'nodes',
  /** One session, a visitor's or an agent's: for orders to its sockets. */
  session: (sessionId: string): string => `session:${sessionId}`,
  /** All sockets of one agent. */
  agent: (agentId: string): string => `agent:${agentId}`,
} as const;

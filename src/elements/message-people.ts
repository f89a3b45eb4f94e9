import type { AgentConversation, Author, Conversation } from '../api/protocol.ts';
import { english } from '../text/thread-strings.ts';
import type { ThreadStage } from './thread-stage.ts';

/** What the reader calls somebody: an author, or an id as it stands in reactions. */
export function nameOf(who: Author | string, stage: ThreadStage): string {
  const { side, readerId, client, conversationId, of } = stage;
  const strings = of('thread', english);
  const id = typeof who === 'string' ? who : who.kind === 'contact' ? 'contact' : who.id;
  if (id === readerId) return strings.you;
  const conversation = client.state.conversations.find((each) => each.id === conversationId);
  if (typeof who !== 'string' && who.name) return who.name;
  if (id === 'contact') return contactName(conversation, side) ?? strings.visitor;
  const known = [
    ...(client.state.agents ?? []),
    ...(client.state.settings?.team ?? []),
    ...(conversation?.agents ?? []),
  ];
  return (
    known.find((person) => person.id === id)?.name ?? client.state.settings?.appearance.teamName ?? strings.visitor
  );
}

function contactName(conversation: Conversation | AgentConversation | undefined, side: ThreadStage['side']) {
  return side === 'agent' && conversation && 'contact' in conversation ? conversation.contact.name : undefined;
}

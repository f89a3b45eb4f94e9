import type { ChatState } from '../../../src/api/chat-state.ts';

/** A client, as far as waiting for its state needs it. */
interface Client {
  readonly state: ChatState;
  subscribe(listener: () => void): () => void;
}

/** Resolves with the state as soon as it is so; the test's own time limit is the only one. */
export function stateOf(client: Client, isSo: (state: ChatState) => boolean): Promise<ChatState> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo(client.state)) return;
      stop();
      resolve(client.state);
    };
    const stop = client.subscribe(look);
    look();
  });
}

/** What a thread shows, oldest first. */
export function texts(state: ChatState, conversationId: string): string[] {
  const { entries = [] } = state.threads[conversationId] ?? {};
  return entries.flatMap((entry) => (entry.type === 'message' ? [entry.text] : []));
}

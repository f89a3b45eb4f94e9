/** Moves a thread's window to where a message stands. Comes with the first jump to one that is not loaded. */
import { applyLoading, findConversation, type ChatState } from './chat-state.ts';
import type { Http } from './http.ts';
import type { Observable } from './observable.ts';
import type { EntryPage } from './protocol.ts';
import { growUpwards, PAGE_SIZE } from './thread-growth.ts';

/** Whose thread it is. */
export interface AroundClient {
  readonly parts: {
    readonly state: Observable<ChatState>;
    readonly http: Pick<Http, 'request'>;
    readonly path: string;
  };
  token(): string | undefined;
}

/** See `ThreadClient.loadAround`. */
export async function loadAround(client: AroundClient, id: string, messageId: string): Promise<void> {
  const { state, http, path } = client.parts;
  const { person } = state.value;
  const isTheirs = () => state.value.person === person && state.value.threads[id] !== undefined;
  if (!isTheirs() || state.value.threads[id].loading) return;
  state.update(applyLoading, id, true);
  try {
    const query = { around: messageId, limit: PAGE_SIZE };
    const page = await http.request<EntryPage>(`${path}/conversations/${id}/entries`, { query, token: client.token() });
    if (isTheirs()) state.update(moveWindow, id, page);
  } finally {
    if (isTheirs()) state.update(applyLoading, id, false);
  }
}

/** A page from anywhere in the log: one that joins the window from above makes it grow, any other takes its place. */
export function moveWindow(state: ChatState, id: string, { entries, more }: EntryPage): ChatState {
  const thread = state.threads[id];
  const first = thread?.entries[0]?.seq ?? Infinity;
  const last = entries.at(-1)?.seq ?? 0;
  if (!thread || !entries.length) return state;
  const above = entries.filter(({ seq }) => seq < first);
  const joins = above.length > 0 && first <= last + 1;
  const hasNewer = last < (findConversation(state, id)?.lastSeq ?? 0);
  const moved = joins
    ? growUpwards(thread, { entries: above, more })
    : { ...thread, entries, hasOlder: more, hasNewer };
  return { ...state, threads: { ...state.threads, [id]: moved } };
}

/** What a page and the chat window that it has opened say to each other. */

/** The window: it is there, and may be given a session; or it asks where the visitor is now. */
export interface WindowAsks {
  readonly chat: 'hello' | 'where';
  readonly inbox: string;
}

/** The page: what the window is to go by. */
export interface PageAnswers {
  readonly chat: 'page';
  /** Where the visitor is. */
  readonly page: string;
  /** After `hello`: makes a session. Missing: there is none to have. */
  readonly code?: string;
  readonly lang?: string;
}

/** Whatever has come is such a message. */
export function isSaid<T extends WindowAsks | PageAnswers>(data: unknown, ...kinds: readonly T['chat'][]): data is T {
  const { chat } = (typeof data === 'object' && data ? data : {}) as Partial<T>;
  return kinds.some((kind) => kind === chat);
}

/** The words of the list of conversations. They come with it. */
export interface ListStrings {
  /** Before the last words of a conversation that were the reader's own. */
  readonly lastWordsOwn: string;
  readonly resolved: string;
  readonly allConversations: string;
  readonly olderConversationsFailed: string;
}

/** English, the default. */
export const english: ListStrings = {
  lastWordsOwn: 'You: {text}',
  resolved: 'Resolved',
  allConversations: 'All conversations',
  olderConversationsFailed: 'Older conversations could not be loaded.',
};

/** The words about a message that the server does not take now. They come with the thread. */
export interface UnsentStrings {
  /** `{time}` is when it goes out by itself. */
  readonly waits: string;
  /** The server cannot keep it now. */
  readonly trying: string;
  /** There were too many; `{day}` (`tomorrow`) at `{time}` the reader can write again. */
  readonly tooMany: string;
  /** The same of conversations. */
  readonly tooManyConversations: string;
}

/** English, the default. */
export const english: UnsentStrings = {
  waits: 'Waiting its turn: goes out at {time}.',
  trying: 'Not saved yet. Trying again…',
  tooMany: 'Not sent. You can write again {day} at {time}.',
  tooManyConversations: 'Not sent. You can start another conversation {day} at {time}.',
};

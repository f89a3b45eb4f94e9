/** The words of what is asked before a conversation. They come with it. */
export interface GateStrings {
  readonly title: string;
  /** While nobody is there, and the questions are the ones for that. */
  readonly titleOffline: string;
  readonly hintOffline: string;
  readonly go: string;
  readonly consentTitle: string;
}

/** English, the default. */
export const english: GateStrings = {
  title: 'Before we start',
  titleOffline: 'Leave us a message',
  hintOffline: 'Tell us how to reach you, then write your message.',
  go: 'Continue',
  consentTitle: 'One thing first',
};

/** The words of the question how a conversation was. They come with it. */
export interface ClosedStrings {
  readonly howWasIt: string;
  /** What 1 to 5 mean. */
  readonly scores: readonly [string, string, string, string, string];
  readonly comment: string;
  readonly optional: string;
  readonly send: string;
  readonly notNow: string;
  readonly thanks: string;
}

/** English, the default. */
export const english: ClosedStrings = {
  howWasIt: 'How was this conversation?',
  scores: ['Bad', 'Not so good', 'Okay', 'Good', 'Great'],
  comment: 'Would you like to say more?',
  optional: 'optional',
  send: 'Send',
  notNow: 'Not now',
  thanks: 'Thank you for telling us.',
};

/** What an inbox says as long as nobody has worded it: the defaults of its settings. Who has worded it is not translated. */
export interface DefaultStrings {
  /** First words on the open panel. */
  readonly greeting: string;
  /** When to expect an answer. */
  readonly replyTime: string;
  /** First words in a new conversation while somebody is there. */
  readonly welcomeOnline: string;
  /** The same while nobody is there. */
  readonly welcomeOffline: string;
}

/** English, as the settings have it. */
export const english: DefaultStrings = {
  greeting: 'Hello! How can we help?',
  replyTime: 'We usually reply within a few minutes.',
  welcomeOnline: 'We are here. What is it about?',
  welcomeOffline: 'Nobody is here right now. Leave us a message, and we will answer as soon as we are back.',
};

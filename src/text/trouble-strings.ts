/** The words of a panel that is refused, or has to wait. They come when that happens. */
export interface TroubleStrings {
  readonly blocked: string;
  readonly blockedHint: string;
  /** Nobody can write from here. */
  readonly notHere: string;
  readonly notHereHint: string;
  readonly noSuchInbox: string;
  readonly noSuchInboxHint: string;
  readonly signIn: string;
  readonly signInHint: string;
  readonly outdated: string;
  readonly outdatedHint: string;
  readonly reload: string;

  /** The visitor goes on as nobody in particular. */
  readonly ended: string;
  readonly signInAgain: string;

  /** In place of "no connection". */
  readonly tooMany: string;

  /** Above what was half written when the field went. */
  readonly yourWords: string;
  readonly copy: string;
  readonly copied: string;
}

/** English, the default. */
export const english: TroubleStrings = {
  blocked: 'You cannot write here any more',
  blockedHint: 'If you think that this is a mistake, please reach us another way.',
  notHere: 'This chat is not available here',
  notHereHint: 'Please reach us another way.',
  noSuchInbox: 'This chat does not exist',
  noSuchInboxHint: 'Please reach us another way.',
  signIn: 'Please sign in to go on',
  signInHint: 'This chat is for customers who are signed in.',
  outdated: 'This page is out of date',
  outdatedHint: 'Load it again to go on.',
  reload: 'Load again',

  ended: 'Your session has ended. Sign in again to see your conversations.',
  signInAgain: 'Sign in again',

  tooMany: 'That was a lot at once. What you write is sent in a moment.',

  yourWords: 'What you were writing',
  copy: 'Copy',
  copied: 'Copied',
};

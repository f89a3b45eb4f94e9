/** The words around a conversation: the way back to the list of all, what else is offered. */
export interface ConversationStrings {
  readonly back: string;
  /** Name of the button to the menu. */
  readonly more: string;
  readonly conversations: string;
  /** First words of a conversation that is not begun yet, when the inbox says none. */
  readonly sayHello: string;
  /** For who may begin no other conversation now. */
  readonly goOn: string;

  /** To somebody whose e-mail is known, and not proven. */
  readonly confirmHint: string;
  readonly confirmEmail: string;
  /** To somebody of whom nothing is known. */
  readonly leaveHint: string;
  readonly leaveEmail: string;
  readonly notNow: string;
  /** The code of the form could not be loaded. */
  readonly offerFailed: string;
}

/** English, the default. */
export const english: ConversationStrings = {
  back: 'Back to your conversations',
  more: 'More',
  conversations: 'Your conversations',
  sayHello: 'Hello! What can we do for you?',
  goOn: 'Go on in your last conversation',

  confirmHint: 'Is {email} yours? Confirm it to see all your conversations.',
  confirmEmail: 'Confirm your e-mail',
  leaveHint: 'Let us know who you are.',
  leaveEmail: 'Leave your e-mail',
  notNow: 'Not now',
  offerFailed: 'That did not work. Check your connection and try again.',
};

import type { LauncherStrings } from './launcher-strings.ts';
import type { Plural } from './phrase.ts';

/** The words of the panel. `{name}` marks a place for `fill()`. */
export interface PanelStrings {
  /** Name of the panel; `{team}` is the inbox's team. */
  readonly chatWith: string;
  /** Name of the panel without a team. */
  readonly chat: string;
  readonly closePanel: string;

  /** Greets on the home screen when the inbox's settings say nothing. */
  readonly greeting: string;
  readonly weAreOnline: string;
  /** Somebody of the team. */
  readonly isOnline: string;
  readonly weAreAway: string;
  /** When to expect an answer while nobody is there. */
  readonly answerLater: string;
  readonly startFirst: string;
  readonly startFirstHint: string;
  readonly startAnother: string;

  readonly loading: string;

  /** Name of the composer's textbox. */
  readonly message: string;
  readonly writeMessage: string;
  readonly send: string;
  readonly attach: string;
  readonly emoji: string;
  readonly charactersLeft: Plural;
  readonly charactersOver: Plural;

  readonly offline: string;
  /** The server is not reached, for the first time or any more, and what becomes of what one writes. */
  readonly reconnecting: string;
  /** An attempt that somebody asked for is under way. */
  readonly connecting: string;
  readonly tryAgain: string;
  /** In place of waiting for the next attempt. */
  readonly tryNow: string;
}

/** What all parts of a panel need. */
export type Strings = LauncherStrings & PanelStrings;

/** English, the default. */
export const english: PanelStrings = {
  chatWith: 'Chat with {team}',
  chat: 'Chat',
  closePanel: 'Close chat',

  greeting: 'Hi there',
  weAreOnline: 'We are online',
  isOnline: '{name} is online',
  weAreAway: 'We are away',
  answerLater: 'We answer as soon as we are back.',
  startFirst: 'Start a conversation',
  startFirstHint: 'Write to us. The answer appears right here.',
  startAnother: 'Start a new conversation',

  loading: 'Loading…',

  message: 'Message',
  writeMessage: 'Write a message…',
  send: 'Send',
  attach: 'Attach files',
  emoji: 'Emoji',
  charactersLeft: { one: '{count} character left', other: '{count} characters left' },
  charactersOver: { one: '{count} character too many', other: '{count} characters too many' },

  offline: 'You are offline. What you write is sent when you are back.',
  reconnecting: 'No connection. Trying again… What you write is sent as soon as it is back.',
  connecting: 'Connecting…',
  tryAgain: 'Try again',
  tryNow: 'Try now',
};

import type { Plural } from './phrase.ts';

/** The words on the launcher: all that a page needs before anybody has asked for the chat. */
export interface LauncherStrings {
  /** Name of the button while the panel is closed; contains the word for "chat". */
  readonly openChat: string;
  /** Name of the button while the panel is open. */
  readonly closeChat: string;
  /** Follows `openChat` when something is unread. */
  readonly unreadMessages: Plural;
  /** Beside the button when its code does not come. */
  readonly notLoaded: string;
}

/** English. */
export const launcherStrings: LauncherStrings = {
  openChat: 'Open chat',
  closeChat: 'Close chat',
  unreadMessages: { one: '{count} unread message', other: '{count} unread messages' },
  notLoaded: 'The chat could not be loaded. Try again, or reload the page.',
};

/** What only some inboxes say: office hours, what is asked before a conversation, conversations that stay closed. */
export interface HomeStrings {
  /** Office hours begin again: today, tomorrow, on a weekday or a date. */
  readonly backToday: string;
  readonly backTomorrow: string;
  readonly backOn: string;

  readonly startConversation: string;
  /** Where there is one conversation at a time, and one is open. */
  readonly goOn: string;
  readonly closedForGood: string;
  /** With the name of this software. */
  readonly poweredBy: string;
}

/** English, the default. */
export const english: HomeStrings = {
  backToday: 'Back today at {time}',
  backTomorrow: 'Back tomorrow at {time}',
  backOn: 'Back on {day} at {time}',

  startConversation: 'Start a conversation',
  goOn: 'Go on with your conversation',
  closedForGood: 'This conversation is closed.',
  poweredBy: 'Made with chat-widget',
};

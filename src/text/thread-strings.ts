import type { Plural } from './phrase.ts';

/** The words of a thread. They come with it. `{name}` marks a place for `fill()`. */
export interface ThreadStrings {
  /** Name of the list of messages; `{name}` is who one talks with. */
  readonly messagesWith: string;
  readonly messages: string;
  readonly emptyThread: string;
  readonly you: string;
  readonly visitor: string;
  readonly typing: string;
  readonly typingSeveral: string;
  readonly joined: string;
  readonly left: string;
  readonly conversationResolved: string;
  readonly conversationReopened: string;
  /** `{count}` of five; by the one who reads it, and by `{name}`. */
  readonly ratedOwn: string;
  readonly rated: string;
  readonly newest: string;
  readonly newMessages: Plural;
  /** Line above the first message that is new to the reader. */
  readonly fromHereNew: string;
  readonly threadFailed: string;
  readonly olderFailed: string;

  readonly sending: string;
  readonly sent: string;
  readonly seen: string;
  readonly notSent: string;
  readonly retry: string;
  readonly discard: string;
  /** In the place of a message that was taken back. */
  readonly deleted: string;
  /** Name of the button beside each message. */
  readonly actions: string;
  /** Said beside a link whose text hides where it leads; `{host}` is the real host. */
  readonly linkHost: string;
}

/** English, the default. */
export const english: ThreadStrings = {
  messagesWith: 'Messages with {name}',
  messages: 'Messages',
  emptyThread: 'No messages yet. Say hello.',
  you: 'You',
  visitor: 'Visitor',
  typing: '{name} is typing',
  typingSeveral: '{names} are typing',
  joined: '{name} joined the conversation',
  left: '{name} left the conversation',
  conversationResolved: 'Conversation resolved',
  conversationReopened: 'Conversation reopened',
  ratedOwn: 'You rated this conversation: {count} of 5',
  rated: '{name} rated this conversation: {count} of 5',
  newest: 'Jump to the newest messages',
  newMessages: { one: '{count} new message', other: '{count} new messages' },
  fromHereNew: 'New',
  threadFailed: 'The messages could not be loaded.',
  olderFailed: 'Older messages could not be loaded.',

  sending: 'Sending…',
  sent: 'Sent',
  seen: 'Seen',
  notSent: 'Not sent',
  retry: 'Retry',
  discard: 'Discard',
  deleted: 'Message deleted',
  actions: 'Message actions',
  linkHost: 'leads to {host}',
};

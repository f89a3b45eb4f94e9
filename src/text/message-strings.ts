/** The words about single messages: what was done to them, and what can be. They come when the first is needed. */
export interface MessageStrings {
  /** Behind a text that was changed. */
  readonly edited: string;
  /** When; heard and seen with the message's exact time. */
  readonly editedAt: string;
  /** `{name}` has said what a message answers; heard before it. */
  readonly inReplyTo: string;
  /** The answered message lies further up than what is loaded. */
  readonly earlier: string;
  readonly notFound: string;
  readonly attachment: string;

  /** Name of the row of emoji below a message. */
  readonly reactions: string;
  /** A reaction's name: `{emoji}` `{count}` times, by `{names}`. */
  readonly reactedBy: string;

  /** Name of the menu, of `{name}`'s message. */
  readonly actionsOf: string;
  readonly react: string;
  readonly moreEmoji: string;
  readonly reply: string;
  readonly copy: string;
  readonly select: string;
  readonly edit: string;
  readonly delete: string;
  readonly confirmDelete: string;
  readonly keep: string;
  readonly copied: string;

  /** Above the composer. */
  readonly replyingTo: string;
  readonly editing: string;
  readonly cancel: string;

  readonly failed: string;
  readonly tooOld: string;
  readonly goneMeanwhile: string;
  readonly tooMany: string;
  readonly unreachable: string;
  readonly notCopied: string;
  readonly dismiss: string;
}

/** English, the default. */
export const english: MessageStrings = {
  edited: 'edited',
  editedAt: 'Edited {time}',
  inReplyTo: 'In reply to {name}:',
  earlier: 'An earlier message',
  notFound: 'That message lies too far back to be shown here.',
  attachment: 'Attachment',

  reactions: 'Reactions',
  reactedBy: '{emoji} {count}: {names}',

  actionsOf: 'Message of {name}',
  react: 'React',
  moreEmoji: 'More emoji',
  reply: 'Reply',
  copy: 'Copy text',
  select: 'Select text',
  edit: 'Edit',
  delete: 'Delete',
  confirmDelete: 'Delete this message for everybody?',
  keep: 'Keep it',
  copied: 'Copied',

  replyingTo: 'Reply to {name}',
  editing: 'Edit your message',
  cancel: 'Cancel',

  failed: 'That did not work. Try again.',
  tooOld: 'It is too late to change this message.',
  goneMeanwhile: 'This message has been deleted meanwhile.',
  tooMany: 'That was too fast. Wait a moment and try again.',
  unreachable: 'That did not work. Check your connection and try again.',
  notCopied: 'The text could not be copied here.',
  dismiss: 'Dismiss',
};

/** The words with which a new message makes itself known while the panel is closed. They come with the first one. */
export interface AlertStrings {
  /** Who writes, when nobody knows a name. */
  readonly team: string;
  /** A message without words. */
  readonly file: string;
  readonly deleted: string;
  /** What a click on the card does. */
  readonly open: string;
  readonly dismiss: string;
  /** Said aloud, once. */
  readonly said: string;
}

/** English, the default. */
export const english: AlertStrings = {
  team: 'Our team',
  file: 'Sent a file.',
  deleted: 'Took a message back.',
  open: 'Open the conversation',
  dismiss: 'Dismiss',
  said: 'New message from {name}: {text}',
};

/** The words of the menu, and of what it asks before it does something for good. They come with it. */
export interface MenuStrings {
  /** Name of the menu. */
  readonly title: string;
  readonly sounds: string;
  readonly notifications: string;
  /** The browser was told to refuse them. */
  readonly notificationsBlocked: string;
  readonly downloadTranscript: string;
  readonly mailTranscript: string;
  readonly downloadData: string;
  readonly forgetMe: string;
  readonly end: string;

  readonly endTitle: string;
  readonly endHint: string;
  /** Where a closed conversation cannot be opened again. */
  readonly endHintForGood: string;
  readonly endYes: string;
  readonly forgetTitle: string;
  readonly forgetHint: string;
  readonly forgetYes: string;
  readonly cancel: string;

  /** `{email}` is where it goes. */
  readonly mailed: string;
  readonly ended: string;
  readonly working: string;
  /** Names of the files. */
  readonly transcriptFile: string;
  readonly dataFile: string;
}

/** English, the default. */
export const english: MenuStrings = {
  title: 'More',
  sounds: 'Sounds',
  notifications: 'Notifications',
  notificationsBlocked: 'Notifications are blocked in your browser’s settings.',
  downloadTranscript: 'Download this conversation',
  mailTranscript: 'Mail me this conversation',
  downloadData: 'Download my data',
  forgetMe: 'Forget me…',
  end: 'End conversation…',

  endTitle: 'End this conversation?',
  endHint: 'Write again whenever you like: that opens it again.',
  endHintForGood: 'You can still read it, and start a new one.',
  endYes: 'End it',
  forgetTitle: 'Delete everything about you?',
  forgetHint:
    'All your conversations, files and details are deleted for good, on all your devices. Nobody can bring them back.',
  forgetYes: 'Delete everything',
  cancel: 'Cancel',

  mailed: 'It is on its way to {email}.',
  ended: 'The conversation is closed.',
  working: 'One moment…',
  transcriptFile: 'conversation-{number}.txt',
  dataFile: 'my-chat-data.json',
};

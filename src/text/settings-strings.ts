/** The words of the console's settings. They come with it. What fields are called is said by the server's schema. */
import type { Plural } from './phrase.ts';

/** What a signing scheme is called, and where its secret belongs. */
export interface SchemeWords {
  readonly name: string;
  readonly use: string;
}

export interface SettingsStrings {
  readonly settings: string;
  readonly pages: string;
  readonly inbox: string;
  readonly chooseInbox: string;
  readonly newInbox: string;
  readonly installation: string;
  readonly agents: string;
  readonly loading: string;
  readonly loadFailed: string;
  readonly tryAgain: string;
  readonly adminsOnly: string;
  readonly noSuchInbox: string;
  readonly noSuchPage: string;

  readonly save: string;
  readonly saving: string;
  readonly saved: string;
  readonly unsaved: string;
  readonly undo: string;
  readonly undone: string;
  readonly saveFailed: string;
  readonly notValid: Plural;
  readonly conflict: string;
  readonly keepMine: string;
  readonly merged: string;
  readonly leaveTitle: string;
  readonly leaveHint: string;
  readonly leaveSave: string;
  readonly leaveDiscard: string;
  readonly stay: string;

  /** `{field}` */
  readonly reset: string;
  readonly resetTip: string;
  readonly optional: string;
  /** `{field}` */
  readonly pick: string;
  readonly image: string;
  readonly imageFailed: string;
  readonly upload: string;
  readonly uploadOther: string;
  /** `{field}` */
  readonly uploadOf: string;
  readonly uploading: string;
  readonly uploadFailed: string;
  readonly imageTooLarge: string;
  readonly useAddress: string;
  /** `{field}` */
  readonly addressOf: string;
  readonly removeShort: string;
  /** `{field}` */
  readonly unitOf: string;
  readonly durationUnits: Readonly<Record<'s' | 'm' | 'h' | 'd', string>>;
  readonly noTimeZone: string;
  readonly show: string;
  readonly hide: string;
  readonly item: string;
  readonly rowItem: string;
  /** `{item}` */
  readonly add: string;
  /** `{item}`, `{place}` */
  readonly row: string;
  /** `{name}` */
  readonly remove: string;
  readonly moveUp: string;
  readonly moveDown: string;
  /** `{name}`, `{place}`, `{count}` */
  readonly moved: string;
  /** `{name}` */
  readonly removed: string;
  readonly nothingYet: string;
  readonly full: Plural;
  readonly closed: string;
  /** `{day}` */
  readonly addHours: string;
  /** `{day}`, `{place}` */
  readonly from: string;
  readonly to: string;
  readonly removeHours: string;
  /** `{day}` */
  readonly copyHours: string;
  readonly copyHoursShort: string;
  readonly hoursCopied: string;

  readonly preview: string;
  readonly showPreview: string;
  readonly hidePreview: string;
  readonly previewHint: string;
  /** `{field}` and what is wrong with it, `{reason}` */
  readonly previewStopped: string;
  readonly previewFailed: string;

  readonly inboxName: string;
  readonly inboxNameHint: string;
  readonly inboxId: string;
  readonly inboxIdHint: string;
  readonly siteUrl: string;
  readonly siteUrlHint: string;
  readonly brandName: string;
  readonly brandNameHint: string;
  readonly brandColor: string;
  readonly brandColorHint: string;
  readonly newInboxHint: string;
  readonly makeInbox: string;
  readonly makingInbox: string;
  readonly makeFailed: string;

  readonly ownTag: string;
  readonly ownTagHint: string;
  readonly ownPackage: string;
  readonly ownPackageHint: string;
  readonly dropIn: string;
  readonly dropInHint: string;
  readonly comesLater: string;
  readonly copy: string;
  /** `{name}` */
  readonly copyOf: string;
  readonly copied: string;
  readonly copyFailed: string;

  readonly secrets: string;
  readonly secretsHint: string;
  readonly showSecrets: string;
  readonly secretsFailed: string;
  readonly noSecrets: string;
  readonly schemes: Readonly<Record<string, SchemeWords>>;
  /** `{time}` */
  readonly made: string;
  /** `{time}` */
  readonly previousUntil: string;
  readonly reveal: string;
  readonly conceal: string;
  readonly replaceSecret: string;
  readonly setSecret: string;
  readonly compromised: string;
  /** `{name}` */
  readonly replaceTitle: string;
  readonly replaceText: string;
  readonly setTitle: string;
  readonly setText: string;
  readonly compromisedTitle: string;
  readonly compromisedText: string;
  readonly graceHours: string;
  readonly graceHint: string;
  readonly ownValue: string;
  readonly ownValueHint: string;
  readonly cancel: string;
  readonly secretReplaced: string;
  readonly secretCompromised: Plural;
  readonly rotateFailed: string;

  readonly agentsHint: string;
  readonly agentName: string;
  readonly agentEmail: string;
  readonly agentPassword: string;
  readonly agentPasswordHint: string;
  readonly agentRole: string;
  readonly roles: Readonly<Record<'admin' | 'agent', string>>;
  readonly addAgent: string;
  readonly addingAgent: string;
  /** `{name}` */
  readonly agentAdded: string;
  /** `{name}`, `{password}` */
  readonly passwordOnce: string;
  readonly agentFailed: string;
  readonly changeAgent: string;
  /** `{name}` */
  readonly changeAgentOne: string;
  readonly changeAgentTitle: string;
  readonly newPassword: string;
  readonly newPasswordHint: string;
  /** `{name}` */
  readonly roleOf: string;
  readonly disable: string;
  readonly enable: string;
  /** `{name}` */
  readonly disableTitle: string;
  readonly disableText: string;
  readonly shutOut: string;
  readonly you: string;
  /** `{name}` */
  readonly agentChanged: string;
}

export const english: SettingsStrings = {
  settings: 'Settings',
  pages: 'Pages of the settings',
  inbox: 'Inbox',
  chooseInbox: 'Inbox to set up',
  newInbox: 'New inbox',
  installation: 'Installation',
  agents: 'Agents',
  loading: 'Loading the settings…',
  loadFailed: 'The settings could not be loaded.',
  tryAgain: 'Try again',
  adminsOnly: 'Only an admin can see and change the settings.',
  noSuchInbox: 'There is no such inbox.',
  noSuchPage: 'There is no such page. Choose one from the list.',

  save: 'Save',
  saving: 'Saving…',
  saved: 'Saved. It is live.',
  unsaved: 'Not saved yet',
  undo: 'Undo changes',
  undone: 'Your changes are undone.',
  saveFailed: 'That could not be saved. Try again in a moment.',
  notValid: { one: 'Not saved: one field needs another look.', other: 'Not saved: {count} fields need another look.' },
  conflict: 'Somebody else has saved these settings meanwhile.',
  keepMine: 'Load theirs, keep my changes',
  merged: 'Theirs are loaded, with your changes on top. Save when it looks right.',
  leaveTitle: 'Leave without saving?',
  leaveHint: 'You have changed settings that are not saved yet.',
  leaveSave: 'Save and leave',
  leaveDiscard: 'Discard changes',
  stay: 'Stay here',

  reset: 'Reset {field} to its default',
  resetTip: 'Reset to default',
  optional: 'optional',
  pick: 'Pick a colour for {field}',
  image: 'How the picture looks',
  imageFailed: 'There is no picture at this address.',
  upload: 'Upload…',
  uploadOther: 'Upload another…',
  uploadOf: 'Upload a picture: {field}',
  uploading: 'Uploading: {field}',
  uploadFailed: 'The picture could not be uploaded. Try again in a moment.',
  imageTooLarge: 'The picture is too large: 2 MB at most.',
  useAddress: 'Use an address',
  addressOf: 'Address of {field}',
  removeShort: 'Remove',
  unitOf: 'Unit of {field}',
  durationUnits: { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' },
  noTimeZone: 'Not set',
  show: 'Show',
  hide: 'Hide',
  item: 'entry',
  rowItem: 'row',
  add: 'Add {item}',
  row: '{item} {place}',
  remove: 'Remove {name}',
  moveUp: 'Move {name} up',
  moveDown: 'Move {name} down',
  moved: '{name} is number {place} of {count} now.',
  removed: '{name} is removed.',
  nothingYet: 'None yet.',
  full: { one: 'There is room for one only.', other: 'There is room for {count} only.' },
  closed: 'Closed',
  addHours: 'Add hours on {day}',
  from: '{day}, from',
  to: '{day}, to',
  removeHours: 'Remove these hours of {day}',
  copyHours: 'Copy {day} to all days',
  copyHoursShort: 'Copy to all days',
  hoursCopied: 'All days have the hours of {day} now.',

  preview: 'Preview',
  showPreview: 'Show the preview',
  hidePreview: 'Back to the form',
  previewHint: 'The real widget with what the form says now. Nothing that you write in it is sent.',
  previewStopped: 'Not shown yet: “{field}” {reason}',
  previewFailed: 'The preview could not be updated.',

  inboxName: 'Name',
  inboxNameHint: 'What agents call this inbox. Visitors do not see it.',
  inboxId: 'Id',
  inboxIdHint:
    'Stands in the tag on your site, and stays as it is: lower-case letters, digits, hyphens. Empty: made from the name.',
  siteUrl: 'Address of the site',
  siteUrlHint: 'Where the chat will be, such as https://shop.example. Only this site may embed it then.',
  brandName: 'Team name',
  brandNameHint: 'Who visitors talk with; stands in the header of the chat.',
  brandColor: 'Brand colour',
  brandColorHint: 'Launcher, header and own messages. Empty: ours.',
  newInboxHint: 'An inbox is one chat on one site: with its own looks, words, secrets and rules.',
  makeInbox: 'Make the inbox',
  makingInbox: 'Making it…',
  makeFailed: 'The inbox could not be made. Try again in a moment.',

  ownTag: 'On any page',
  ownTagHint: 'Paste this before the end of the page’s body. That is all.',
  ownPackage: 'With npm and a bundler',
  ownPackageHint: 'Import the package once; the tag works in every framework.',
  dropIn: 'Coming from another chat?',
  dropInHint:
    'These are the snippets of five other chats with your server and this inbox filled in. They begin to work with the drop-in APIs, which are not part of this version.',
  comesLater: 'Comes with the drop-in APIs',
  copy: 'Copy',
  copyOf: 'Copy the snippet: {name}',
  copied: 'Copied',
  copyFailed: 'The browser would not copy. Select the text instead.',

  secrets: 'Secrets',
  secretsHint:
    'Your back end signs with them who a visitor is. Keep them on your server. Looking at them is noted in the audit log.',
  showSecrets: 'Show the secrets',
  secretsFailed: 'The secrets could not be loaded.',
  noSecrets: 'This inbox has no secrets yet.',
  schemes: {
    email: { name: 'E-mail', use: 'Signs an e-mail address, for auth-token.' },
    jwt: { name: 'JWT', use: 'Signs JSON Web Tokens, for jwt.' },
    minted: { name: 'Minted tokens', use: 'Seals the tokens that this server mints for identification-token.' },
    'chaport-data': { name: 'Chaport visitor data', use: 'Salt for visitor-hash. Weak; only to move over.' },
    'chaport-login': { name: 'Chaport login', use: 'Salt for visitor-token. Weak; only to move over.' },
  },
  made: 'In use since {time}',
  previousUntil: 'The one before is taken until {time}',
  reveal: 'Show',
  conceal: 'Hide',
  replaceSecret: 'Replace…',
  setSecret: 'Set my own…',
  compromised: 'Somebody knows it…',
  replaceTitle: 'Replace the secret “{name}”?',
  replaceText: 'A new random one takes its place. Put it on your server before the old one runs out.',
  setTitle: 'Set the secret “{name}”',
  setText: 'For a back end that signs with a secret already. The old one is still taken for a while.',
  compromisedTitle: 'Does somebody know the secret “{name}”?',
  compromisedText:
    'A new random one takes its place at once. The old one is not taken any more, and everybody who came in with it is signed out.',
  graceHours: 'Hours for which the old one is still taken',
  graceHint: '0 to 720.',
  ownValue: 'Your secret',
  ownValueHint: 'At least 32 characters that nobody can guess.',
  cancel: 'Cancel',
  secretReplaced: 'The new secret is in use.',
  secretCompromised: {
    one: 'The new secret is in use; one session was ended.',
    other: 'The new secret is in use; {count} sessions were ended.',
  },
  rotateFailed: 'The secret could not be replaced. The old one is still in use.',

  agentsHint: 'Who can sign in here and answer. Admins change settings, too.',
  agentName: 'Name',
  agentEmail: 'E-mail',
  agentPassword: 'Password',
  agentPasswordHint: 'At least 8 characters. Empty: one is made up and shown to you once.',
  agentRole: 'Role',
  roles: { admin: 'Admin', agent: 'Agent' },
  addAgent: 'Add an agent',
  addingAgent: 'Adding…',
  agentAdded: '{name} can sign in now.',
  passwordOnce: 'The password of {name} is shown this once: {password}',
  agentFailed: 'That did not work. Try again in a moment.',
  changeAgent: 'Change…',
  changeAgentOne: 'Change… {name}',
  changeAgentTitle: 'Change {name}',
  newPassword: 'New password',
  newPasswordHint: 'At least 8 characters; they are signed out everywhere. Empty: it stays as it is.',
  roleOf: 'Role of {name}',
  disable: 'Shut out…',
  enable: 'Let in again',
  disableTitle: 'Shut {name} out?',
  disableText: 'They are signed out everywhere and cannot sign in any more. What they wrote stays.',
  shutOut: 'Shut out',
  you: 'you',
  agentChanged: '{name} is changed.',
};

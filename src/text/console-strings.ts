import type { Presence } from '../api/protocol.ts';
import type { Plural } from './phrase.ts';

/** Every word that the console shows and the widget does not. `{name}` marks a place for `fill()`. */
export interface ConsoleStrings {
  readonly console: string;

  readonly signIn: string;
  readonly signInHint: string;
  readonly email: string;
  readonly password: string;
  readonly showPassword: string;
  readonly signingIn: string;
  readonly emailMissing: string;
  readonly emailMalformed: string;
  readonly passwordMissing: string;
  readonly wrongPassword: string;
  /** The server gave no time to wait. */
  readonly tooManyTries: string;
  /** `{time}` is a duration: "20 seconds". */
  readonly tooManyTriesFor: string;
  readonly serverUnreachable: string;
  readonly signInFailed: string;
  readonly signedOutElsewhere: string;
  readonly settings: string;
  readonly settingsFailed: string;
  readonly signOut: string;
  readonly changePassword: string;
  readonly signingOut: string;
  readonly signOutFailed: string;
  readonly signedInAs: string;

  /** The agent's own switch: where it stands, … */
  readonly presence: Readonly<Record<Presence, string>>;
  /** … and what it does; heard after that. */
  readonly goAway: string;
  readonly comeBack: string;
  readonly switchFailed: string;
  /** In place of what the switch would do, while there is no way to the server. */
  readonly notConnected: string;

  /** Name of the rail. */
  readonly views: string;
  readonly open: string;
  readonly resolved: string;
  /** Follows a view's name for people who hear it. */
  readonly unreadConversations: Plural;

  /** Whose conversations are shown: name of the list to choose from, and what is in it. */
  readonly whose: string;
  readonly ofWhom: Readonly<Record<'all' | 'mine' | 'team' | 'nobody', string>>;
  /** In the place of conversations that nobody has of the chosen ones. */
  readonly nothingOfTheirs: string;
  readonly showAll: string;
  /** Names of the list. */
  readonly openConversations: string;
  readonly resolvedConversations: string;
  /** `{id}` are the last characters of the contact's id. */
  readonly unknownVisitor: string;
  readonly unread: Plural;
  /** Before the last words when the reader said them. */
  readonly lastWordsOwn: string;
  /** Before the last words when another agent said them. */
  readonly lastWordsAgent: string;
  readonly noWordsYet: string;
  readonly nothingOpen: string;
  readonly nothingOpenHint: string;
  readonly nothingResolved: string;
  readonly nothingResolvedHint: string;
  readonly listFailed: string;
  readonly olderFailed: string;
  readonly loading: string;
  readonly tryAgain: string;

  readonly chooseConversation: string;
  readonly chooseConversationHint: string;
  readonly chooseConversationKeys: string;
  readonly noSuchConversation: string;
  readonly noSuchConversationHint: string;
  readonly conversationFailed: string;
  readonly backToList: string;
  readonly reply: string;
  readonly writeReply: string;
  /** Shown in place of `writeReply` while the conversation is resolved. */
  readonly writeReplyResolved: string;
  /** Opens the dialog in which choices and forms are put together. */
  readonly offer: string;
  readonly offerBegun: string;
  /** The agent hands the conversation over. */
  readonly leave: string;
  readonly resolve: string;
  readonly reopen: string;
  readonly stateFailed: string;

  readonly verified: string;
  readonly notVerified: string;
  readonly verifiedHint: string;
  readonly claimedHint: string;
  readonly anonymousHint: string;

  readonly contactData: string;
  readonly contactAttributes: string;
  readonly conversationAttributes: string;
  readonly nothingKnown: string;
  readonly edit: string;
  readonly save: string;
  readonly cancel: string;
  readonly notSaved: string;
  readonly notSet: string;
  readonly yes: string;
  readonly no: string;
  readonly externalId: string;
  readonly visitorId: string;
  readonly claimedEmail: string;
  readonly phone: string;
  readonly aboutThem: string;

  readonly details: string;
  readonly showDetails: string;
  readonly hideDetails: string;
  readonly noEmail: string;
  readonly contactNumber: string;
  readonly conversationNumber: string;
  readonly firstSeen: string;
  readonly started: string;
  readonly answeredBy: string;
  readonly assignedTo: string;
  readonly assignToMe: string;
  readonly nobody: string;
  readonly agents: string;
  readonly teams: string;
  readonly formerAgent: string;
  readonly forTeam: string;
  readonly botAnswers: string;
  readonly stopBot: string;
  readonly pages: string;
  readonly noPages: string;
  /** What the contact did on the site. */
  readonly trail: string;
  readonly trailMore: string;
  /** Among the messages. */
  readonly siteEvent: string;
  readonly otherConversations: string;
  readonly noOtherConversations: string;
  readonly detailsFailed: string;

  readonly connectionLost: string;
  /** In place of waiting for the next attempt. */
  readonly tryNow: string;
  readonly refused: string;
}

/** English, the default. */
export const consoleEnglish: ConsoleStrings = {
  console: 'Chat console',

  signIn: 'Sign in',
  signInHint: 'Answer your visitors from here.',
  email: 'E-mail',
  password: 'Password',
  showPassword: 'Show characters',
  signingIn: 'Signing in…',
  emailMissing: 'Enter your e-mail address.',
  emailMalformed: 'Enter a whole e-mail address, such as ada@example.com.',
  passwordMissing: 'Enter your password.',
  wrongPassword: 'E-mail or password is wrong. Check both and try again.',
  tooManyTries: 'Too many tries. Wait a moment, then try again.',
  tooManyTriesFor: 'Too many tries. Try again in {time}.',
  serverUnreachable: 'The server cannot be reached. Check your connection, then try again.',
  signInFailed: 'Signing in did not work. Try again in a moment.',
  signedOutElsewhere: 'You were signed out. Sign in again to go on where you were.',
  settings: 'Settings',
  settingsFailed: 'The settings could not be loaded. Reload the page.',
  signOut: 'Sign out',
  changePassword: 'Change your password',
  signingOut: 'Signing out…',
  signOutFailed:
    'The server could not be told that you left, so this browser may still be signed in. Reload the page and sign out again.',
  signedInAs: 'Signed in as {name}, {email}',

  presence: { online: 'Online', away: 'Away', offline: 'Offline' },
  goAway: 'Switch to away',
  comeBack: 'Switch to online',
  switchFailed: 'You could not be switched. Try again in a moment.',
  notConnected: 'Not connected',

  views: 'Views',
  open: 'Open',
  resolved: 'Resolved',
  unreadConversations: { one: '{count} unread conversation', other: '{count} unread conversations' },

  whose: 'Whose conversations',
  ofWhom: { all: 'Everybody’s', mine: 'Mine', team: 'My teams’', nobody: 'Nobody’s' },
  nothingOfTheirs: 'None of these.',
  showAll: 'Show everybody’s',
  openConversations: 'Open conversations',
  resolvedConversations: 'Resolved conversations',
  unknownVisitor: 'Unknown visitor {id}',
  unread: { one: '{count} unread message', other: '{count} unread messages' },
  lastWordsOwn: 'You: {text}',
  lastWordsAgent: '{name}: {text}',
  noWordsYet: 'No messages yet',
  nothingOpen: 'All answered',
  nothingOpenHint: 'New conversations appear here by themselves.',
  nothingResolved: 'Nothing resolved yet',
  nothingResolvedHint: 'Conversations that you resolve are kept here.',
  listFailed: 'The conversations could not be loaded.',
  olderFailed: 'Older conversations could not be loaded.',
  loading: 'Loading…',
  tryAgain: 'Try again',

  chooseConversation: 'No conversation is open',
  chooseConversationHint: 'Choose one from the list to read and answer it.',
  chooseConversationKeys: 'Alt + ↓ opens the next one.',
  noSuchConversation: 'This conversation is not here',
  noSuchConversationHint: 'It does not exist, or it belongs to an inbox that is not yours.',
  conversationFailed: 'The conversation could not be loaded.',
  backToList: 'Back to the conversations',
  reply: 'Reply',
  writeReply: 'Write a reply…',
  writeReplyResolved: 'Write a follow-up…',
  offer: 'Offer choices or a form',
  offerBegun: 'Go on with what you offer',
  leave: 'Leave this conversation to others',
  resolve: 'Resolve',
  reopen: 'Reopen',
  stateFailed: 'That did not work. Try again in a moment.',

  verified: 'Verified',
  notVerified: 'Not verified',
  verifiedHint: 'The site, or a code mailed to this address, has proven who this is.',
  claimedHint: 'This e-mail address was given without proof.',
  anonymousHint: 'Nothing has proven yet who this is.',

  contactData: 'Contact data',
  contactAttributes: 'Attributes of the contact',
  conversationAttributes: 'Attributes of the conversation',
  nothingKnown: 'Nothing yet.',
  edit: 'Edit',
  save: 'Save',
  cancel: 'Cancel',
  notSaved: 'That could not be saved. Try again in a moment.',
  notSet: '–',
  yes: 'Yes',
  no: 'No',
  externalId: 'The site’s id',
  visitorId: 'Visitor id',
  claimedEmail: 'Another e-mail',
  phone: 'Phone',
  aboutThem: 'Notes',

  details: 'Details',
  showDetails: 'Show details',
  hideDetails: 'Hide details',
  noEmail: 'No e-mail address',
  contactNumber: 'Contact',
  conversationNumber: 'Conversation',
  firstSeen: 'First seen',
  started: 'Started',
  answeredBy: 'Answered by',
  assignedTo: 'Assigned to',
  assignToMe: 'Assign to me',
  nobody: 'Nobody',
  agents: 'Agents',
  teams: 'Teams',
  formerAgent: 'A former agent',
  forTeam: 'For {team}',
  botAnswers: 'A chatbot answers here, until one of you does.',
  stopBot: 'Stop it',
  pages: 'Written from',
  noPages: 'No page is known.',
  trail: 'On the site',
  trailMore: 'Show more',
  siteEvent: 'On the site: {name}',
  otherConversations: 'Other conversations',
  noOtherConversations: 'This is the only one.',
  detailsFailed: 'The details could not be loaded.',

  connectionLost: 'Connection lost. Trying again… What you write is sent as soon as it is back.',
  tryNow: 'Try now',
  refused: 'The server refuses the connection. Reload the page, or ask your administrator.',
};

/** The console's words together with the language that times, days and counts are written in. */
export interface ConsoleWords {
  /** BCP 47 tag for Intl. */
  readonly lang: string;
  readonly strings: ConsoleStrings;
}

/** What the console's elements show when nobody above them says otherwise. */
export const defaultConsoleWords: ConsoleWords = { lang: 'en', strings: consoleEnglish };

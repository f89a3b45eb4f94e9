// Written by `npm run manifest` from the doc comments of the elements.
import type {
  ChatErrorEvent,
  ChatHideEvent,
  ChatIdentifyEvent,
  ChatInvitationEvent,
  ChatMessageEvent,
  ChatOnlineChangeEvent,
  ChatReadyEvent,
  ChatShowEvent,
  ChatSignInEvent,
  ChatStartEvent,
  ChatStateChangeEvent,
  ChatWidget,
  UnreadChangeEvent,
} from '../dist/index.js';
import type { ChatConsole } from '../dist/console.js';

/** What can be set on `<chat-widget>`: its attributes, and its properties. */
export interface ChatWidgetProps {
  /** Origin of the chat server. Default: the origin that this script came from. */
  server?: ChatWidget['server'] | undefined;
  /** Id of the inbox. Default: the one that a new server starts with. */
  inbox?: ChatWidget['inbox'] | undefined;
  /** The visitor's e-mail address, when the page knows it. */
  email?: ChatWidget['email'] | undefined;
  /** Proof for `email`: hex HMAC-SHA256 of it with the inbox's secret, made by the site's back end. */
  'auth-token'?: ChatWidget['authToken'] | undefined;
  /** Proof for `email`: a token of 12 hours that the chat server minted for it. */
  'identification-token'?: ChatWidget['identificationToken'] | undefined;
  /** Proof by itself: an HS256 token of the site's back end, with `external_user_id`, `email`, `first_name`, `exp`. */
  jwt?: ChatWidget['jwt'] | undefined;
  /** Chaport: who the visitor is. */
  'visitor-id'?: ChatWidget['visitorId'] | undefined;
  /** Proof for `visitor-id`: hex SHA-1 of the salt and the id. */
  'visitor-token'?: ChatWidget['visitorToken'] | undefined;
  /** More about the visitor, or JSON of it: `name`, `email`, `phone`, `notes`, `custom`. Fills only what is empty. */
  visitor?: ChatWidget['visitor'] | undefined;
  /** Proof for `visitor`: hex SHA-1 of the salt and its JSON. */
  'visitor-hash'?: ChatWidget['visitorHash'] | undefined;
  /** The visitor's first name, for the agents. */
  'first-name'?: ChatWidget['firstName'] | undefined;
  /** The visitor's last name. */
  'last-name'?: ChatWidget['lastName'] | undefined;
  /** Offered in the composer, never over a draft, never sent. */
  message?: ChatWidget['message'] | undefined;
  /** `auto`: the browser's top layer, above everything. An integer: the z-index of launcher and panel. */
  'z-index'?: ChatWidget['zIndex'] | undefined;
  /** Where the page is as narrow as a phone the panel takes the whole screen; `false`: it never does. A page that is made for large screens (without `<meta name="viewport">`) is not narrow, on a phone neither. */
  responsive?: ChatWidget['responsive'] | undefined;
  /** Where the panel takes the whole screen, the browser's Back closes it. `auto`: as the inbox says, which is `true`. */
  'back-button'?: ChatWidget['backButton'] | undefined;
  /** Language of words and times (BCP 47). Default: `lang-source`. */
  lang?: ChatWidget['lang'] | undefined;
  /** Without `lang`: the page's language (`html`), or the browser's. */
  'lang-source'?: ChatWidget['langSource'] | undefined;
  /** The page's own words, or JSON of them: `{ "thread.sent": "Delivered" }`. */
  labels?: ChatWidget['labels'] | undefined;
  /** The panel is open. */
  open?: ChatWidget['open'] | undefined;
  /** When an anonymous visitor gets a session: at the first send (`lazy`), at once (`auto`), never by itself (`manual`). */
  session?: ChatWidget['session'] | undefined;
  /** What this device keeps: everything, only what is anonymous (`anonymous`), nothing (`none`). */
  persist?: ChatWidget['persist'] | undefined;
  /** Shares the session with the site's other hosts, by one cookie for this domain. Default: this host only. */
  'cookie-domain'?: ChatWidget['cookieDomain'] | undefined;
  /** How the chat stands in the page: in its corner (`floating`); in the box of this very element (`inline`); over the whole page (`page`). The latter two have no launcher, and are always open. */
  mode?: ChatWidget['mode'] | undefined;
  /** Where the launcher and `show()` open the chat: in a window (`_blank`, or its name), in a frame (its name), or in another element of the page (a CSS selector). Where that cannot be, the panel opens. */
  'open-in'?: ChatWidget['openIn'] | undefined;
  /** When the chat begins; until then there is nothing of it. Default: at once. `visible`: when the page is, or the box of an `inline` one. `idle`: when the page has come and the browser has time. `event`: at `load-event`. `manual`: when this is taken away. Whatever opens the chat begins it. */
  load?: ChatWidget['load'] | undefined;
  /** Of `load="event"`: an event of the window; default `load`. One that has been is as good. */
  'load-event'?: ChatWidget['loadEvent'] | undefined;
  /** At the latest after so long, ms. Default: 5,000 for `idle` and `event`; the others wait for ever. */
  'load-delay'?: ChatWidget['loadDelay'] | undefined;
  /** Launcher colour, and all that is derived from it: any CSS colour. This and what follows beat the inbox’s settings. */
  color?: ChatWidget['color'] | undefined;
  /** Colour of the panel's header: any CSS colour, or a name as in the inbox's settings. */
  'window-color'?: ChatWidget['windowColor'] | undefined;
  /** Address of the logo. */
  'logo-url'?: ChatWidget['logoUrl'] | undefined;
  /** Whom the visitor talks with. */
  'team-name'?: ChatWidget['teamName'] | undefined;
  /** The corner that launcher and panel sit in; `right` is where lines end. */
  position?: ChatWidget['position'] | undefined;
  /** Distance from that side of the page, px. */
  'offset-x'?: ChatWidget['offsetX'] | undefined;
  /** Distance from the bottom, px. */
  'offset-y'?: ChatWidget['offsetY'] | undefined;
  /** `none`: a button or a link to `#chat` of the page's own opens the chat. `off`: there is no chat. */
  launcher?: ChatWidget['launcher'] | undefined;
  /** In the panel's header. `auto`: on phones, and where there is no launcher. */
  'close-button'?: ChatWidget['closeButton'] | undefined;
  /** A line that says what the chat is made with. */
  'powered-by'?: ChatWidget['poweredBy'] | undefined;
  /** *Sent* and *Seen* as words; else as icons. */
  'text-statuses'?: ChatWidget['textStatuses'] | undefined;
  /** First words on the open panel. */
  greeting?: ChatWidget['greeting'] | undefined;
  /** Under the greeting: when to expect an answer. */
  'reply-time'?: ChatWidget['replyTime'] | undefined;
  /** First words of a new conversation while somebody is there. */
  'welcome-online'?: ChatWidget['welcomeOnline'] | undefined;
  /** And while nobody is. */
  'welcome-offline'?: ChatWidget['welcomeOffline'] | undefined;
  /** The home screen; without it the panel opens on a conversation. */
  home?: ChatWidget['home'] | undefined;
  /** The emoji picker. */
  emoji?: ChatWidget['emoji'] | undefined;
  /** Sending files; never where the inbox takes none. */
  attachments?: ChatWidget['attachments'] | undefined;
  /** What some devices have instead, or JSON of it: `[{ "device": "mobile", "offsetY": 80 }]`, with any of the above. */
  devices?: ChatWidget['devices'] | undefined;
  /** In which countries there is a chat, or JSON of it: `{ "include": ["DE", "AT"] }` or `{ "exclude": ["US"] }`, by the IP address. */
  countries?: ChatWidget['countries'] | undefined;
  /** Proof for `email`: hex HMAC-SHA256 of it with the inbox's secret, made by the site's back end. */
  authToken?: ChatWidget['authToken'] | undefined;
  /** Proof for `email`: a token of 12 hours that the chat server minted for it. */
  identificationToken?: ChatWidget['identificationToken'] | undefined;
  /** Chaport: who the visitor is. */
  visitorId?: ChatWidget['visitorId'] | undefined;
  /** Proof for `visitor-id`: hex SHA-1 of the salt and the id. */
  visitorToken?: ChatWidget['visitorToken'] | undefined;
  /** Proof for `visitor`: hex SHA-1 of the salt and its JSON. */
  visitorHash?: ChatWidget['visitorHash'] | undefined;
  /** The visitor's first name, for the agents. */
  firstName?: ChatWidget['firstName'] | undefined;
  /** The visitor's last name. */
  lastName?: ChatWidget['lastName'] | undefined;
  /** `auto`: the browser's top layer, above everything. An integer: the z-index of launcher and panel. */
  zIndex?: ChatWidget['zIndex'] | undefined;
  /** Where the panel takes the whole screen, the browser's Back closes it. `auto`: as the inbox says, which is `true`. */
  backButton?: ChatWidget['backButton'] | undefined;
  /** Without `lang`: the page's language (`html`), or the browser's. */
  langSource?: ChatWidget['langSource'] | undefined;
  /** Shares the session with the site's other hosts, by one cookie for this domain. Default: this host only. */
  cookieDomain?: ChatWidget['cookieDomain'] | undefined;
  /** Gets a fresh proof from the site's back end; called once whenever one is missing, has expired or is not believed. */
  tokenProvider?: ChatWidget['tokenProvider'] | undefined;
  /** Where the launcher and `show()` open the chat: in a window (`_blank`, or its name), in a frame (its name), or in another element of the page (a CSS selector). Where that cannot be, the panel opens. */
  openIn?: ChatWidget['openIn'] | undefined;
  /** Of `load="event"`: an event of the window; default `load`. One that has been is as good. */
  loadEvent?: ChatWidget['loadEvent'] | undefined;
  /** At the latest after so long, ms. Default: 5,000 for `idle` and `event`; the others wait for ever. */
  loadDelay?: ChatWidget['loadDelay'] | undefined;
  /** Colour of the panel's header: any CSS colour, or a name as in the inbox's settings. */
  windowColor?: ChatWidget['windowColor'] | undefined;
  /** Address of the logo. */
  logoUrl?: ChatWidget['logoUrl'] | undefined;
  /** Whom the visitor talks with. */
  teamName?: ChatWidget['teamName'] | undefined;
  /** Distance from that side of the page, px. */
  offsetX?: ChatWidget['offsetX'] | undefined;
  /** Distance from the bottom, px. */
  offsetY?: ChatWidget['offsetY'] | undefined;
  /** In the panel's header. `auto`: on phones, and where there is no launcher. */
  closeButton?: ChatWidget['closeButton'] | undefined;
  /** A line that says what the chat is made with. */
  poweredBy?: ChatWidget['poweredBy'] | undefined;
  /** *Sent* and *Seen* as words; else as icons. */
  textStatuses?: ChatWidget['textStatuses'] | undefined;
  /** Under the greeting: when to expect an answer. */
  replyTime?: ChatWidget['replyTime'] | undefined;
  /** First words of a new conversation while somebody is there. */
  welcomeOnline?: ChatWidget['welcomeOnline'] | undefined;
  /** And while nobody is. */
  welcomeOffline?: ChatWidget['welcomeOffline'] | undefined;
  /** Which of the inbox's triggers the page lets through when the chat begins, or JSON of it: `off`, `{ "enabled": [ids] }` (no others), `{ "disabled": [ids] }` (all others). Default: `on`, all. An attribute, too. Later: `outreach()`. */
  triggers?: ChatWidget['triggers'] | undefined;
}

/** What `<chat-widget>` fires. */
export interface ChatWidgetEvents {
  /** The panel came or went, or a card beside the launcher did. */
  'chat-state-change': ChatStateChangeEvent;
  /** The element can be used. Once, without any act of the visitor. */
  'chat-ready': ChatReadyEvent;
  /** The panel is on screen. */
  'chat-show': ChatShowEvent;
  /** The panel is gone from the screen. */
  'chat-hide': ChatHideEvent;
  /** How many messages and conversations the visitor has not read. */
  'unread-change': UnreadChangeEvent;
  /** It is known who the visitor is. */
  'chat-identify': ChatIdentifyEvent;
  /** The first message of a new conversation was stored. */
  'chat-start': ChatStartEvent;
  /** A message was stored, the visitor's own or an agent's; never history. */
  'chat-message': ChatMessageEvent;
  /** Some agent is online now, or none is any more; also when it is first known. */
  'chat-online-change': ChatOnlineChangeEvent;
  /** A trigger of the inbox is shown to this visitor for the first time. */
  'chat-invitation': ChatInvitationEvent;
  /** The visitor wants to sign in again; unless the page prevents that, it is loaded again. */
  'chat-sign-in': ChatSignInEvent;
  /** Something failed that the visitor or the page should know. */
  'chat-error': ChatErrorEvent;
}

/** What can be set on `<chat-console>`: its attributes, and its properties. */
export interface ChatConsoleProps {
  /** Origin of the chat server, such as `https://chat.example.com`. Default: the page's own. */
  server?: ChatConsole['server'] | undefined;
}

/** What `<chat-console>` fires. */
export interface ChatConsoleEvents {}

/** Our elements by their tags, for the typings of each framework. */
export interface ChatElements {
  /** A live chat: a launcher in the corner of the page and, behind it, a panel with the visitor's conversations. */
  'chat-widget': { element: ChatWidget; props: ChatWidgetProps; events: ChatWidgetEvents };
  /** The agents' console: sign in, see every conversation live, answer, resolve. One tag is the whole screen: */
  'chat-console': { element: ChatConsole; props: ChatConsoleProps; events: ChatConsoleEvents };
}

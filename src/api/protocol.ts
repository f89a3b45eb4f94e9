/**
 * THE WIRE. Everything that travels between a widget or a console and the server, in one file that both sides compile.
 * It imports nothing and holds no code but constants. It stays one file however long it grows: the wire is one thing,
 * it is compiled alone (tsconfig.pure.json) and read from top to bottom by whoever writes another client.
 *
 * How to change it: add optional fields and new frame types freely (a peer ignores what it does not know);
 * raise `PROTOCOL_VERSION` only when an old peer would misunderstand.
 * The prose version, with the order of frames and what to do after a loss, is PROTOCOL.md.
 */

export const PROTOCOL_VERSION = 1;

/** Hard limits of the wire. What an inbox may tighten stands in its settings. */
export const LIMITS = {
  /** Longest message text, in UTF-16 code units. */
  textLength: 10_000,
  /** Longest address of a page, in UTF-16 code units: our clients send its beginning, the server keeps no longer one. */
  pageUrlLength: 2_048,
  /** Longest title of a page in the trail, in UTF-16 code units: our clients send its beginning. */
  pageTitleLength: 256,
  /** Longest name of an event in the trail, in UTF-16 code units. */
  eventNameLength: 100,
  /** Most that an event may carry: its data as JSON, in UTF-16 code units. */
  eventDataLength: 2_048,
  /** Most that one request adds to the trail. */
  trailItems: 5,
  /** Largest client frame, in bytes; a larger one closes the socket with `CloseCode.tooLarge`. */
  frameBytes: 65_536,
  /** Most entries that one history page returns. */
  pageSize: 100,
  /** Most messages that a client keeps on their way at once. */
  inFlight: 16,
  /** Milliseconds a socket has for its `hello`. */
  helloMs: 5_000,
  /** The server sends `ping` this often (ms); a client that hears nothing for twice as long reconnects. */
  heartbeatMs: 25_000,
  /** How long one `typing` frame stays true (ms) when nothing follows it. */
  typingMs: 6_000,
} as const;

/** A contact's state of proof. `verified`: a valid proof; `claimed`: an e-mail was typed or passed without one. */
export type Verification = 'verified' | 'claimed' | 'anonymous';

/** Who wrote an entry, as everybody may see it: never an e-mail address. */
export interface Author {
  /** `system`: nobody in person; a back end speaks so, in the team's name. `bot`: a chatbot, `id` its trigger's. */
  readonly kind: 'contact' | 'agent' | 'bot' | 'system';
  readonly id: string;
  readonly name: string | null;
  readonly avatarUrl?: string;
}

/** A person, known or anonymous. */
export interface Contact {
  readonly id: string;
  /** Serial number, for APIs that want an integer. */
  readonly number: number;
  readonly name: string | null;
  readonly email: string | null;
  readonly verification: Verification;
  /** To oneself only: what has an answer of all that forms may ask: `name`, `email`, `phone`, keys of attributes. */
  readonly known?: readonly string[];
}

/** What agents see of a contact beyond that (`GET /v1/contacts`, `GET /v1/contacts/{id}`). */
export interface AgentContact extends Contact {
  /** First seen, ms. */
  readonly createdAt: number;
  /** The site's own id for the person. */
  readonly externalId?: string;
  /** Chaport's `visitorId`, each that a login has proven (`GET /v1/contacts/{id}` only). */
  readonly visitorIds?: readonly string[];
  /** Typed or passed beside the proven e-mail in `email`; nobody has proven it. */
  readonly claimedEmail?: string;
  readonly phone?: string;
  readonly notes?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Which of these came without a proof: `name`, `phone`, `notes`, `attributes.{key}`. */
  readonly unverified?: readonly string[];
  readonly blocked?: boolean;
}

/** A field that contacts or conversations have beyond those that each has (`GET /v1/attributes`). */
export interface AttributeDefinition {
  readonly id: string;
  readonly owner: 'contact' | 'conversation';
  /** Unique among its owner's; stays for ever. */
  readonly key: string;
  /** What people call it. */
  readonly label: string;
  /** Dates are `YYYY-MM-DD`. */
  readonly type: 'string' | 'number' | 'boolean' | 'date' | 'list';
  /** `list`: what can be chosen. */
  readonly options?: readonly string[];
  /** `visitor`: what visitors type, and what a page says without a signature. `api`: back ends, signed data included. */
  readonly writers: readonly ('agent' | 'visitor' | 'api')[];
}

/**
 * Whether an agent is there. `away`: by their own choice, though a console of theirs is open. `offline`: none is, on any
 * node, and has not been for a moment.
 */
export type Presence = 'online' | 'away' | 'offline';

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'admin' | 'agent';
  readonly avatarUrl?: string;
  /** As it was when this was asked for; what changes is told by `presence`. */
  readonly presence?: Presence;
}

/** Which of a conversation's two gapless logs an entry stands in; visitors never see `notes`. */
export type Log = 'main' | 'notes';

interface EntryHead {
  readonly conversationId: string;
  /** Place in its log: 1, 2, 3 … without holes. */
  readonly seq: number;
  /** When it was stored, ms since 1970, server's clock. */
  readonly at: number;
  readonly author: Author;
}

/** Somebody said something. */
export interface MessageEntry extends EntryHead {
  readonly type: 'message';
  readonly id: string;
  /** The sender's own id for it (UUID): the same id is stored once, however often it is sent. */
  readonly clientId: string;
  /** Light markdown (`src/text/markdown.ts`). Empty when there are only `attachments`, or when it was deleted. */
  readonly text: string;
  /** Page the visitor was on when writing; absent on agents' messages. */
  readonly pageUrl?: string;
  /** `id` of the message of this conversation that it answers. */
  readonly replyTo?: string;
  readonly attachments?: readonly Attachment[];
  /** What the visitor is offered below the text: from agents, back ends and bots only. */
  readonly content?: MessageContent;
  /** It is the answer to another message's `content`. */
  readonly answer?: MessageAnswer;
  /** When its text was changed last, ms. What it was before is kept by nobody. */
  readonly editedAt?: number;
  /** When its writer took it back, ms: nothing but its place is left. */
  readonly deletedAt?: number;
  /** One per emoji that somebody has put on it, in the order in which they came. */
  readonly reactions?: readonly Reaction[];
}

/** A file that stands in a message. */
export interface Attachment {
  readonly id: string;
  /** Made safe for every file system; never empty. */
  readonly name: string;
  /** Decided by the content. Only pictures, sounds and films of well-known kinds are ever shown inline. */
  readonly mediaType: string;
  readonly bytes: number;
  /** Pictures: in pixels, so that their place is known before they are loaded. */
  readonly width?: number;
  readonly height?: number;
  /**
   * Path on the chat server, signed for this conversation; good until `exp` in its query (s since 1970). Afterwards
   * `GET …/conversations/{id}/files/{attachment}` gives another one.
   */
  readonly url: string;
}

/** An emoji under a message. */
export interface Reaction {
  readonly emoji: string;
  /** Agents' ids; `contact` is the conversation's contact. */
  readonly by: readonly string[];
}

/** A button of a message: it opens `url`, or its text is said as the answer. */
export interface MessageButton {
  /** Unique in the message. */
  readonly id: string;
  readonly text: string;
  /** http or https. */
  readonly url?: string;
}

export interface MessageCard {
  readonly title: string;
  readonly text?: string;
  /** https */
  readonly imageUrl?: string;
  readonly buttons?: readonly MessageButton[];
}

/** A field of a form, in a message or before a conversation. */
export interface FormField {
  /** Unique in the form. Where the form fills in the contact: `name`, `email`, `phone`, or the key of an attribute. */
  readonly key: string;
  readonly label: string;
  readonly type: 'text' | 'email' | 'phone' | 'number' | 'date' | 'list' | 'checkbox' | 'link';
  readonly required?: boolean;
  /** One sentence under the field. */
  readonly help?: string;
  /** `list`: what can be chosen. */
  readonly options?: readonly string[];
}

/** By `key`. Dates are `YYYY-MM-DD`. What was left empty is missing. */
export type FormValues = Readonly<Record<string, string | number | boolean>>;

/**
 * What a message offers beyond its text. `replies` stand until the visitor has said something; a form is answered once;
 * buttons stay. A client that does not know a type shows the text alone.
 */
export type MessageContent =
  | { readonly type: 'replies'; readonly replies: readonly MessageButton[] }
  | { readonly type: 'buttons'; readonly buttons: readonly MessageButton[] }
  | { readonly type: 'cards'; readonly cards: readonly MessageCard[] }
  | { readonly type: 'form'; readonly fields: readonly FormField[]; readonly submit?: string };

/** How the visitor answered: the server checks it against the `content`, and writes the message's text itself. */
export interface MessageAnswer {
  /** `id` of the message with the `content`. */
  readonly to: string;
  /** `id` of the button. */
  readonly button?: string;
  readonly values?: FormValues;
}

/** The text of a message was changed by its writer. Whoever loads the message later gets it changed. */
export interface EditedEntry extends EntryHead {
  readonly type: 'edited';
  readonly messageId: string;
  readonly text: string;
}

/** A message was taken back by its writer. Whoever loads it later gets it with `deletedAt`, and nothing in it. */
export interface DeletedEntry extends EntryHead {
  readonly type: 'deleted';
  readonly messageId: string;
}

/** Its author has put an emoji on a message, or taken it away. Whoever loads the message later gets it in `reactions`. */
export interface ReactedEntry extends EntryHead {
  readonly type: 'reacted';
  readonly messageId: string;
  readonly emoji: string;
  readonly on: boolean;
}

/** An agent handed the conversation over, or gave it back. */
export interface LeftEntry extends EntryHead {
  readonly type: 'left';
}

/** The contact said how the conversation was: once after each `resolved`. */
export interface RatedEntry extends EntryHead {
  readonly type: 'rated';
  /** 1 to 5, 5 is best. */
  readonly score: number;
  readonly comment?: string;
}

/** An agent answered in this conversation for the first time. */
export interface JoinedEntry extends EntryHead {
  readonly type: 'joined';
}

/** An agent closed the conversation, or its contact ended it. */
export interface ResolvedEntry extends EntryHead {
  readonly type: 'resolved';
}

/** The conversation is open again: an agent said so, or the contact wrote. */
export interface ReopenedEntry extends EntryHead {
  readonly type: 'reopened';
}

/** Agents only; `log` is always `notes`. */
export interface NoteEntry extends EntryHead {
  readonly type: 'note';
  readonly id: string;
  readonly clientId: string;
  readonly text: string;
}

/** Something with a name, as it was called then. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Agents only; `log` is always `notes`. Another agent, or another team, has the conversation; null: none has. */
export interface AssignedEntry extends EntryHead {
  readonly type: 'assigned';
  /** Missing: the same as before. */
  readonly agent?: Named | null;
  /** Missing: the same as before. */
  readonly team?: Named | null;
}

/** Whatever in a conversation must survive a reconnect. */
export type Entry =
  | MessageEntry
  | EditedEntry
  | DeletedEntry
  | ReactedEntry
  | JoinedEntry
  | LeftEntry
  | ResolvedEntry
  | ReopenedEntry
  | RatedEntry
  | NoteEntry
  | AssignedEntry;

export type ConversationState = 'open' | 'resolved';

/** A conversation in a list. */
export interface Conversation {
  readonly id: string;
  readonly number: number;
  readonly inboxId: string;
  readonly state: ConversationState;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Highest seq of the main log. */
  readonly lastSeq: number;
  readonly lastMessage: MessageEntry | null;
  /** The contact has read up to here. */
  readonly contactReadSeq: number;
  /** Some agent has read up to here. */
  readonly agentReadSeq: number;
  /** Messages of the other side after the receiver's own cursor. */
  readonly unread: number;
  /** Agents who have answered, latest last. */
  readonly agents: readonly Author[];
  /** How the contact rated it last: 1 to 5. */
  readonly rating?: number;
}

/** What an agent sees of a conversation beyond that. */
export interface AgentConversation extends Conversation {
  readonly contact: Contact;
  /** How *this conversation* was proven. */
  readonly verification: Verification;
  /** Highest seq of the notes log. */
  readonly lastNoteSeq: number;
  /** A chatbot answers in it, until an agent does. */
  readonly bot?: true;
  /** Who has it; missing: nobody. */
  readonly assignee?: Assignee;
}

/** Who has a conversation, by id: an agent, a team, or an agent for a team. */
export interface Assignee {
  readonly agentId?: string;
  readonly teamId?: string;
}

/** Agents to whom conversations are assigned together (`GET /v1/teams`). */
export interface Team {
  readonly id: string;
  /** Unique, whatever the case of its letters. */
  readonly name: string;
  /** Its members. */
  readonly agentIds: readonly string[];
  /** Who of them gets a conversation: nobody by itself (`manual`), each in turn, or who has the fewest open ones. */
  readonly strategy: 'manual' | 'roundRobin' | 'leastBusy';
}

/** A card on the home screen: an announcement, or a link. */
export interface HomeCard {
  readonly title: string;
  readonly text?: string;
  /** http or https; without it the card is words only. */
  readonly url?: string;
  readonly imageUrl?: string;
}

/** A text of the widget that the inbox words differently. */
export interface Label {
  /** Its path of part, key and what is below it: `thread.sent`. docs/labels.md has them all. */
  readonly key: string;
  /** The widget's language in which it is so (`de`, `pt-BR`). Empty or missing: each, unless there is one for that. */
  readonly language?: string;
  readonly text: string;
}

/**
 * The part of an inbox's settings that widgets get (`GET /v1/widget/{inbox}/settings`). A field or group that an older
 * server leaves out is off.
 */
export interface WidgetSettings {
  readonly appearance: {
    /** Brand colour, `#rrggbb`. */
    readonly color: string;
    readonly position: 'left' | 'right';
    readonly teamName: string;
    readonly logoUrl: string;
    /** Panel's header, `#rrggbb`; empty or missing: the brand colour. */
    readonly windowColor?: string;
    /** Of the launcher from the page's edges, px. Default 20. */
    readonly offsetX?: number;
    readonly offsetY?: number;
    /** The button in the corner: there, left to the page (`none`), or no chat at all (`off`). Default `show`. */
    readonly launcher?: 'show' | 'none' | 'off';
    /** In the panel's header. Default `auto`: on phones, and where there is no launcher to close it with. */
    readonly closeButton?: 'auto' | 'show' | 'hide';
    /** A line below the composer that says what the chat is made with. Default false. */
    readonly poweredBy?: boolean;
    /** What some devices have instead; of several that fit, the last one counts. */
    readonly devices?: readonly DeviceSettings[];
    /** `Sent` and `Seen` as words under one's own last message; else as icons with the same names. Default true. */
    readonly textStatuses?: boolean;
  };
  readonly messages: {
    readonly greeting: string;
    /** Shown under the greeting: when to expect an answer. */
    readonly replyTime: string;
    /** First words of a new conversation while somebody is online, and while nobody is. Empty: none. */
    readonly welcomeOnline?: string;
    readonly welcomeOffline?: string;
  };
  /** Missing: the panel opens on the newest conversation, or on a new one. */
  readonly home?: {
    /** One sentence on top, such as a known outage. Empty: none. */
    readonly notice: string;
    readonly cards: readonly HomeCard[];
  };
  readonly identity?: {
    /** Whoever typed an e-mail is asked for the code that is mailed to it (`POST …/verification`). */
    readonly verifyEmail: boolean;
    /** The inbox talks with verified visitors only: all others see no chat. */
    readonly verifiedOnly: boolean;
  };
  readonly limits: {
    readonly messageLength: number;
    /** Largest file, bytes. */
    readonly fileBytes?: number;
    /** Most files in one message. */
    readonly filesPerMessage?: number;
  };
  readonly behaviour?: {
    /** One open conversation at a time: another one can be started when it is closed. */
    readonly oneAtATime: boolean;
    /** A closed conversation is opened again by writing into it; else it can only be read. */
    readonly reopen: boolean;
    /** The visitor may close a conversation. */
    readonly end: boolean;
    /** So long after it was sent one's own message can be edited and deleted, s. 0: not at all. */
    readonly editSeconds: number;
    readonly reactions: boolean;
    readonly emoji: boolean;
    readonly files: boolean;
    /** A sound at a new message, until the visitor mutes it. */
    readonly sound: boolean;
    /** The visitor is offered notifications of the browser. */
    readonly notifications: boolean;
    /** A conversation can be downloaded, and mailed to the contact's verified address. */
    readonly transcript: boolean;
    /** *Download my data*. */
    readonly export: boolean;
    /** *Forget me*. */
    readonly forget: boolean;
    /** On a phone, where the chat fills the screen, the browser's Back closes it. */
    readonly backButton: boolean;
    /** Whoever has a session is followed from page to page by the widget itself, for the agents. Missing: no. */
    readonly trackPages?: boolean;
  };
  readonly forms?: {
    /** Asked before the first message of a conversation, as far as it is not known yet. Empty: none. */
    readonly preChat: readonly FormField[];
    /** To be agreed to before the first message, light markdown. Empty: none. */
    readonly consent: string;
    /** Asked when a conversation was closed. */
    readonly rating: boolean;
    /** Asked in the place of `preChat` while nobody is there, so that an answer finds its way. Empty: `preChat` is. */
    readonly offline: readonly FormField[];
  };
  /** The inbox's own words. */
  readonly labels?: readonly Label[];
  /** What says something first, in the order in which it is tried. Missing: nothing does. */
  readonly triggers?: readonly WidgetTrigger[];
  /** Where there is a chat, by ISO 3166-1. Missing: everywhere. */
  readonly countries?: {
    /** Nobody there sees a chat. Where there is one, `include` does not count. */
    readonly exclude: readonly string[];
    /** Nobody elsewhere does. Empty: everywhere. */
    readonly include: readonly string[];
  };
}

/** Always, or a parameter compared with a value: keys and matchers stand in `rules.ts`. */
export type RuleCondition = true | readonly [parameter: string, matcher: string, value: string | number | boolean];

/** Something that the widget says before the visitor does: on a card beside the launcher. */
export interface WidgetTrigger {
  readonly id: string;
  /** `invitation`: words alone. `bot`: whoever answers talks with a chatbot first. */
  readonly kind: 'invitation' | 'bot';
  /** What the card says. Light markdown. */
  readonly message: string;
  /** All of them have to hold. Empty: on every page. */
  readonly conditions: readonly RuleCondition[];
  /** So long they have to hold before the card comes, s. */
  readonly delaySeconds: number;
  readonly frequency: TriggerFrequency;
}

/** A visitor gets a card at most `times` within `days`. */
export interface TriggerFrequency {
  readonly times: number;
  /** 0: ever. */
  readonly days: number;
}

/** A trigger as the team sees it (`GET /v1/triggers`). */
export interface Trigger extends WidgetTrigger {
  readonly inboxId: string;
  /** For the team. */
  readonly name: string;
  readonly enabled: boolean;
  /** The highest is tried first. Of equals, the oldest. */
  readonly priority: number;
}

/** Who gets new conversations of which all conditions hold: `GET /v1/assignment-rules`. */
export interface AssignmentRule {
  readonly id: string;
  /** Null: in all inboxes. */
  readonly inboxId: string | null;
  readonly name: string;
  /** Rules are asked from the lowest to the highest; the first that holds counts. */
  readonly position: number;
  readonly enabled: boolean;
  /** Without any it holds always. */
  readonly conditions: readonly RuleCondition[];
  /** Ids of agents and teams: one of them gets it. */
  readonly to: readonly string[];
}

/** What a kind of device has instead; what is missing stays as it is. */
export interface DeviceSettings extends Partial<
  Pick<WidgetSettings['appearance'], 'launcher' | 'position' | 'offsetX' | 'offsetY'>
> {
  /** `mobile`: `ios` and `android`. */
  readonly device: 'desktop' | 'mobile' | 'ios' | 'android';
}

/** Somebody of the team, as the home screen shows them. */
export interface Face extends Author {
  /** As of this answer. */
  readonly online?: boolean;
}

/** `GET /v1/widget/{inbox}/settings` */
export interface WidgetSettingsAnswer extends WidgetSettings {
  /** Some agent is online, as of this answer: for who has no socket. */
  readonly online?: boolean;
  /** Faces for the home screen: up to five agents, those who are online first. */
  readonly team?: readonly Face[];
  /** Office hours, where the inbox has some. */
  readonly hours?: OfficeHours;
  /** Where who asks is, by the IP address: two capital letters (ISO 3166-1). Missing: not known. */
  readonly country?: string;
  /** What who asks reads best, by `Accept-Language`: two small letters (ISO 639-1). Missing: not known. */
  readonly language?: string;
}

/**
 * Computed by the server, as of the answer or frame that holds it. Who has a socket is told when it changes; who has none
 * asks again at `changesAt`.
 */
export interface OfficeHours {
  readonly open: boolean;
  /** When they end, or begin again, ms since 1970. Missing: not within a year. */
  readonly changesAt?: number;
}

/** A visitor looked at a page of the site. */
export interface PageView {
  readonly type: 'page';
  /** The sender's own id for it (UUID): the same is stored once, however often it is sent. */
  readonly id: string;
  /** ms since 1970, by the server's clock. */
  readonly at: number;
  /** http or https. */
  readonly url: string;
  readonly title?: string;
  /** Where the visitor came from. */
  readonly referrer?: string;
}

/** Something that the site says a visitor did. */
export interface SiteEvent extends Pick<PageView, 'id' | 'at'> {
  readonly type: 'event';
  readonly name: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** The page on which it was. */
  readonly url?: string;
}

/** What a visitor did on the site, beside their conversations: for agents only, and only for a time. */
export type TrailItem = PageView | SiteEvent;

// ---------------------------------------------------------------- client → server

/** First frame of every socket, within `LIMITS.helloMs`. The answer is `welcome`, or a close with a 44xx code. */
export interface HelloFrame {
  readonly type: 'hello';
  readonly version: number;
  /** The visitor's session token; agents are known by their cookie. */
  readonly token?: string;
  /** Highest main-log seq held of each conversation that the client holds; `welcome` lists what is new or moved on. */
  readonly since?: Readonly<Record<string, number>>;
  /** Of the `welcome` that what is held came with: in another epoch `since` counts for nothing. */
  readonly epoch?: string;
}

/** Says something. The answer is the `entry` with the same `clientId` (also when it was stored before), or `error`. */
export interface SendFrame {
  readonly type: 'send';
  readonly conversationId: string;
  readonly clientId: string;
  /** May be empty with `attachments` or `answer`. */
  readonly text: string;
  /** `id` of a message of this conversation. */
  readonly replyTo?: string;
  /** Ids of files that were uploaded for this conversation (`POST …/conversations/{id}/files`) by the same writer. */
  readonly attachments?: readonly string[];
  /** Agents. */
  readonly content?: MessageContent;
  /** Visitors. */
  readonly answer?: MessageAnswer;
  /** Visitors: make the conversation if this id (client-made, UUID) is new. Without it an unknown id is `not_found`. */
  readonly start?: boolean;
  /** Visitors, with `start`: who is to get the conversation, as the page says. */
  readonly route?: Route;
  /** Visitors, with `start`: id of the trigger that they answer. A chatbot's begins to speak. */
  readonly trigger?: string;
  readonly pageUrl?: string;
  /** Agents: write to the notes log instead; ignored from visitors. */
  readonly note?: boolean;
}

/**
 * What a page has to say about who gets a new conversation. Agents and teams are named by id, or by name, whatever the
 * case of its letters; who is not there, or has enough to do, does not get it, and what names nobody counts for nothing.
 */
export interface Route {
  /** One of them gets it, before any rule is asked. */
  readonly to?: readonly string[];
  /** False: the inbox's own rules are not asked. */
  readonly rules?: boolean;
  /** Where no rule says who, it is one of these; a team stands for its members. */
  readonly among?: readonly string[];
  /** What only the page knows, for the inbox's rules: `referrer_url`, `language`, `utm_source`, … (`src/api/rules.ts`). */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The sender is writing, or has stopped. Nothing answers; the others get `typing`. */
export interface TypingFrame {
  readonly type: 'typing';
  readonly conversationId: string;
  readonly typing: boolean;
}

/** Moves the sender's own read cursor up (max-merge). The others, and the sender's other devices, get `read`. */
export interface ReadFrame {
  readonly type: 'read';
  readonly conversationId: string;
  readonly seq: number;
}

/** Answers `ping`. */
export interface PongFrame {
  readonly type: 'pong';
}

export type ClientFrame = HelloFrame | SendFrame | TypingFrame | ReadFrame | PongFrame;

// ---------------------------------------------------------------- server → client

/** Answers `hello`. */
export interface WelcomeFrame {
  readonly type: 'welcome';
  readonly version: number;
  /** Server's clock, ms. */
  readonly now: number;
  /** Another one than before: the server's data were put back to what they once were. Drop what you hold of them. */
  readonly epoch?: string;
  /** Visitors: who the token stands for. */
  readonly contact?: Contact;
  /** Agents: who the cookie stands for. */
  readonly agent?: Agent;
  /** Agents: all of them, oneself included, each with `presence`. */
  readonly agents?: readonly Agent[];
  /** Agents: all of them. */
  readonly teams?: readonly Team[];
  /** Conversations that are new to the client or moved past its `since`, newest first (at most 50). */
  readonly conversations: readonly (Conversation | AgentConversation)[];
  /** There are older ones: page with `GET …/conversations?before={cursor}`. */
  readonly cursor?: string;
}

/** An entry was stored. To its sender this is the acknowledgement. */
export interface EntryFrame {
  readonly type: 'entry';
  readonly log: Log;
  readonly entry: Entry;
}

/** A conversation is new to the receiver, or something about it changed that no entry tells. */
export interface ConversationFrame {
  readonly type: 'conversation';
  readonly conversation: Conversation | AgentConversation;
}

/**
 * Something of a contact has changed. Visitors: `contact` is oneself, with `known`; how one's own session is proven stands in
 * `welcome`. Agents: more than stands here may have changed (`GET /v1/contacts/{id}`).
 */
export interface ContactNotice {
  readonly type: 'contact';
  readonly contact: Contact;
}

/** The conversation is no more, for its contact was forgotten. Drop whatever you hold of it. */
export interface GoneNotice {
  readonly type: 'gone';
  readonly conversationId: string;
}

export interface TypingNotice {
  readonly type: 'typing';
  readonly conversationId: string;
  readonly author: Author;
  readonly typing: boolean;
}

/** A read cursor moved. */
export interface ReadNotice {
  readonly type: 'read';
  readonly conversationId: string;
  readonly by: 'contact' | 'agent';
  readonly seq: number;
}

/** The inbox's settings were saved; the whole public part. */
export interface SettingsFrame {
  readonly type: 'settings';
  readonly settings: WidgetSettings;
  /** By these settings. Missing: the inbox has no office hours. */
  readonly hours?: OfficeHours;
}

/** Visitors: whether some agent is online. Follows each `welcome`, and comes when it changes. */
export interface OnlineNotice {
  readonly type: 'online';
  readonly online: boolean;
  /** After a `welcome`, and when they begin or end. Missing: the same as before. */
  readonly hours?: OfficeHours;
}

/** Visitors: the faces of the team, as in `WidgetSettingsAnswer`. Follows each `welcome`, and comes when one of them changes. */
export interface TeamNotice {
  readonly type: 'team';
  readonly team: readonly Face[];
}

/** Agents: who is there now, of those for whom it changed, by agent id. */
export interface PresenceNotice {
  readonly type: 'presence';
  readonly agents: Readonly<Record<string, Presence>>;
}

/** Agents: what a contact who has a conversation has just done on the site (`GET /v1/contacts/{id}/trail`). */
export interface TrailNotice {
  readonly type: 'trail';
  readonly contactId: string;
  /** In the order in which it was. */
  readonly items: readonly TrailItem[];
}

/** Agents: the teams were changed; all of them. */
export interface TeamsNotice {
  readonly type: 'teams';
  readonly teams: readonly Team[];
}

/** A frame was refused; the socket stays open. */
export interface ErrorFrame {
  readonly type: 'error';
  readonly code: ErrorCode;
  /** One sentence for a developer. */
  readonly message: string;
  /** JSON pointer to what is wrong in the frame. */
  readonly field?: string;
  /** The refused `send`. */
  readonly clientId?: string;
  readonly conversationId?: string;
  /** Try again after so many ms. */
  readonly retryAfterMs?: number;
}

/** Sent every `LIMITS.heartbeatMs`; answer `pong` at once, or the server closes the socket. */
export interface PingFrame {
  readonly type: 'ping';
  /**
   * Frames sent on this socket since the `ping` before, or since its beginning; no `ping` counts. Who has got another
   * number has missed something: come again. Absent from older servers.
   */
  readonly sent?: number;
}

export type ServerFrame =
  | WelcomeFrame
  | EntryFrame
  | ConversationFrame
  | ContactNotice
  | GoneNotice
  | TypingNotice
  | ReadNotice
  | SettingsFrame
  | OnlineNotice
  | TeamNotice
  | PresenceNotice
  | TrailNotice
  | TeamsNotice
  | ErrorFrame
  | PingFrame;

// ---------------------------------------------------------------- errors

/** The body of every HTTP answer of 400 and above, in `error`; the same codes travel in `ErrorFrame`. */
export type ErrorCode =
  | 'bad_request'
  | 'unauthorized'
  | 'invalid_proof'
  | 'proof_expired'
  | 'identity_required'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'too_long'
  | 'too_large'
  | 'rate_limited'
  | 'unavailable'
  | 'internal';

export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    /** JSON pointer to the field that is wrong. */
    readonly field?: string;
    readonly retryAfterMs?: number;
  };
}

/** Why a socket was closed. 44xx and 1009: never retry with the same token. All others: come back, with jitter. */
export const CloseCode = {
  /** The server is going down or restarting; RFC 6455 registry. */
  restart: 1012,
  tryLater: 1013,
  tooLarge: 1009,
  badFrame: 4400,
  /** The session is over: signed out, revoked or expired. */
  signedOut: 4401,
  /** The inbox's rules refuse this client. */
  refused: 4403,
  noSuchInbox: 4404,
  /** This client speaks a version the server does not. */
  version: 4426,
  /** No `hello` in time. */
  helloTimeout: 4508,
  /** The client did not read fast enough, or did not answer `ping`. */
  tooSlow: 4509,
} as const;

// ---------------------------------------------------------------- HTTP bodies (visitor)

/**
 * `POST /v1/widget/{inbox}/sessions`: makes a session, or changes who the given one stands for. At most one proof:
 * `authToken`, `jwt`, `identificationToken` or `visitorToken`. A bad one is `invalid_proof`, a good one that is too old
 * `proof_expired` (get another, try again); then nothing was made or changed.
 */
export interface SessionRequest {
  readonly email?: string;
  /** Proof for `email`: hex HMAC-SHA256 of its bytes with the inbox's verification secret. */
  readonly authToken?: string;
  /** Proof for `email`: a token from `POST /conversations/v3/visitor-identification/tokens/create`, 12 hours old at most. */
  readonly identificationToken?: string;
  /** Proof by itself: HS256, with `external_user_id`, `email`, `first_name` and `exp`. */
  readonly jwt?: string;
  /** Chaport: who it is, with `visitorToken` as proof. */
  readonly visitorId?: string;
  /** Chaport: hex SHA-1 of the salt and `visitorId`. */
  readonly visitorToken?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  /** More about the visitor. Without `visitorHash` it fills only what is empty, marked as unverified. */
  readonly visitor?: VisitorData;
  /** Chaport: hex SHA-1 of the salt and the JSON of `visitor` as the site's back end wrote it. */
  readonly visitorHash?: string;
}

/** What a page says about its visitor. Members keep their order: a hash may cover them. */
export interface VisitorData {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly phone?: string | number | null;
  readonly notes?: string | null;
  /** Fields of the site's own. */
  readonly custom?: Readonly<Record<string, unknown>> | null;
}

/** `PATCH /v1/widget/{inbox}/session` → `{contact, expiresAt, unknownAttributes?}`: more about the visitor, without a proof. */
export interface SessionPatch {
  /** What the page says. */
  readonly visitor?: VisitorData;
  /** What the visitor has filled in (`settings.forms`); `consent`: they agree. */
  readonly form?: FormValues;
}

export interface SessionAnswer {
  /** Opaque; keep it secret. It replaces the token that the request carried. */
  readonly token: string;
  /** ms since 1970. */
  readonly expiresAt: number;
  readonly contact: Contact;
  /** Keys of `visitor.custom` that were not kept, for the inbox takes defined attributes only (`PATCH …/session` tells them too). */
  readonly unknownAttributes?: readonly string[];
}

/** `POST …/session/handover`: a code by which a chat window of the server's origin gets a session like this one. */
export interface HandoverAnswer {
  /** Good once. */
  readonly code: string;
  /** ms since 1970. */
  readonly expiresAt: number;
}

/** `POST …/sessions/handover`: uses a code up. The answer is a `SessionAnswer`; that session ends with the one it came from. */
export interface HandoverRequest {
  readonly code: string;
  /** Of the page that passed it on, as the browser says. */
  readonly origin: string;
}

/**
 * `POST …/verification`: mails a code to an e-mail that was typed, which is this session's claim from then on. The answer
 * is the same whatever the address is: it gets at most one such mail per hour, whoever asks.
 */
export interface VerificationRequest {
  readonly email: string;
}

export interface VerificationAnswer {
  /** The code is good until then, ms since 1970. */
  readonly expiresAt: number;
}

/**
 * `POST …/verification/confirm` → `SessionAnswer`. `invalid_proof`: the code is wrong, try again; `proof_expired`: it is
 * over (too late, too many tries, used), ask for another.
 */
export interface VerificationCode {
  /** Six digits. */
  readonly code: string;
}

/** `POST …/trail` → 204: what the session's visitor did on the site. The same `id` is stored once. */
export interface TrailRequest {
  /** In the order in which it was; at most `LIMITS.trailItems`. */
  readonly items: readonly TrailReport[];
}

/** As in the trail; but devices do not know what time it is, only how long ago it was: at most a day, in ms. */
export type TrailReport = (Omit<PageView, 'at'> | Omit<SiteEvent, 'at'>) & { readonly ageMs: number };

/** `GET …/conversations` */
export interface ConversationPage<C extends Conversation = Conversation> {
  readonly conversations: readonly C[];
  readonly cursor?: string;
}

/** `GET …/conversations/{id}/entries?after=SEQ | before=SEQ | around=MESSAGE &limit=`: ascending by seq; without any the newest page. */
export interface EntryPage {
  readonly entries: readonly Entry[];
  /** There is more in the direction asked for; with `around`: there are older ones. */
  readonly more: boolean;
}

// ---------------------------------------------------------------- HTTP bodies (agent)

/** `GET /v1/agent/session`: who is signed in. */
export interface AgentSessionAnswer {
  /** Null: nobody. */
  readonly agent: Agent | null;
}

/** `PATCH /v1/agent/session` → `{agent}`: the agent's own switch, which outlasts the session. */
export interface AgentSessionPatch {
  readonly presence: Exclude<Presence, 'offline'>;
}

/** `GET /v1/contacts/{id}/trail`: latest first. */
export interface TrailPage {
  readonly items: readonly TrailItem[];
  readonly cursor?: string;
}

// ---------------------------------------------------------------- HTTP bodies (both)

/*
 * Below `/v1/widget/{inbox}` for visitors, below `/v1` for agents and API keys; `{id}` a conversation's, `{message}` a
 * message's `id`. What they change is told to everybody by entries.
 *
 * PATCH  /conversations/{id}/messages/{message}            MessageEdit → {entry: MessageEntry}
 * DELETE /conversations/{id}/messages/{message}            204, also when it was deleted before
 * PUT    /conversations/{id}/messages/{message}/reaction   MessageReaction → 204, also when it was so before
 * POST   /conversations/{id}/files                         multipart, one part `file` → 201 Attachment; visitors may do it for
 *                                                          the id of a conversation that they are about to start
 * GET    /conversations/{id}/files/{attachment}            → Attachment, with a fresh `url`
 * DELETE /conversations/{id}/files/{attachment}            204: not sent yet, and never to be
 * GET    /conversations/{id}/transcript                    text/plain, as a download; times in UTC, or in `?timeZone=`
 *
 * Visitors only:
 *
 * POST   /conversations/{id}/transcript                    202 {email}: mailed to the session's verified address; 409 without
 * PATCH  /conversations/{id}                               ConversationPatch → {conversation}
 * POST   /conversations/{id}/rating                        ConversationRating → 201; 409 when it was rated since it was closed
 * GET    /contact/data                                     application/json, as a download: all that hangs on the contact
 * DELETE /contact                                          204: the contact and all that hangs on it are gone
 */

/** Only by its writer, and only so long as the inbox allows it. */
export interface MessageEdit {
  readonly text: string;
}

export interface MessageReaction {
  /** One emoji (RGI, Unicode UTS 51). */
  readonly emoji: string;
  readonly on: boolean;
}

export interface ConversationPatch {
  readonly state: ConversationState;
}

export interface ConversationRating {
  /** 1 to 5, 5 is best. */
  readonly score: number;
  /** At most 2,000 UTF-16 code units. */
  readonly comment?: string;
}

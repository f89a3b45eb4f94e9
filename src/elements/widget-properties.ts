import { ReactiveElement } from 'lit';
import { property } from 'lit/decorators/property.js';
import type { ChatClientOptions, TokenProvider } from '../api/chat-client.ts';
import type { DeviceSettings, VisitorData } from '../api/protocol.ts';
import type { Countries } from '../countries.ts';
import type { TriggerWish } from '../api/trigger-switches.ts';
import type { Labels } from '../text/word-tables.ts';

/** What a kind of device has instead: properties of the tag that say something of looks. */
export interface DeviceLook extends Partial<Omit<DeviceSettings, 'device'>> {
  /** `mobile`: `ios` and `android`. Of several that fit, the last one counts. */
  readonly device: DeviceSettings['device'];
  readonly [property: string]: unknown;
}

/**
 * What a page says on the tag of `<chat-widget>`, and of it in CSS. What it means stands in widget-options.ts.
 *
 * @csspart launcher - The button.
 * @csspart badge - The count of unread messages on the launcher.
 * @csspart preview - The card beside the launcher that shows a new message.
 * @csspart panel - The dialog.
 * @csspart header - The panel's head: large on the home screen, a bar elsewhere.
 * @csspart greeting - The first words in the head of the home screen.
 * @csspart close - The button that closes the panel.
 * @csspart menu - What the menu button opens.
 * @csspart notice - Says that there is no connection.
 * @csspart home - The home screen, and the list of conversations.
 * @csspart conversation - A row in it.
 * @csspart log - The list of messages.
 * @csspart date - A day above its messages.
 * @csspart event - Something that is no message: somebody joined, the conversation was closed.
 * @csspart avatar - An agent's picture, or the letters in its place.
 * @csspart name - Who wrote.
 * @csspart message - A bubble. `::part(message own)` and `::part(message other)` are one side's.
 * @csspart own - Beside `message`: the visitor wrote it.
 * @csspart other - Beside `message`: somebody else did.
 * @csspart file - A picture or another file in a message.
 * @csspart choice - A button that a message offers.
 * @csspart time - When a group of messages was written, and how far the last one came.
 * @csspart composer - The field one writes in, with its buttons.
 * @csspart input - The text in it.
 * @csspart tool - A quiet button in it: for files, for emoji.
 * @csspart send - The Send button.
 * @csspart button - What starts, goes on or hands in, in the colour of the brand.
 *
 * @cssproperty [--chat-brand=oklch(0.55 0.19 268)] - The one colour that everything is derived from; the inbox's settings have it too, the page wins.
 * @cssproperty [--chat-on-brand] - Text on the brand: black or white, whichever has a contrast of at least 4.5:1.
 * @cssproperty [--chat-brand-text] - The brand as text and as an icon, with at least 4.5:1 on every surface.
 * @cssproperty [--chat-brand-tint] - Below what is hovered or chosen: the brand, 10 % of it.
 * @cssproperty [--chat-accent] - The brand as a surface: buttons, counts, own bubbles. Steps back where the brand is nearly white or, in the dark, nearly black.
 * @cssproperty [--chat-on-accent] - Text on it; derived as `--chat-on-brand` is.
 * @cssproperty [--chat-window] - Head of the home screen, where it is not the brand; the inbox's settings have it too.
 * @cssproperty [--chat-on-window] - Text on it; derived.
 * @cssproperty [--chat-focus] - Ring around what has the focus. Default: `--chat-brand-text`.
 * @cssproperty [--chat-surface] - Background of the panel.
 * @cssproperty [--chat-raised] - What lies on it: cards, fields that cannot be used, skeletons.
 * @cssproperty [--chat-line] - Lines, and the edges of fields.
 * @cssproperty [--chat-text] - Text on the surface.
 * @cssproperty [--chat-muted] - What is less important, and icons.
 * @cssproperty [--chat-own] - The visitor's own bubbles. Default: `--chat-accent`.
 * @cssproperty [--chat-on-own] - Text on them; derived.
 * @cssproperty [--chat-other] - Everybody else's bubbles. Default: `--chat-raised`.
 * @cssproperty [--chat-on-other] - Text on them. Default: `--chat-text`.
 * @cssproperty [--chat-danger] - What went wrong.
 * @cssproperty [--chat-warning] - What to know: the notice of a lost connection, the inbox's announcement.
 * @cssproperty [--chat-warning-tint] - Behind it.
 * @cssproperty [--chat-font=system-ui] - Font family.
 * @cssproperty [--chat-font-size=15px] - Of messages, fields and buttons; the lines grow with it, small print keeps its size.
 * @cssproperty [--chat-offset=20px] - Distance from the corner.
 * @cssproperty [--chat-offset-x] - Distance from the side; `--chat-offset` unless the page or the inbox says otherwise.
 * @cssproperty [--chat-offset-y] - Distance from the bottom.
 * @cssproperty [--chat-launcher-size=56px] - Diameter of the launcher.
 * @cssproperty [--chat-panel-width=400px] - Width of the panel where it does not fill the screen.
 * @cssproperty [--chat-panel-height=704px] - Its height, at most.
 * @cssproperty [--chat-bubble-padding=8px 14px] - Between a bubble's edge and its text.
 * @cssproperty [--chat-message-gap=16px] - Between the messages of one author and the next.
 * @cssproperty [--chat-radius-launcher=50%] - Corners of the launcher.
 * @cssproperty [--chat-radius-panel=20px] - Corners of the panel.
 * @cssproperty [--chat-radius-card=14px] - Of cards, rows and menus.
 * @cssproperty [--chat-radius-bubble=18px] - Of bubbles.
 * @cssproperty [--chat-radius-control=12px] - Of buttons and fields.
 * @cssproperty [--chat-shadow-launcher] - Of the launcher; tinted by the brand.
 * @cssproperty [--chat-shadow-panel] - Of the panel, and of the card with a new message.
 * @cssproperty [--chat-shadow-float] - Of what floats above the panel: menus, pickers.
 * @cssproperty [--chat-duration=200ms] - How long movements take. Whoever wants less motion sees fades only.
 * @cssproperty [--chat-ease=cubic-bezier(0.2, 0.8, 0.2, 1)] - How they run.
 */
export class WidgetProperties extends ReactiveElement {
  /** Origin of the chat server. Default: the origin that this script came from. */
  @property() server = '';
  /** Id of the inbox. Default: the one that a new server starts with. */
  @property() inbox = 'demo';
  /** The visitor's e-mail address, when the page knows it. */
  @property() email = '';
  /** Proof for `email`: hex HMAC-SHA256 of it with the inbox's secret, made by the site's back end. */
  @property({ attribute: 'auth-token' }) authToken = '';
  /** Proof for `email`: a token of 12 hours that the chat server minted for it. */
  @property({ attribute: 'identification-token' }) identificationToken = '';
  /** Proof by itself: an HS256 token of the site's back end, with `external_user_id`, `email`, `first_name`, `exp`. */
  @property() jwt = '';
  /** Chaport: who the visitor is. */
  @property({ attribute: 'visitor-id' }) visitorId = '';
  /** Proof for `visitor-id`: hex SHA-1 of the salt and the id. */
  @property({ attribute: 'visitor-token' }) visitorToken = '';
  /** More about the visitor, or JSON of it: `name`, `email`, `phone`, `notes`, `custom`. Fills only what is empty. */
  @property() visitor: VisitorData | string = '';
  /** Proof for `visitor`: hex SHA-1 of the salt and its JSON. */
  @property({ attribute: 'visitor-hash' }) visitorHash = '';
  /** The visitor's first name, for the agents. */
  @property({ attribute: 'first-name' }) firstName = '';
  /** The visitor's last name. */
  @property({ attribute: 'last-name' }) lastName = '';
  /** Offered in the composer, never over a draft, never sent. */
  @property() message = '';
  /** `auto`: the browser's top layer, above everything. An integer: the z-index of launcher and panel. */
  @property({ attribute: 'z-index' }) zIndex: number | string = 'auto';
  /**
   * Where the page is as narrow as a phone the panel takes the whole screen; `false`: it never does. A page that is made for
   * large screens (without `<meta name="viewport">`) is not narrow, on a phone neither.
   */
  @property() responsive?: 'auto' | 'true' | 'false' | boolean;
  /** Where the panel takes the whole screen, the browser's Back closes it. `auto`: as the inbox says, which is `true`. */
  @property({ attribute: 'back-button' }) backButton?: 'auto' | 'true' | 'false' | boolean;
  /** Language of words and times (BCP 47). Default: `lang-source`. */
  @property() override lang = '';
  /** Without `lang`: the page's language (`html`), or the browser's. */
  @property({ attribute: 'lang-source' }) langSource: 'html' | 'browser' = 'html';
  /** The page's own words, or JSON of them: `{ "thread.sent": "Delivered" }`. */
  @property() labels?: Labels | string;
  /** The panel is open. */
  @property({ type: Boolean, reflect: true }) open = false;
  /** When an anonymous visitor gets a session: at the first send (`lazy`), at once (`auto`), never by itself (`manual`). */
  @property() session: 'lazy' | 'auto' | 'manual' = 'lazy';
  /** What this device keeps: everything, only what is anonymous (`anonymous`), nothing (`none`). */
  @property() persist: 'all' | 'anonymous' | 'none' = 'all';
  /** Shares the session with the site's other hosts, by one cookie for this domain. Default: this host only. */
  @property({ attribute: 'cookie-domain' }) cookieDomain = '';
  /** Gets a fresh proof from the site's back end; called once whenever one is missing, has expired or is not believed. */
  @property({ attribute: false }) tokenProvider: TokenProvider | undefined;

  // From here on: what stance.ts does, none of it with a first value.

  /**
   * How the chat stands in the page: in its corner (`floating`); in the box of this very element (`inline`); over the whole
   * page (`page`). The latter two have no launcher, and are always open.
   */
  @property() mode?: 'floating' | 'inline' | 'page';
  /**
   * Where the launcher and `show()` open the chat: in a window (`_blank`, or its name), in a frame (its name), or in
   * another element of the page (a CSS selector). Where that cannot be, the panel opens.
   */
  @property({ attribute: 'open-in' }) openIn?: string;
  /**
   * When the chat begins; until then there is nothing of it. Default: at once. `visible`: when the page is, or the box of
   * an `inline` one. `idle`: when the page has come and the browser has time. `event`: at `load-event`. `manual`: when
   * this is taken away. Whatever opens the chat begins it.
   */
  @property() load?: 'visible' | 'idle' | 'event' | 'manual' | '';
  /** Of `load="event"`: an event of the window; default `load`. One that has been is as good. */
  @property({ attribute: 'load-event' }) loadEvent?: string;
  /** At the latest after so long, ms. Default: 5,000 for `idle` and `event`; the others wait for ever. */
  @property({ attribute: 'load-delay' }) loadDelay?: number | string;
  /** Launcher colour, and all that is derived from it: any CSS colour. This and what follows beat the inbox’s settings. */
  @property() color?: string;
  /** Colour of the panel's header: any CSS colour, or a name as in the inbox's settings. */
  @property({ attribute: 'window-color' }) windowColor?: string;
  /** Address of the logo. */
  @property({ attribute: 'logo-url' }) logoUrl?: string;
  /** Whom the visitor talks with. */
  @property({ attribute: 'team-name' }) teamName?: string;
  /** The corner that launcher and panel sit in; `right` is where lines end. */
  @property() position?: 'left' | 'right';
  /** Distance from that side of the page, px. */
  @property({ attribute: 'offset-x' }) offsetX?: number | string;
  /** Distance from the bottom, px. */
  @property({ attribute: 'offset-y' }) offsetY?: number | string;
  /** `none`: a button or a link to `#chat` of the page's own opens the chat. `off`: there is no chat. */
  @property() launcher?: 'show' | 'none' | 'off';
  /** In the panel's header. `auto`: on phones, and where there is no launcher. */
  @property({ attribute: 'close-button' }) closeButton?: 'auto' | 'show' | 'hide';
  /** A line that says what the chat is made with. */
  @property({ attribute: 'powered-by' }) poweredBy?: 'show' | 'hide' | boolean;
  /** *Sent* and *Seen* as words; else as icons. */
  @property({ attribute: 'text-statuses' }) textStatuses?: 'show' | 'hide' | boolean;
  /** First words on the open panel. */
  @property() greeting?: string;
  /** Under the greeting: when to expect an answer. */
  @property({ attribute: 'reply-time' }) replyTime?: string;
  /** First words of a new conversation while somebody is there. */
  @property({ attribute: 'welcome-online' }) welcomeOnline?: string;
  /** And while nobody is. */
  @property({ attribute: 'welcome-offline' }) welcomeOffline?: string;
  /** The home screen; without it the panel opens on a conversation. */
  @property() home?: 'show' | 'hide' | boolean;
  /** The emoji picker. */
  @property() emoji?: 'show' | 'hide' | boolean;
  /** Sending files; never where the inbox takes none. */
  @property() attachments?: 'show' | 'hide' | boolean;
  /** What some devices have instead, or JSON of it: `[{ "device": "mobile", "offsetY": 80 }]`, with any of the above. */
  @property() devices?: readonly DeviceLook[] | string;
  /** In which countries there is a chat, or JSON of it: `{ "include": ["DE", "AT"] }` or `{ "exclude": ["US"] }`, by the IP address. */
  @property() countries?: Countries | string;
  /**
   * Which of the inbox's triggers the page lets through when the chat begins, or JSON of it: `off`, `{ "enabled": [ids] }`
   * (no others), `{ "disabled": [ids] }` (all others). Default: `on`, all. An attribute, too. Later: `outreach()`.
   */
  triggers?: Exclude<TriggerWish, string> | string;
  // What takes the network's place: in the console's preview, before the element is attached. No part of the interface.
  transport?: Pick<ChatClientOptions, 'fetch' | 'createSocket'>;
}

/**
 * The tiny door for pasted tags: paints the launcher into each `<chat-widget>` of the page, and imports the element
 * when somebody shows an interest, or when the page, or this device, says who is there. Until then it requests and
 * stores nothing. A tag inside another shadow root waits for the element.
 *
 * The server serves it as `/loader.js`, and for each inbox as `/chat/{inbox}.js`, with what the inbox says about its
 * launcher written in front.
 */
import { brandStyles, createLauncher, createNote, launcherStyles } from './launcher.ts';
import type { ChatWidget } from './elements/chat-widget.ts';

/** What stands in front of this file: what `/chat/{inbox}.js` knows of the inbox and its visitor, at `/loader.js` English words. */
export interface LoaderSettings {
  readonly inbox?: string;
  /** See `inboxStyle()`. */
  readonly style: string;
  /** What the launcher is called, why nothing opens, and the language of both (BCP 47): the browser's, not yet the page's. */
  readonly words: readonly [name: string, failure: string, lang: string];
  readonly left?: boolean;
  /** The inbox shows no launcher: never, on this device, or to whom it does not know. */
  readonly bare?: boolean;
}

declare const CHAT: LoaderSettings;

const [name, failure, lang] = CHAT.words;

/** Methods that can be called before the element is there. */
const CALLS = 'show hide toggle showConversation send prefill identify logout'.split(' ');

/** Whoever sets one of these has said who is there. */
const NAMES = 'visitor-id visitor email jwt'.split(' ');

/** What a page says of how the chat stands and looks: the element does it, from the beginning. */
const STANCE =
  '[launcher],[mode],[load],[color],[z-index],[open-in],[offset-x],[offset-y],[position],[devices],[countries]';

/** The same as properties, and what else makes the element begin. */
const PROPERTIES = 'visitorId visitor email jwt session open'.split(' ');

/** With whatever the page has set on it. */
type Tag = HTMLElement & Record<string, unknown>;

const TAG = 'chat-widget';
const seen = new Set<Tag>();
/** Beside the launcher that was clicked, when the element does not come. */
let note: Element | undefined;
const sheet = new CSSStyleSheet();
// Where the page says more of it, the element shows it, in its place.
sheet.replaceSync(brandStyles + launcherStyles + `:host(:is(${STANCE})) button{display:none}` + CHAT.style);
let loading: Promise<unknown> | undefined;
/** Where this file came from, whatever the page is. */
let address = `/${TAG}.js`;

/** Imports the element. What fails is tried again by the next one who asks. */
function load(): Promise<unknown> {
  // To the element an accessor would be a value that the page has set.
  for (const tag of seen) for (const name of PROPERTIES) if (tag[name] === undefined) delete tag[name];
  loading ??= import(/* @vite-ignore */ address).then(tidy, (error: unknown) => {
    loading = undefined;
    // Firefox asks for what has failed never again; this is another address.
    address += '?';
    throw error;
  });
  return loading;
}

/** The element is there: its own properties and methods count from now on. */
function tidy(): void {
  observer.disconnect();
  for (const tag of seen) for (const call of CALLS) delete tag[call];
}

const preload = (): void => void load().catch(() => {});

function meet(tag: Tag): void {
  if (seen.has(tag)) return;
  seen.add(tag);
  if (CHAT.inbox && !tag.matches('[inbox]')) tag.setAttribute('inbox', CHAT.inbox);
  for (const call of CALLS) {
    tag[call] = (...words: unknown[]) => load().then(() => (tag[call] as (...all: unknown[]) => unknown)(...words));
  }
  for (const name of PROPERTIES) {
    if (name in tag) preload();
    else if (!loading) watch(tag, name);
  }
  if (!CHAT.bare) paint(tag);
  observer.observe(tag, { attributes: true });
  review(tag);
  // It can be used, calls wait for the element. Otherwise the element says so, with what it has learnt.
  if (!loading) tell(tag);
}

/** A page may say by a property, too, who is there. The element finds it as it was set. */
function watch(tag: Tag, name: string): void {
  Object.defineProperty(tag, name, {
    configurable: true,
    set(value) {
      delete tag[name];
      tag[name] = value;
      preload();
    },
  });
}

function paint(tag: Element): void {
  // Painted by the site's own server: the same, as declarative shadow DOM.
  const root = tag.shadowRoot ?? tag.attachShadow({ mode: 'open' });
  let button = root.querySelector('button');
  if (!button) {
    root.adoptedStyleSheets = [sheet];
    const { layer } = ({ button } = createLauncher());
    button.ariaLabel = name;
    layer.lang = lang;
    button.ariaExpanded = 'false';
    if (CHAT.left) layer.classList.add('left');
    root.append(layer);
    layer.popover = 'manual';
    layer.showPopover?.();
  }
  button.onpointerenter = button.onfocus = preload;
  button.onclick = () => {
    note?.remove();
    // What fails later, the element says itself.
    (tag as unknown as ChatWidget)
      .show()
      .catch(() => customElements.get(TAG) || button.before((note ??= createNote(failure))));
  };
}

/** The element sees the mark, and does not say it again. */
function tell(tag: Element): void {
  tag.shadowRoot?.lastElementChild?.toggleAttribute('data-ready');
  tag.dispatchEvent(new CustomEvent('chat-ready', { bubbles: true, composed: true, detail: {} }));
}

/** Is there a reason to import the element without waiting for intent? */
function review(tag: Element): void {
  const says = (name: string): string | null => tag.getAttribute(name);
  if (
    tag.matches('[session=auto],[open],' + STANCE) ||
    NAMES.some(says) ||
    isKept(`chat-widget:${says('inbox') || 'demo'}`, says('cookie-domain'))
  )
    preload();
}

/** A session is kept on this device, or by the site for all its hosts. */
function isKept(hint: string, hasCookie: unknown): unknown {
  try {
    return localStorage[hint] != null || (hasCookie && document.cookie.includes('chat-widget-'));
  } catch {
    // Storage is blocked: nothing is kept.
  }
}

const look = (): void => document.querySelectorAll<Tag>(TAG).forEach(meet);
const observer = new MutationObserver((changes) => {
  look();
  for (const { target } of changes) if (seen.has(target as Tag)) review(target as Tag);
});
if (!customElements.get(TAG)) {
  observer.observe(document, { childList: true, subtree: true });
  look();
}

/** The page's own way to the chat, until the element is there, which hears it first. */
addEventListener('click', (event) => {
  // As src/elements/chat-links.ts has it.
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!(event.target as Partial<Element>).closest?.('[href="#chat"]')) return;
  event.preventDefault();
  document.querySelector<ChatWidget>(TAG)?.show().catch(preload);
});

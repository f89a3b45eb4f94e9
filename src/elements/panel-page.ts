import type { ChatClient } from '../api/chat-client.ts';
import type { ChatState } from '../api/chat-state.ts';
import type { Words } from '../text/words.ts';

/** What stands in a panel while it shows no conversation. */
export type Screen = 'home' | 'list' | 'new';

/** What the parts of a panel that are loaded later ask of it. */
export interface PanelPage {
  readonly client: ChatClient;
  readonly state: ChatState;
  readonly words: Words;
  /** What pages may style, for `exportparts`: of the panel, and of all that stands in it. */
  readonly parts: string;
  /** It is on the page's screen. */
  readonly open: boolean;
  /** Id of the conversation that is shown; empty: `screen` is. */
  readonly view: string;
  /** Never `home` where the inbox has none. */
  readonly screen: Screen;
  /** What comes with the first conversation. */
  readonly history?: { menuView(page: PanelPage): unknown } | null;
  /** What only some inboxes show, once its code is there. */
  readonly extras?: { replyTimeOf(page: PanelPage): string | undefined } | null;
  /** What is asked before a conversation was answered; until one was begun. */
  passed: boolean;
  go(view: string, screen?: Screen): void;
  /** The field one writes in takes the focus, or what stands in its place. */
  focusComposer(): void;
  close(): void;
  /** Some code that was asked for did not come: says so. */
  notLoaded(): void;
  /** Shows what has changed elsewhere. */
  requestUpdate(): void;
}

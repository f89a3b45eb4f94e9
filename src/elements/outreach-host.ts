import type { ChatClient } from '../api/chat-client.ts';
import type { Language } from '../text/language.ts';
import type { WidgetProperties } from './widget-properties.ts';
import type { WidgetSession } from './widget-session.ts';

/** What it asks of its element beyond what the page says on it. */
export interface OutreachElement {
  /** The panel is on screen. */
  readonly visible: boolean;
  readonly language: { readonly spoken: Language };
  show(): Promise<void>;
}

/** What an outreach asks of its widget. Whenever the client's state changed, the element fires `cw-session-change`. */
export interface OutreachHost {
  readonly element: WidgetProperties & OutreachElement;
  /** What everything stands in. */
  readonly layer: HTMLElement;
  readonly launcher: HTMLElement;
  /** The visitor's client, if something has wanted one. */
  readonly client: () => ChatClient | undefined;
  /** Makes it, and resolves when it is there. Rejects with ChatError. */
  readonly wake: () => Promise<WidgetSession>;
  /** Resolves when launcher and panel stand where the page wants them. */
  readonly settled: () => Promise<void>;
}

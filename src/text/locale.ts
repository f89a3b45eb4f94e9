import type { AlertStrings } from './alert-strings.ts';
import type { ClosedStrings } from './closed-strings.ts';
import type { ContentStrings } from './content-strings.ts';
import type { ConversationStrings } from './conversation-strings.ts';
import type { DefaultStrings } from './default-strings.ts';
import type { EmojiStrings } from './emoji-strings.ts';
import type { FileStrings } from './file-strings.ts';
import type { FormStrings } from './form-strings.ts';
import type { GateStrings } from './gate-strings.ts';
import type { HomeStrings } from './home-strings.ts';
import type { LauncherStrings } from './launcher-strings.ts';
import type { ListStrings } from './list-strings.ts';
import type { MenuStrings } from './menu-strings.ts';
import type { MessageStrings } from './message-strings.ts';
import type { PanelStrings } from './strings.ts';
import type { ThreadStrings } from './thread-strings.ts';
import type { TroubleStrings } from './trouble-strings.ts';
import type { UnsentStrings } from './unsent-strings.ts';
import type { VerifyStrings } from './verify-strings.ts';

/**
 * What a visitor can meet as soon as the panel opens, in one language: a table of words for each part of the widget. A
 * locale that misses a word does not compile.
 */
export interface Locale {
  readonly launcher: LauncherStrings;
  readonly panel: PanelStrings;
  readonly alert: AlertStrings;
  readonly conversation: ConversationStrings;
  readonly gate: GateStrings;
  readonly home: HomeStrings;
  readonly list: ListStrings;
  readonly thread: ThreadStrings;
  readonly trouble: TroubleStrings;
  readonly unsent: UnsentStrings;
  readonly says: DefaultStrings;
}

/** The words of what comes only when somebody asks for it: a file of its own, loaded with the first of these parts. */
export interface MoreLocale {
  readonly closed: ClosedStrings;
  readonly content: ContentStrings;
  readonly emoji: EmojiStrings;
  readonly file: FileStrings;
  readonly form: FormStrings;
  readonly menu: MenuStrings;
  readonly message: MessageStrings;
  readonly verify: VerifyStrings;
}

/** All that a visitor can be shown, by part. */
export type AllWords = Locale & MoreLocale;

import { createContext } from '@lit/context';
import type { ConsoleWords } from '../text/console-strings.ts';

/** The words that the elements below `<chat-console>` show beside those of `stringsContext`, and their language. */
export const consoleStringsContext = createContext<ConsoleWords>(Symbol('chat-console-strings'));

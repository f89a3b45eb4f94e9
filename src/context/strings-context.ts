import { createContext } from '@lit/context';
import type { Words } from '../text/words.ts';

/** The words that the elements below `<chat-widget>` or `<chat-console>` show, and their language. */
export const stringsContext = createContext<Words>(Symbol('chat-strings'));

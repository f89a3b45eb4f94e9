import { english as alert } from './alert-strings.ts';
import { english as closed } from './closed-strings.ts';
import { english as content } from './content-strings.ts';
import { english as conversation } from './conversation-strings.ts';
import { english as says } from './default-strings.ts';
import { english as emoji } from './emoji-strings.ts';
import { english as file } from './file-strings.ts';
import { english as form } from './form-strings.ts';
import { english as gate } from './gate-strings.ts';
import { english as home } from './home-strings.ts';
import { english as list } from './list-strings.ts';
import { english as menu } from './menu-strings.ts';
import { english as message } from './message-strings.ts';
import { english as thread } from './thread-strings.ts';
import { english as trouble } from './trouble-strings.ts';
import { english as unsent } from './unsent-strings.ts';
import { english as verify } from './verify-strings.ts';
import { launcherStrings as launcher } from './launcher-strings.ts';
import type { AllWords } from './locale.ts';
import { english as panel } from './strings.ts';

/** English, whole: for the build and for tests. The widget takes each table where it is needed. */
export const english: AllWords = {
  launcher,
  panel,
  alert,
  closed,
  content,
  conversation,
  emoji,
  file,
  form,
  gate,
  home,
  list,
  menu,
  message,
  says,
  thread,
  trouble,
  unsent,
  verify,
};

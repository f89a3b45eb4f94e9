import type { MessageEntry } from '../api/protocol.ts';
import { english } from '../text/message-strings.ts';
import { fill } from '../text/phrase.ts';
import { standBeside } from './beside.ts';
import { beginEdit, beginReply, leaveTask, resumeTask } from './composer-tasks.ts';
import type { CwComposer } from './cw-composer.ts';
import type { CwChooseEvent, MessageAction } from './cw-message-menu.ts';
import './cw-message-menu.ts';
import { mayReact, react } from './message-extras.ts';
import { failureOf } from './message-failure.ts';
import { nameOf } from './message-people.ts';
import type { ThreadStage } from './thread-stage.ts';

/** Offered at once; all others are one step further. */
const COMMON = ['👍', '❤️', '😂', '🎉', '😮', '😢'];

/** Goes on with what was begun with a message of this conversation. Returns how to leave it. */
export function resume(stage: ThreadStage): () => void {
  const composer = composerOf(stage);
  if (composer) resumeTask(composer, stage);
  return () => leaveTask(composer);
}

/** Opens what can be done with a message, beside it. Returns how to end that, and to leave what was begun with it. */
export function openMenu(message: MessageEntry, stage: ThreadStage): () => void {
  const { root } = stage;
  const composer = composerOf(stage);
  const article = root.querySelector<HTMLElement>(`[data-key="${message.clientId}"]`);
  const button = article?.querySelector<HTMLElement>('.actions');
  // While this code was loaded, another conversation may have come on screen, or the message may have gone.
  if (!article || !button) return () => leaveTask(composer);
  const menu = document.createElement('cw-message-menu');
  const mine = message.reactions?.filter(({ by }) => by.includes(stage.readerId)) ?? [];
  menu.label = fill(stage.of('message', english).actionsOf, { name: nameOf(message.author, stage) });
  menu.emoji = mayReact(stage) ? COMMON.map((emoji) => ({ emoji, on: mine.some((each) => each.emoji === emoji) })) : [];
  menu.actions = actionsOf(message, stage);
  root.querySelector('cw-message-menu')?.dispatchEvent(new Event('cw-leave'));

  const close = () => {
    if (!menu.isConnected) return;
    const hadFocus = menu.matches(':focus-within') || document.activeElement === document.body;
    menu.remove();
    button.ariaExpanded = 'false';
    if (hadFocus) article.focus({ preventScroll: true });
  };
  menu.addEventListener('cw-leave', close);
  // What it asks is smaller than what it offers.
  menu.addEventListener('cw-ask', () => standBeside(menu, button, root.host));
  menu.addEventListener('cw-choose', (event) => {
    const { action, emoji } = event as CwChooseEvent;
    close();
    run(action, emoji, message, stage, article);
  });
  button.ariaExpanded = 'true';
  root.append(menu);
  void menu.updateComplete.then(() => standBeside(menu, button, root.host));
  return () => {
    menu.remove();
    button.ariaExpanded = 'false';
    leaveTask(composer);
  };
}

function actionsOf(message: MessageEntry, stage: ThreadStage) {
  const { side, readerId, client } = stage;
  const { author, at, text, answer } = message;
  const composer = composerOf(stage);
  const canWrite = composer !== null && !composer.hidden;
  const own = side === 'contact' ? author.kind === 'contact' : author.id === readerId;
  const editMs = side === 'agent' ? Infinity : (client.state.settings?.behaviour?.editSeconds ?? 0) * 1000;
  const mayChange = own && Date.now() - at < editMs;
  const actions: ('reply' | 'copy' | 'select' | 'edit' | 'delete')[] = [];
  if (canWrite) actions.push('reply');
  if (text) actions.push('copy');
  // A finger that rests on a message opens this, and selects nothing.
  if (text && matchMedia('(any-pointer: coarse)').matches) actions.push('select');
  if (canWrite && mayChange && !answer) actions.push('edit');
  if (mayChange) actions.push('delete');
  return actions;
}

function run(
  action: MessageAction,
  emoji: string,
  message: MessageEntry,
  stage: ThreadStage,
  article: HTMLElement,
): void {
  const { id, text } = message;
  const composer = composerOf(stage);
  const isOn = (each: string) =>
    stage.find(id)?.reactions?.some(({ emoji: one, by }) => one === each && by.includes(stage.readerId)) ?? false;
  if (action === 'react') void react(stage, id, emoji, !isOn(emoji));
  else if (action === 'copy') void copy(text, id, stage);
  else if (action === 'select') getSelection()?.selectAllChildren(article.querySelector('.bubble')!);
  else if (action === 'delete') void remove(id, stage);
  else if (action === 'reply' && composer) beginReply(message, composer, stage);
  else if (action === 'edit' && composer) beginEdit(message, composer, stage, () => article.focus());
  else if (action === 'more') {
    const anchor = article.querySelector('.actions') ?? article;
    void import('./emoji-door.ts')
      .then(({ pickEmoji }) => pickEmoji(stage.root, anchor))
      .then((picked) => {
        article.focus({ preventScroll: true });
        return picked ? react(stage, id, picked, !isOn(picked)) : undefined;
      })
      .catch(() => stage.complain(id, stage.of('message', english).unreachable));
  }
  if (['reply', 'edit'].includes(action)) void composer?.updateComplete.then(() => composer.focus());
}

/** The one beside the thread. */
function composerOf({ root }: ThreadStage): CwComposer | null {
  const around = root.host.getRootNode();
  return around instanceof ShadowRoot || around instanceof Document ? around.querySelector('cw-composer') : null;
}

async function copy(text: string, id: string, stage: ThreadStage): Promise<void> {
  const strings = stage.of('message', english);
  stage.complain(id);
  try {
    await navigator.clipboard.writeText(text);
    stage.tell(strings.copied);
  } catch {
    stage.complain(id, strings.notCopied);
  }
}

async function remove(id: string, stage: ThreadStage): Promise<void> {
  stage.complain(id);
  try {
    await stage.client.remove(stage.conversationId, id);
  } catch (error) {
    stage.complain(id, failureOf(error, stage));
  }
}

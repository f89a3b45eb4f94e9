import { html } from 'lit';
import { english } from '../text/message-strings.ts';
import { fill } from '../text/phrase.ts';
import { composerTaskStyles } from './composer-tasks.styles.ts';
import type { CwComposer } from './cw-composer.ts';
import { closeIcon } from './icons.ts';
import { snippetOf, type Quotable } from './message-extras.ts';
import { failureOf } from './message-failure.ts';
import { editIcon, replyIcon } from './message-icons.ts';
import { nameOf } from './message-people.ts';
import type { ThreadStage } from './thread-stage.ts';

type Task = NonNullable<CwComposer['task']>;

/** What was begun with a message, as this device keeps it until it is sent, saved or called off. */
interface KeptTask {
  readonly kind: 'reply' | 'edit';
  readonly message: Quotable;
}

/** Ends what a composer is busy with, so that it can be gone on with later. */
const leaving = new WeakMap<CwComposer, () => void>();

/** What is written next answers a message. */
export function beginReply(message: Quotable, composer: CwComposer, stage: ThreadStage): void {
  const label = fill(stage.of('message', english).replyingTo, { name: nameOf(message.author, stage) });
  begin({ kind: 'reply', message }, composer, stage, (end) => ({
    label,
    view: taskView(replyIcon, label, snippetOf(message, stage), end, stage),
    options: { replyTo: message.id },
    cancel: end,
  }));
}

/** A message's text stands in the composer until it is saved; the draft waits meanwhile. */
export function beginEdit(message: Quotable, composer: CwComposer, stage: ThreadStage, onEnd: () => void): void {
  const { client, conversationId, of } = stage;
  const { id, text } = message;
  const { editing } = of('message', english);
  const key = `edit ${id}`;
  let saving = false;
  const keep = (changed: string) => client.drafts?.set(key, changed);
  const make = (end: () => boolean) => {
    const cancel = () => {
      keep('');
      if (end()) onEnd();
    };
    const save = async (changed: string) => {
      if (saving) return;
      saving = true;
      composer.error = '';
      try {
        if (changed !== text) await client.edit(conversationId, id, changed);
        cancel();
      } catch (error) {
        // What was typed stays where it is; elsewhere nobody would know what this is about.
        if (composer.task !== task) return;
        composer.error = failureOf(error, stage);
        stage.tell(composer.error);
      } finally {
        saving = false;
      }
    };
    const task: Task = {
      label: editing,
      view: taskView(editIcon, editing, '', cancel, stage),
      text: client.drafts?.get(key) || text,
      submit: (changed) => void save(changed),
      cancel,
    };
    return task;
  };
  begin({ kind: 'edit', message }, composer, stage, make, keep);
}

/** Goes on with what was begun with a message of this conversation before it was left. */
export function resumeTask(composer: CwComposer, stage: ThreadStage): void {
  const kept = stage.client.drafts?.get(keyOf(stage));
  if (!kept) return;
  const { kind, message } = JSON.parse(kept) as KeptTask;
  const now = stage.find(message.id) ?? message;
  if (now.deletedAt) stage.client.drafts?.set(keyOf(stage), '');
  else if (kind === 'reply') beginReply(now, composer, stage);
  else beginEdit(now, composer, stage, () => composer.focus());
}

/** The conversation is left: what was begun with one of its messages waits until somebody comes back. */
export function leaveTask(composer: CwComposer | null): void {
  if (composer) leaving.get(composer)?.();
}

const keyOf = ({ conversationId }: ThreadStage) => `task ${conversationId}`;

/**
 * @param make is given how to end it for good, which says whether it was still going on
 * @param keep is given what is in the field, at each change
 */
function begin(
  kept: KeptTask,
  composer: CwComposer,
  stage: ThreadStage,
  make: (end: () => boolean) => Task,
  keep?: (text: string) => void,
): void {
  const { shadowRoot } = composer;
  const { drafts } = stage.client;
  const { styleSheet } = composerTaskStyles;
  if (styleSheet && !shadowRoot!.adoptedStyleSheets.includes(styleSheet)) {
    shadowRoot!.adoptedStyleSheets.push(styleSheet);
  }
  leaveTask(composer);
  const listeners = new AbortController();
  const { signal } = listeners;
  const leave = () => {
    listeners.abort();
    if (composer.task !== task) return false;
    composer.error = '';
    composer.task = undefined;
    return true;
  };
  const { id, author, text: words } = kept.message;
  // Addresses of its files are good for a while, and for this screen only.
  const text = JSON.stringify({ ...kept, message: { id, author, text: words } } satisfies KeptTask);
  const forget = () => {
    if (drafts?.get(keyOf(stage)) === text) drafts.set(keyOf(stage), '');
  };
  const task = make(() => {
    const hadFocus = composer.matches(':focus-within');
    forget();
    const wasOn = leave();
    // The button that ends it goes with it.
    if (wasOn && hadFocus) composer.focus();
    return wasOn;
  });
  drafts?.set(keyOf(stage), text);
  leaving.set(composer, leave);
  composer.begin(task);
  composer.addEventListener(
    'cw-send',
    (event) => {
      if (event.defaultPrevented) return;
      listeners.abort();
      forget();
    },
    { signal },
  );
  const field = shadowRoot!.querySelector('textarea')!;
  field.addEventListener('input', () => keep?.(field.value), { signal });
}

function taskView(icon: unknown, label: string, words: string, onCancel: () => void, { of }: ThreadStage) {
  return html`
    <div class="task">
      ${icon}
      <div class="task-words">
        <strong>${label}</strong><span><bdi>${words}</bdi></span>
      </div>
      <button class="icon-button" type="button" aria-label=${of('message', english).cancel} @click=${onCancel}>
        ${closeIcon}
      </button>
    </div>
  `;
}

/** A `<chat-widget>` on a test page, and a look at it as a person has it. */
import { nextFrame } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import type { ChatWidgetEventMap } from '../../src/elements/chat-widget-events.ts';
import '../../src/index.ts';
import type { ChatServer } from '../support/server.ts';
import { all, find } from './console/screen.ts';
import { until } from '../support/until.ts';

const mounted = new Set<ChatWidget>();

/** Puts a widget on the page. Attributes as a page's author writes them. */
export function mount(server: ChatServer, attributes: Record<string, string> = {}): ChatWidget {
  const widget = document.createElement('chat-widget');
  mounted.add(widget);
  for (const [name, value] of Object.entries({ server: server.url, inbox: server.inbox, ...attributes })) {
    widget.setAttribute(name, value);
  }
  document.body.append(widget);
  return widget;
}

/** Takes every widget off the page, and what they kept off the device. */
export async function unmountAll(): Promise<void> {
  for (const widget of mounted) widget.remove();
  mounted.clear();
  await Promise.resolve();
  localStorage.clear();
  for (const { name = '' } of await databases()) indexedDB.deleteDatabase(name);
}

/** Everything of these kinds that the widget fires from now on, by name. */
export function record(widget: ChatWidget, ...names: (keyof ChatWidgetEventMap)[]): CustomEvent[] {
  const events: CustomEvent[] = [];
  for (const name of names) widget.addEventListener(name, (event: CustomEvent) => events.push(event));
  return events;
}

/** Resolves with the next event of this name. Ask before you act. */
export function next<K extends keyof ChatWidgetEventMap>(widget: ChatWidget, name: K): Promise<ChatWidgetEventMap[K]> {
  return new Promise((resolve) => widget.addEventListener(name, resolve, { once: true }));
}

export const launcherOf = (widget: ChatWidget) =>
  all<HTMLButtonElement>(widget.shadowRoot!, 'button[aria-haspopup=dialog]')[0];
export const dialogOf = (widget: ChatWidget) => all(widget.shadowRoot!, 'dialog')[0];
export const boxOf = (widget: ChatWidget) => find<HTMLTextAreaElement>(widget, 'textarea', 'Message');

/** The field one writes in, as soon as what is typed goes into it: it may be seen before it has the focus. */
export async function focusedBox(widget: ChatWidget): Promise<HTMLTextAreaElement> {
  const box = await boxOf(widget);
  await until(
    () => focused() === box,
    () => `the field has no focus, but ${focused()?.outerHTML.slice(0, 80)}`,
  );
  return box;
}

/** What has the focus, through all shadow roots. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** All that was begun in this task is done: its microtasks, its next task, its frame. */
export async function settled(): Promise<void> {
  // A frame and the tasks before and after it.
  await nextFrame();
  await nextFrame();
}

/** Whatever comes in with a movement has come: until then its colours are mixtures. */
export async function comeToRest(widget: ChatWidget): Promise<void> {
  // The offer to leave an e-mail comes after the messages, with code of its own.
  const isOffered = widget.contact && widget.contact.verification !== 'verified';
  if (isOffered && all(widget.shadowRoot!, '[role="article"]').length > 0) {
    await customElements.whenDefined('cw-verify');
    await settled();
  }
  for (let moves = movesOf(widget); moves.length > 0; moves = movesOf(widget)) {
    // One that is taken away has ended as well.
    await Promise.all(moves.map((move) => move.finished.catch(() => undefined)));
  }
}

/** Those that end. */
function movesOf(widget: ChatWidget): Animation[] {
  return all(widget.shadowRoot!, '*')
    .flatMap((element) => element.getAnimations())
    .filter((move) => move.playState === 'running' && move.effect?.getComputedTiming().endTime !== Infinity);
}

/** Waits until the widget can be used. */
export async function ready(widget: ChatWidget): Promise<ChatWidget> {
  await until(() => widget.ready, 'the widget was never ready');
  return widget;
}

async function databases(): Promise<IDBDatabaseInfo[]> {
  return indexedDB.databases();
}

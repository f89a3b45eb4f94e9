import { ChatError } from '../api/chat-error.ts';
import { ChatErrorEvent } from './chat-widget-events.ts';

const told = new WeakSet<Error>();

/**
 * Fires `chat-error`, once per failure however many wait for the same. What is no ChatError is a failed `import()`: the
 * chat could not be reached. That an element was removed meanwhile is no news.
 */
export function tell(element: HTMLElement, error: unknown): ChatError {
  const failure =
    error instanceof ChatError ? error : new ChatError('offline', `The chat could not be loaded: ${String(error)}`);
  if (failure.code !== 'closed' && !told.has(failure)) {
    told.add(failure);
    element.dispatchEvent(new ChatErrorEvent('chat-error', failure));
  }
  return failure;
}

/** For promises whose failure was told by `chat-error`. */
export function toldAlready(): void {}

/**
 * The tags in JSX of Preact:
 *
 *     import type {} from 'chat-widget-element/preact';
 *
 *     <chat-widget email={email} authToken={token} onunread-change={(event) => setUnread(event.detail.messages)} />
 */
import type { HTMLAttributes } from 'preact';
import type { ChatElements } from './elements.js';
import type { Listeners } from './listeners.js';

export type PreactChatElements = {
  [Tag in keyof ChatElements]: ChatElements[Tag]['props'] &
    Listeners<ChatElements[Tag]['events']> &
    Omit<HTMLAttributes<ChatElements[Tag]['element']>, keyof ChatElements[Tag]['props']>;
};

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends PreactChatElements {}
  }
}

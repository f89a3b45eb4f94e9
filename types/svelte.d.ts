/**
 * The tags in templates of Svelte 5:
 *
 *     import type {} from 'chat-widget-element/svelte';
 *
 *     <chat-widget {email} authToken={token} onunread-change={(event) => (unread = event.detail.messages)}></chat-widget>
 */
import type { HTMLAttributes } from 'svelte/elements';
import type { ChatElements } from './elements.js';
import type { Listeners } from './listeners.js';

export type SvelteChatElements = {
  [Tag in keyof ChatElements]: ChatElements[Tag]['props'] &
    Listeners<ChatElements[Tag]['events']> &
    Omit<HTMLAttributes<ChatElements[Tag]['element']>, keyof ChatElements[Tag]['props']>;
};

declare module 'svelte/elements' {
  export interface SvelteHTMLElements extends SvelteChatElements {}
}

/**
 * The tags in JSX of React 19, which sets properties of custom elements and listens to their events by itself:
 *
 *     import type {} from 'chat-widget-element/react';
 *
 *     <chat-widget email={email} authToken={token} onunread-change={(event) => setUnread(event.detail.messages)} />
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ChatElements } from './elements.js';
import type { Listeners } from './listeners.js';

type Host<Element, Props> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, keyof Props>;

export type ReactChatElements = {
  [Tag in keyof ChatElements]: ChatElements[Tag]['props'] &
    Listeners<ChatElements[Tag]['events']> &
    Host<ChatElements[Tag]['element'], ChatElements[Tag]['props']>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ReactChatElements {}
  }
}

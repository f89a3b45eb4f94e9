/**
 * The tags in JSX of Solid, where `prop:` sets a property and `on:` listens to an event:
 *
 *     import type {} from 'chat-widget-element/solid';
 *
 *     <chat-widget email={email()} prop:authToken={token()} on:unread-change={(event) => setUnread(event.detail.messages)} />
 */
import type { JSX } from 'solid-js';
import type { ChatElements } from './elements.js';

type Listeners<Events> = { [Name in keyof Events & string as `on:${Name}`]?: (event: Events[Name]) => void };

type Properties<Props> = { [Name in keyof Props & string as `prop:${Name}`]?: Props[Name] };

export type SolidChatElements = {
  [Tag in keyof ChatElements]: ChatElements[Tag]['props'] &
    Properties<ChatElements[Tag]['props']> &
    Listeners<ChatElements[Tag]['events']> &
    Omit<JSX.HTMLAttributes<ChatElements[Tag]['element']>, keyof ChatElements[Tag]['props']>;
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends SolidChatElements {}
  }
}

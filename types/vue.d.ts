/**
 * The tags in templates of Vue 3:
 *
 *     import type {} from 'chat-widget-element/vue';
 *
 *     <chat-widget :email="email" :auth-token="token" @unread-change="unread = $event.detail.messages" />
 */
import type { HTMLAttributes } from 'vue';
import type { ChatElements } from './elements.js';

type Pascal<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${Pascal<Tail>}`
  : Capitalize<Name>;

/** `@unread-change` in a template is `onUnreadChange`. */
type Listeners<Events> = { [Name in keyof Events & string as `on${Pascal<Name>}`]?: (event: Events[Name]) => void };

export type VueChatElements = {
  [Tag in keyof ChatElements]: new () => {
    $props: ChatElements[Tag]['props'] &
      Listeners<ChatElements[Tag]['events']> &
      Omit<HTMLAttributes, keyof ChatElements[Tag]['props']>;
  };
};

declare module 'vue' {
  interface GlobalComponents extends VueChatElements {}
}

/** What a page's author gets from the types. It is the compiler that tests this; the browser only runs it once more. */
import { expect } from '@open-wc/testing';
import type {
  ChatError,
  ChatWidget,
  ChatWidgetEventMap,
  Contact,
  Conversation,
  MessageEntry,
} from '../../src/index.ts';
import '../../src/index.ts';

/** Compiles only for the same type on both sides. */
function same<A, B>(
  ..._proof: (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? [] : [never]
): void {}

describe('the types of <chat-widget>', () => {
  const widget = document.createElement('chat-widget');

  it('know the element by its tag', () => {
    same<typeof widget, ChatWidget>();
    same<HTMLElementTagNameMap['chat-widget'], ChatWidget>();
    expect(widget.localName).to.equal('chat-widget');
  });

  it('know what each event carries', () => {
    widget.addEventListener('chat-ready', (_event) => same<typeof _event.detail.visitorId, string | undefined>());
    widget.addEventListener('chat-show', (_event) => same<typeof _event.detail, null>());
    widget.addEventListener('chat-hide', (_event) => same<typeof _event.detail, null>());
    widget.addEventListener('unread-change', ({ detail: _ }) => {
      same<typeof _.messages, number>();
      same<typeof _.conversations, number>();
    });
    widget.addEventListener('chat-identify', ({ detail: _ }) => same<typeof _.contact, Contact>());
    widget.addEventListener('chat-start', ({ detail: _ }) => {
      same<typeof _.visitorId, string>();
      same<typeof _.conversationId, string>();
    });
    widget.addEventListener('chat-message', ({ detail: _ }) => {
      same<typeof _.message, MessageEntry>();
      same<typeof _.own, boolean>();
    });
    widget.addEventListener('chat-online-change', ({ detail: _ }) => same<typeof _.online, boolean>());
    widget.addEventListener('chat-error', ({ detail: _ }) => same<typeof _, ChatError>());
  });

  it('still know the events of every element, and those of nobody', () => {
    const onClick = (_event: MouseEvent) => same<typeof _event.button, number>();
    widget.addEventListener('click', onClick);
    widget.removeEventListener('click', onClick);
    widget.addEventListener('some-event', (_event) => same<typeof _event, Event>());
    // @ts-expect-error a misspelt detail does not compile
    widget.addEventListener('unread-change', ({ detail }) => void detail.message);
    same<keyof ChatWidgetEventMap & 'chat-opened', never>();
  });

  it('know properties, getters and what methods resolve with', () => {
    same<typeof widget.session, 'lazy' | 'auto' | 'manual'>();
    same<typeof widget.zIndex, number | string>();
    same<typeof widget.contact, Contact | null>();
    same<typeof widget.online, boolean | undefined>();
    same<typeof widget.conversations, readonly Conversation[]>();
    same<ReturnType<ChatWidget['show']>, Promise<void>>();
    same<ReturnType<ChatWidget['send']>, Promise<MessageEntry>>();
    same<ReturnType<ChatWidget['prefill']>, void>();
    // @ts-expect-error getters are for reading
    expect(() => (widget.unreadCount = 1)).to.throw();
  });
});

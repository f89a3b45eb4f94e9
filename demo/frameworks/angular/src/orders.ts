import { Component, CUSTOM_ELEMENTS_SCHEMA, signal, viewChild, type ElementRef } from '@angular/core';
import type { ChatMessageEvent, ChatWidget } from 'chat-widget-element';
import { chatSession } from './chat-session';

@Component({
  selector: 'app-orders',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <main>
      <h1>Orders</h1>
      <p>{{ session().contact?.name ? 'Signed in as ' + session().contact?.name : 'Not signed in' }}</p>
      <p role="status">{{ session().unreadCount }} unread{{ lastMessage() && ', the last: ' + lastMessage() }}</p>
      <button (click)="signIn()">Sign in</button>
      <button (click)="ask()">Ask about order 1042</button>
      <chat-widget
        #chat
        [email]="customer().email"
        [authToken]="customer().authToken"
        [firstName]="customer().firstName"
        (chat-message)="onMessage($event)"
      ></chat-widget>
    </main>
  `,
})
export class Orders {
  readonly session = chatSession();
  readonly customer = signal({ email: '', authToken: '', firstName: '' });
  readonly lastMessage = signal('');
  private readonly chat = viewChild.required<ElementRef<ChatWidget>>('chat');

  /** What your back end does: it knows who is signed in, and signs the address. */
  async signIn(): Promise<void> {
    const answer = await fetch('/demo/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer: 'ada' }),
    });
    this.customer.set(await answer.json());
  }

  async ask(): Promise<void> {
    const chat = this.chat().nativeElement;
    await chat.show();
    chat.prefill('Where is order 1042?');
  }

  onMessage(event: Event): void {
    this.lastMessage.set((event as ChatMessageEvent).detail.message.text);
  }
}

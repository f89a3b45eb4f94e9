import type { ChatWidget } from 'chat-widget-element';
import type {} from 'chat-widget-element/react';
import { useRef, useState } from 'react';
import { useChatSession } from './use-chat-session.ts';

export function App() {
  const chat = useRef<ChatWidget>(null);
  const session = useChatSession();
  const [customer, setCustomer] = useState({ email: '', authToken: '', firstName: '' });
  const [lastMessage, setLastMessage] = useState('');

  // What your back end does: it knows who is signed in, and signs the address.
  const signIn = async () => {
    const answer = await fetch('/demo/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer: 'ada' }),
    });
    setCustomer((await answer.json()) as typeof customer);
  };

  const ask = async () => {
    await chat.current?.show();
    chat.current?.prefill('Where is order 1042?');
  };

  return (
    <main>
      <h1>Orders</h1>
      <p>{session.contact?.name ? `Signed in as ${session.contact.name}` : 'Not signed in'}</p>
      <p role="status">
        {session.unreadCount} unread{lastMessage && `, the last: ${lastMessage}`}
      </p>
      <button onClick={() => void signIn()}>Sign in</button>
      <button onClick={() => void ask()}>Ask about order 1042</button>
      <chat-widget
        ref={chat}
        email={customer.email}
        authToken={customer.authToken}
        firstName={customer.firstName}
        onchat-message={({ detail }) => setLastMessage(detail.message.text)}
      />
    </main>
  );
}

import { h, icon } from './dom.js';
import { menu } from './menu.js';
import { recall, remember } from './storage.js';

const KEY = 'sanderling:customer';

/** The two who can be tried; the server knows their addresses and signs them (`POST /demo/sign-in`). */
const CUSTOMERS = [
  { id: 'ada', name: 'Ada Lindqvist', about: 'Bought a Skerry in spring' },
  { id: 'grace', name: 'Grace Okafor', about: 'Waiting for a mended strap' },
];

const FAILED = 'That did not work. Try again in a moment.';

/**
 * The account menu. Who is signed in stands on the tag: `email`, `auth-token`, `first-name`, `last-name`.
 *
 * A real shop writes these four attributes into its pages on the server. This one has no pages of its own, so it keeps
 * the server's answer and sets them before the chat's script runs.
 *
 * @param {HTMLElement} chat the <chat-widget>
 * @param {(words: string) => void} say tells everybody, also those who cannot see the screen
 */
export function startAccount(chat, say) {
  const root = document.querySelector('#account');
  const button = root.querySelector('button');
  const sheet = root.querySelector('.sheet');
  const { close } = menu(root);
  let signedIn = recall(KEY, null);

  const setAttributes = () => {
    const { email, authToken, firstName, lastName } = signedIn ?? {};
    const attributes = { email, 'auth-token': authToken, 'first-name': firstName, 'last-name': lastName };
    for (const [name, value] of Object.entries(attributes)) {
      if (value) chat.setAttribute(name, value);
      else chat.removeAttribute(name);
    }
  };

  const done = (customer, words) => {
    signedIn = customer;
    remember(KEY, customer);
    setAttributes();
    close();
    render();
    button.focus();
    say(words);
  };

  const signIn = async (id) => {
    try {
      const response = await fetch('/demo/sign-in', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ customer: id }),
      });
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      const customer = { id, ...(await response.json()) };
      done(customer, `Signed in as ${customer.firstName} ${customer.lastName}.`);
    } catch (error) {
      console.error('demo: sign-in failed,', error);
      sheet.querySelector('p').textContent = FAILED;
      say(FAILED);
    }
  };

  const signOut = async () => {
    // logout() first: it revokes the session on the server while the tag still knows whose it is.
    await chat.logout?.().catch((error) => console.error('demo: sign-out failed,', error));
    done(null, 'Signed out.');
  };

  const render = () => {
    const name = signedIn ? `${signedIn.firstName} ${signedIn.lastName}` : null;
    button.querySelector('span').textContent = signedIn ? signedIn.firstName : 'Sign in';
    button.toggleAttribute('data-signed-in', Boolean(signedIn));
    sheet.replaceChildren(
      h('h2', {}, signedIn ? 'Your account' : 'Sign in as'),
      h(
        'p',
        {},
        signedIn ? `${name}, ${signedIn.email}` : 'The server signs who you are, so the chat knows it for certain.',
      ),
      h(
        'ul',
        {},
        ...CUSTOMERS.map((customer) => h('li', {}, customerButton(customer, signedIn?.id === customer.id, signIn))),
        signedIn &&
          h(
            'li',
            {},
            h(
              'button',
              { type: 'button', class: 'choice', onclick: signOut },
              face('–'),
              words('Sign out', 'Back to nobody'),
            ),
          ),
      ),
    );
  };

  // Another tab of the shop signed in or out; without a key, everything was cleared.
  addEventListener('storage', ({ key }) => {
    if (key !== KEY && key !== null) return;
    signedIn = recall(KEY, null);
    setAttributes();
    render();
  });

  setAttributes();
  render();
}

function customerButton({ id, name, about }, current, signIn) {
  return h(
    'button',
    { type: 'button', class: 'choice', 'aria-current': current && 'true', onclick: () => signIn(id) },
    face(name[0], id),
    words(name, about),
    current && icon('M5 12.500l4.500 4.500L19 7'),
  );
}

const face = (letter, id) => h('span', { class: 'face', 'data-customer': id, 'aria-hidden': 'true' }, letter);
const words = (title, about) => h('span', {}, h('b', {}, title), h('small', {}, about));

import { html, nothing } from 'lit';
import type { Author } from '../api/protocol.ts';
import type { Language } from '../text/language.ts';
import { fill, plural } from '../text/phrase.ts';
import { english } from '../text/thread-strings.ts';
import { face } from './face.ts';
import { downIcon } from './thread-icons.ts';

/** Who is writing: dots to see, a sentence to hear about when one comes by. */
export function typingView(authors: readonly Author[], { lang, of }: Language) {
  const strings = of('thread', english);
  const names = authors.map((author) => author.name ?? strings.visitor);
  const [name = '', ...more] = names;
  const sentence = more.length
    ? fill(strings.typingSeveral, { names: new Intl.ListFormat(lang).format(names) })
    : fill(strings.typing, { name });
  return html`
    <div class="group other typing">
      ${authors.slice(0, 1).map(face)}
      <div class="bubble"><span class="unseen">${sentence}</span><i></i><i></i><i></i></div>
    </div>
  `;
}

/** The way to the end for who reads further up, with how many came meanwhile. */
export function newestView(count: number, { lang, of }: Language, onClick: () => void) {
  const strings = of('thread', english);
  return html`
    <button class="newest" type="button" aria-label=${count ? nothing : strings.newest} @click=${onClick}>
      ${downIcon}${count ? plural(lang, strings.newMessages, count) : nothing}
    </button>
  `;
}

import { expect } from '@open-wc/testing';
import type { MessageEntry } from '../../src/api/protocol.ts';
import { ThreadNews } from '../../src/elements/thread-news.ts';

const answer = (seq: number): MessageEntry => ({
  ...{ type: 'message', conversationId: 'talk', seq, at: seq, author: { kind: 'agent', id: 'bo', name: 'Bo' } },
  ...{ id: `m${seq}`, clientId: `c${seq}`, text: `answer ${seq}` },
});
const answers = (count: number) => Array.from({ length: count }, (_, i) => answer(i + 1));

describe('what is said aloud in a thread', () => {
  it('is what others say from now on, once', () => {
    const news = new ThreadNews();
    expect(news.hear(answers(2), 'contact')).to.deep.equal([]);
    news.open(answers(2));
    expect(news.hear(answers(4), 'contact').map(({ seq }) => seq)).to.deep.equal([3, 4]);
    expect(news.hear(answers(4), 'contact')).to.deep.equal([]);
  });

  it('goes on when the server’s data were put back: what is loaded anew is history, what follows is news', () => {
    const news = new ThreadNews();
    news.open(answers(9));
    expect(news.hear([], 'contact')).to.deep.equal([]);
    expect(news.hear(answers(5), 'contact')).to.deep.equal([]);
    expect(news.hear(answers(6), 'contact').map(({ seq }) => seq)).to.deep.equal([6]);
  });

  it('begins with the first answer in a conversation that is new', () => {
    const news = new ThreadNews();
    news.open([]);
    expect(news.hear([], 'contact')).to.deep.equal([]);
    expect(news.hear([answer(1)], 'contact').map(({ seq }) => seq)).to.deep.equal([1]);
  });
});

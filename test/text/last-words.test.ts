import { expect } from '@open-wc/testing';
import type { MessageEntry } from '../../src/api/protocol.ts';
import { lastWords } from '../../src/text/last-words.ts';

describe('The last words of a conversation', () => {
  const message = (text: string, more: Partial<MessageEntry> = {}): MessageEntry => ({
    ...{ type: 'message', id: 'm', clientId: 'c', conversationId: 'k', seq: 1, at: 0, text },
    author: { kind: 'agent', id: 'a', name: 'Ada' },
    ...more,
  });

  it('are one line without marks', () => {
    expect(lastWords(message('**Two** of\n- `them`\n> [here](https://a.example)'))).to.equal('Two of them here');
    expect(lastWords(message('snake_case 2*3'))).to.equal('snake_case 2*3');
  });

  it('are no longer than there is room for', () => {
    expect(lastWords(message('x'.repeat(500)))).to.have.length(200);
    expect(lastWords(message('x'.repeat(500)), undefined, 20)).to.have.length(20);
  });

  it('say that a message was taken back, and name a file that came without words', () => {
    expect(lastWords(message('', { deletedAt: 1 }))).to.equal('Message deleted');
    const file = { id: 'f', name: 'plan.pdf', mediaType: 'application/pdf', bytes: 1, url: '/x' };
    expect(lastWords(message('', { attachments: [file] }))).to.equal('plan.pdf');
  });
});

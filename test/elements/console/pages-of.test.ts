import { expect } from '@open-wc/testing';
import type { Entry } from '../../../src/api/protocol.ts';
import { pagesOf } from '../../../src/elements/console/pages-of.ts';
import { conversation } from './conversations.ts';

/** Messages written from these pages, in this order. */
function writtenFrom(...pages: (string | undefined)[]): Entry[] {
  const message = conversation(1).lastMessage!;
  return pages.map((pageUrl, i) => ({ ...message, seq: i + 1, at: i, pageUrl }));
}

describe('the pages that a contact wrote from', () => {
  it('are each named once, the latest first', () => {
    const pages = pagesOf(writtenFrom('https://shop.test/a', 'https://shop.test/b', undefined, 'https://shop.test/a'));
    expect(pages.map(({ label, at }) => [label, at])).to.deep.equal([
      ['shop.test/a', 3],
      ['shop.test/b', 1],
    ]);
  });

  it('are read by people: no scheme, no query, no percent signs', () => {
    const [page] = pagesOf(writtenFrom('https://shop.test/t%C3%A4sche/?utm_source=mail#top'));
    expect(page?.label).to.equal('shop.test/täsche');
    expect(page?.url).to.equal('https://shop.test/t%C3%A4sche/?utm_source=mail#top');
  });

  it('are never links that run something', () => {
    expect(
      pagesOf(writtenFrom('javascript:alert(1)', 'data:text/html,x', 'not an address', 'file:///etc/passwd')),
    ).to.deep.equal([]);
  });

  it('survive an address that is encoded wrongly', () => {
    expect(pagesOf(writtenFrom('https://shop.test/%E0%A4%A'))[0]?.label).to.equal('shop.test/%E0%A4%A');
  });
});

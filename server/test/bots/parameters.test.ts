import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factsOf } from '../../src/bots/parameters.ts';

describe('What is known of a visit that begins', () => {
  it('is what the server sees, and of the rest what the page says', () => {
    const pageUrl = 'https://shop.example/?utm_source=news&utm_medium=mail&other=1';
    const said = { utm_source: 'landing', referrer_url: 'https://a.example/', country: 'FR', page_url: 'x' };
    assert.deepEqual(factsOf({ text: 'Hi', pageUrl, country: 'DE', said }), {
      ...{ utm_source: 'landing', utm_medium: 'mail', referrer_url: 'https://a.example/' },
      ...{ message_text: 'Hi', page_url: pageUrl, country: 'DE' },
    });
  });

  it('is nothing that only triggers know, or that nobody asks for', () => {
    const said = { visits: '9', 'custom.plan': 'gold', verified: 'true', moon: 'full' };
    assert.deepEqual(factsOf({ text: 'Hi', said }), { message_text: 'Hi', page_url: '' });
  });
});

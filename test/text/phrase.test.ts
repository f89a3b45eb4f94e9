import { expect } from '@open-wc/testing';
import { initials } from '../../src/text/initials.ts';
import { fill, plural } from '../../src/text/phrase.ts';

describe('phrases', () => {
  it('get their values put in, once, and keep a place that has none', () => {
    expect(fill('{name} joined {name}', { name: 'Ada {x}' })).to.equal('Ada {x} joined Ada {x}');
    expect(fill('{missing}', {})).to.equal('{missing}');
    expect(fill('{toString}', {})).to.equal('{toString}');
  });

  it('take the form that the language has for a count', () => {
    const polish = { one: '{count} wiadomość', few: '{count} wiadomości', other: '{count} wiadomości (many)' };
    expect(plural('pl', polish, 1)).to.equal('1 wiadomość');
    expect(plural('pl', polish, 3)).to.equal('3 wiadomości');
    expect(plural('pl', polish, 5)).to.equal('5 wiadomości (many)');
    expect(plural('de', { one: 'eine', other: '{count}' }, 1200)).to.equal('1.200');
  });
});

describe('initials', () => {
  it('are the first letters of the first and the last word, as whole characters', () => {
    expect(initials('Ada King Lovelace')).to.equal('AL');
    expect(initials(' grace ')).to.equal('G');
    expect(initials('🌿 Green')).to.equal('🌿G');
    expect(initials('')).to.equal('');
  });
});

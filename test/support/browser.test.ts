import { expect } from '@open-wc/testing';
import { press, resize, type } from './browser.ts';

function textarea(): HTMLTextAreaElement {
  const box = document.createElement('textarea');
  document.body.append(box);
  box.focus();
  return box;
}

describe('the hands of a test', () => {
  afterEach(() => document.body.replaceChildren());

  it('type what a person would, repeated letters and accents included', async () => {
    const box = textarea();
    await type('héllo, aaa');
    expect(box.value).to.equal('héllo, aaa');
  });

  it('hold one key while they press another', async () => {
    const box = textarea();
    let seen = '';
    box.addEventListener('keydown', (event) => (seen += `${event.shiftKey ? 'Shift+' : ''}${event.key} `));
    await press('Shift+Enter');
    expect(seen).to.equal('Shift+Shift Shift+Enter ');
    expect(box.value).to.equal('\n');
  });

  it('resize the page', async () => {
    await resize(640, 480);
    expect([innerWidth, innerHeight]).to.deep.equal([640, 480]);
  });
});

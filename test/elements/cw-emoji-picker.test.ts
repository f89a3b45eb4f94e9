import { expect, fixture, html } from '@open-wc/testing';
import type { CwComposer } from '../../src/elements/cw-composer.ts';
import '../../src/elements/cw-composer.ts';
import type { CwEmojiPicker, CwPickEvent } from '../../src/elements/cw-emoji-picker.ts';
import '../../src/elements/cw-emoji-picker.ts';
import { EMOJI_GROUPS, inTone, searchEmoji } from '../../src/elements/emoji-set.ts';
import { press, type } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { all, find, nameOf, sees, textOf } from './console/screen.ts';
import { focused } from './widgets.ts';

describe('The emoji', () => {
  it('have a name each, and stand there once', () => {
    const list = EMOJI_GROUPS.flatMap(({ emoji }) => emoji);
    expect(list.length).to.be.greaterThan(900);
    expect(list.filter(({ name, emoji }) => !name || !emoji)).to.deep.equal([]);
    expect(new Set(list.map(({ emoji }) => emoji)).size).to.equal(list.length);
  });

  it('are found by the beginnings of their words, those that people mean first', () => {
    const first = (text: string) =>
      searchEmoji(text)
        .slice(0, 3)
        .map(({ emoji }) => emoji);
    expect(first('thumbs')).to.include('👍');
    expect(first('birth')).to.include('🎂');
    expect(first('red heart')).to.deep.equal(['❤️']);
    expect(first('LOL')).to.include('😂');
    const short = { tada: '🎉', thumbsup: '👍', '+1': '👍', thumbsdown: '👎', heart: '❤️', fire: '🔥', clap: '👏' };
    const more = { pray: '🙏', ok: '👌', eyes: '👀', rocket: '🚀', party: '🎉', wave: '👋', check: '✅', x: '❌' };
    for (const [text, emoji] of Object.entries({ ...short, ...more, warning: '⚠️' }))
      expect(first(text), text).to.include(emoji);
    expect(first('cry').some((emoji) => '😢😭'.includes(emoji))).to.equal(true);
    expect(searchEmoji('xyzzy')).to.deep.equal([]);
    expect(searchEmoji(' ')).to.deep.equal([]);
  });

  it('have a skin tone where there is one', () => {
    expect(inTone('👋', 3)).to.equal('👋🏽');
    expect(inTone('✌️', 1)).to.equal('✌🏻');
    expect(inTone('👋', 0)).to.equal('👋');
    expect(inTone('🐶', 5)).to.equal('🐶');
  });
});

describe('<cw-emoji-picker>', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => localStorage.clear());

  async function setup() {
    const picker = await fixture<CwEmojiPicker>(
      html`<cw-emoji-picker style="position: static; width: 320px"></cw-emoji-picker>`,
    );
    const picked: string[] = [];
    picker.addEventListener('cw-pick', (event) => picked.push((event as CwPickEvent).emoji));
    picker.focus();
    return { picker, picked };
  }

  const cell = (picker: CwEmojiPicker, name: string) => find(picker, '[role="gridcell"]', name);

  it('is accessible, by category and with what was found', async () => {
    const { picker } = await setup();
    await expect(picker).to.be.accessible();
    await type('cat');
    await sees(picker, 'Found');
    await expect(picker).to.be.accessible();
  });

  it('leaves the keyboard of a touch screen away until somebody wants to search', async () => {
    const { matchMedia } = window;
    const { picker } = await setup();
    try {
      window.matchMedia = (query) => matchMedia(query.includes('coarse') ? 'all' : query);
      picker.enter();
      expect(focused()?.getAttribute('role')).to.equal('dialog');
      await press('Escape');
      window.matchMedia = (query) => matchMedia(query.includes('coarse') ? 'not all' : query);
      picker.enter();
      expect(focused()?.localName).to.equal('input');
    } finally {
      window.matchMedia = matchMedia;
    }
  });

  it('finds by name, and takes the first with Enter', async () => {
    const { picker, picked } = await setup();
    await type('rocket');
    await cell(picker, 'rocket');
    await press('Enter');
    expect(picked).to.deep.equal(['🚀']);
    picker.focus();
    await type(' of nothing');
    await sees(picker, 'No emoji of that name.');
  });

  it('is walked through with arrow keys, and left with Escape', async () => {
    const { picker, picked } = await setup();
    let left = 0;
    picker.addEventListener('cw-leave', () => left++);
    await press('ArrowDown');
    expect(nameOf(focused() as HTMLElement)).to.equal('grinning face');
    await press('ArrowRight');
    await press('ArrowDown');
    await press('ArrowUp');
    await press('ArrowLeft');
    await press('Enter');
    expect(picked).to.deep.equal(['😀']);
    await press('ArrowUp');
    expect(nameOf(focused() as HTMLElement)).to.equal('Search emoji');
    await press('Escape');
    expect(left).to.equal(1);
  });

  it('goes to a category', async () => {
    const { picker } = await setup();
    (await find(picker, '[role="group"] button', 'Food and drink')).click();
    const list = all(picker.shadowRoot!, '.list')[0];
    await until(() => list.scrollTop > 500);
  });

  it('remembers on this device what was taken last, and the skin tone', async () => {
    const first = await setup();
    const tone = await find<HTMLSelectElement>(first.picker, 'select', 'Skin tone');
    tone.value = '4';
    tone.dispatchEvent(new Event('change'));
    await first.picker.updateComplete;
    (await cell(first.picker, 'waving hand sign')).click();
    (await cell(first.picker, 'dog face')).click();
    expect(first.picked).to.deep.equal(['👋🏾', '🐶']);
    first.picker.remove();
    const { picker } = await setup();
    await sees(picker, 'Recent');
    const recent = all(picker.shadowRoot!, '[role="grid"]')[0];
    expect([...recent.querySelectorAll('button')].map((each) => textOf(each))).to.deep.equal(['🐶', '👋🏾']);
  });

  it('shows nothing of what somebody else has put into its memory', async () => {
    localStorage.setItem('chat-widget emoji', '<img> 🐶 constructor');
    const { picker } = await setup();
    const recent = all(picker.shadowRoot!, '[role="grid"]')[0];
    expect([...recent.querySelectorAll('button')].map((each) => textOf(each))).to.deep.equal(['🐶']);
  });
});

describe('<cw-composer> with emoji', () => {
  it('puts the emoji where the caret is, and takes the focus back', async () => {
    const composer = await fixture<CwComposer>(html`<cw-composer emoji style="margin-top: 360px"></cw-composer>`);
    const box = composer.shadowRoot!.querySelector('textarea')!;
    let inputs = 0;
    composer.addEventListener('cw-input', () => inputs++);
    composer.value = 'Hello you';
    await composer.updateComplete;
    box.setSelectionRange(5, 5);
    (await find(composer, 'button', 'Emoji')).click();
    const search = await find(composer, 'input', 'Search emoji');
    await until(() => focused() === search);
    await type('wave');
    await press('Escape');
    await until(() => focused() === box);
    expect(composer.value).to.equal('Hello you');
    (await find(composer, 'button', 'Emoji')).click();
    await until(() => nameOf(focused() as HTMLElement) === 'Search emoji');
    await type('waving');
    await find(composer, '[role="gridcell"]', 'waving hand sign');
    await press('Enter');
    await until(() => composer.value === 'Hello👋 you');
    expect(inputs).to.equal(1);
    expect(focused()).to.equal(box);
  });

  it('has no button where the inbox wants none', async () => {
    const composer = await fixture<CwComposer>(html`<cw-composer></cw-composer>`);
    expect(all(composer.shadowRoot!, 'button').map(nameOf)).to.deep.equal(['Send']);
  });
});

/** Fields: what is wrong with them, what the browser may fill in, what is asked twice, and what has to be remembered. */
import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { all, find, sees, textOf } from '../elements/console/screen.ts';
import { until } from '../support/until.ts';
import { controlsIn, described } from './flat-tree.ts';
import { tabTo } from './keys.ts';
import { click, fillIn, has, Stage } from './stage.ts';
import { sceneOf } from './scenes.ts';

const WRONG = [
  'those questions with everything wrong',
  'that form with everything wrong',
  'the form for an e-mail, with a complaint',
  'words that are too long to be sent',
  'the door of the console, with a complaint',
  'settings that the server refuses',
];

/** WCAG 2.2, 1.3.5: the purposes of what is asked about the reader. */
const PURPOSES = { email: 'email', tel: 'tel', url: 'url' } as const;

describe('A field', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.build();
  });
  afterEach(() => stage.clear());
  after(() => stage?.dispose());

  const fieldsOf = (root: HTMLElement) =>
    controlsIn(root).filter((each): each is HTMLInputElement => each.matches('input, textarea, select'));

  /** What a field says about itself. */
  function saidOf(field: HTMLElement): string {
    const ids = `${field.getAttribute('aria-describedby') ?? ''} ${field.getAttribute('aria-errormessage') ?? ''}`;
    const root = field.getRootNode() as ShadowRoot;
    const texts = ids.split(' ').flatMap((id) => (id ? (root.getElementById(id) ?? []) : []));
    return texts.map((element) => textOf(element as HTMLElement)).join(' ');
  }

  for (const name of WRONG) {
    it(`that is wrong says so, and what would be right: ${name}`, async () => {
      const scene = sceneOf(name);
      await stage.furnish(scene.settings);
      const root = await scene.open(stage);
      const wrong = fieldsOf(root).filter((field) => field.getAttribute('aria-invalid') === 'true');
      expect(wrong).to.not.deep.equal([]);
      expect(wrong.filter((field) => !saidOf(field)).map(described)).to.deep.equal([]);
    });
  }

  it('about the reader tells the browser what it is about, so that nothing has to be typed anew', async () => {
    const types = ['text', 'email', 'phone', 'link'] as const;
    const preChat = types.map((type, index) => ({
      key: type === 'text' ? 'name' : type,
      label: `Field ${index}`,
      type,
    }));
    for (const { key } of preChat.slice(2)) {
      const definition = { owner: 'contact', key, label: key, type: 'string', writers: ['api', 'visitor'] };
      await stage.server.request('POST', '/v1/attributes', definition);
    }
    await stage.furnish({ forms: { preChat } });
    const widget = await stage.panel();
    await click(widget, 'Start a conversation');
    await has(widget, 'cw-form input, input', types.length);
    const fields = fieldsOf(widget).filter(({ type }) => type !== 'textarea');
    for (const field of fields) {
      const purpose = PURPOSES[field.type as keyof typeof PURPOSES] ?? 'name';
      expect(field.getAttribute('autocomplete'), described(field)).to.equal(purpose);
    }
  });

  it('that was filled in once is not asked for again, in this conversation and the next', async () => {
    const preChat = [{ key: 'name', label: 'Your name', type: 'text', required: true }];
    await stage.furnish({ forms: { preChat } });
    const widget = await stage.panel();
    await click(widget, 'Start a conversation');
    await fillIn(widget, 'input[type=text]', 'Ada');
    (await find(widget, 'button[type=submit]')).click();
    await find(widget, 'textarea', 'Message');
    await widget.send('Hello');
    await click(widget, /^Back/);
    await find(widget, 'textarea', 'Message');
    expect(textOf(widget)).to.not.include('Your name');
  });

  it('for a code takes it from the clipboard and from the phone; nothing has to be remembered or solved', async () => {
    const email = 'paste@typed.example';
    const widget: ChatWidget = await stage.talk();
    await click(widget, 'Leave your e-mail');
    await fillIn(widget, 'input[type=email]', email);
    (await find(widget, 'button[type=submit]')).click();
    const field = await find<HTMLInputElement>(widget, 'input[inputmode=numeric]');
    expect(field.getAttribute('autocomplete')).to.equal('one-time-code');
    const [code = ''] = /\b\d{6}\b/.exec(await stage.server.mailTo(email)) ?? [];
    // As it stands in the mail, with a space around it.
    await fillIn(widget, 'input[inputmode=numeric]', ` ${code} `);
    await sees(widget, 'is confirmed');
  });

  it('for a password can be filled in by a password manager, and read', async () => {
    const scene = sceneOf('the door of the console, with a complaint');
    await stage.furnish();
    const root = await scene.open(stage);
    const [email, password] = fieldsOf(root);
    expect([email, password].map((field) => field!.getAttribute('autocomplete'))).to.deep.equal([
      'username',
      'current-password',
    ]);
    await click(root, 'Show characters');
    await until(() => password!.type === 'text');
  });

  it('for a file needs no dragging, and the order of rows no dragging either', async () => {
    await stage.furnish();
    const widget = await stage.panel();
    await find(widget, 'button', 'Attach files');
    await stage.clear();
    const scene = sceneOf('the settings: Forms');
    await stage.furnish({
      forms: { preChat: ['name', 'email'].map((key) => ({ key, label: key, type: 'text' })) },
    });
    const root = await scene.open(stage);
    await find(root, 'button', /Move .*(down|up)/i);
  });

  it('that has the focus brings nothing about by itself', async () => {
    await stage.furnish();
    const widget = await stage.talk();
    const after = stage.show(document.createElement('button'));
    after.textContent = 'After';
    const before = textOf(widget);
    await tabTo('After');
    expect(textOf(widget)).to.equal(before);
    expect(all(widget.shadowRoot!, 'dialog')).to.have.length(1);
  });
});

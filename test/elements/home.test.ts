import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { press, resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, sees, seesNoMore, textOf } from './console/screen.ts';
import { boxOf, comeToRest, dialogOf, focused, focusedBox, mount, ready, unmountAll } from './widgets.ts';

describe('what a panel opens on', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(async () => {
    await unmountAll();
    await settings({ home: null, messages: null, hours: null, behaviour: null, forms: null, appearance: null });
  });
  after(() => server?.dispose());

  async function settings(groups: object): Promise<void> {
    const { status, body } = await server.request('PATCH', '/v1/inboxes/demo', { settings: groups });
    expect(status, JSON.stringify(body)).to.equal(200);
  }

  async function opened(attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await ready(mount(server, attributes));
    await widget.show();
    return widget;
  }

  const button = (widget: ChatWidget, name: string | RegExp) => find<HTMLButtonElement>(widget, 'button', name);
  const rows = (widget: ChatWidget) => all(widget.shadowRoot!, 'li button').filter((row) => row.checkVisibility());
  const hasNo = (widget: ChatWidget, selector: string) =>
    !all(widget.shadowRoot!, selector).some((element) => element.checkVisibility());

  /** A visitor with so many conversations. */
  async function talked(count: number, attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await opened(attributes);
    for (let number = 1; number <= count; number++) {
      await widget.send(`Question ${number}`);
      const [newest] = await server.agent.conversations();
      await server.agent.resolve(newest.id);
      await until(() => widget.conversations.every(({ state }) => state === 'resolved'));
    }
    return widget;
  }

  describe('the home screen', () => {
    it('has the field take the focus when one presses what says that one can start', async () => {
      const widget = await opened();
      const box = await focusedBox(widget);
      await comeToRest(widget);
      const { x, y, width, height } = (await find(widget, 'h3', 'Start a conversation')).getBoundingClientRect();
      const position: [number, number] = [Math.round(x + width / 2), Math.round(y + height / 2)];
      await sendMouse({ type: 'click', position });
      expect(focused() === box, 'it stays there').to.equal(true);
      (await button(widget, 'Close chat')).focus();
      await sendMouse({ type: 'click', position });
      expect(focused() === box, 'it comes there').to.equal(true);
    });

    it('shows the team, a notice, and cards that lead on', async () => {
      await settings({
        home: {
          notice: 'Parcels take a day longer this week.',
          cards: [
            {
              title: 'Spring bags are here',
              text: 'Made of what was left of winter.',
              url: 'https://shop.example/spring',
            },
            { title: 'We mend for life' },
          ],
        },
      });
      const widget = await opened();
      await sees(widget, 'Parcels take a day longer this week.');
      const link = await find<HTMLAnchorElement>(widget, 'a', /Spring bags are here/);
      expect(link.href).to.equal('https://shop.example/spring');
      expect(link.target).to.equal('_blank');
      expect(link.rel).to.contain('noopener');
      await sees(widget, 'We mend for life');
      expect(all(dialogOf(widget), 'a')).to.have.length(1);
      expect(all(widget.shadowRoot!, '.faces .face')).to.have.length(1);
      await comeToRest(widget);
      await expect(widget).to.be.accessible();
    });

    it('follows what is saved while it is open', async () => {
      const widget = await opened();
      await widget.send('Hello');
      await settings({ home: { notice: 'We are moving.' } });
      await sees(widget, 'We are moving.');
      await settings({ home: { notice: '' } });
      await seesNoMore(widget, 'We are moving.');
    });

    it('says when the office opens again', async () => {
      const closed = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
      const now = new Date();
      const inTwoDays = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 2, 9);
      const day = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'][inTwoDays.getDay()];
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const weekly = { ...closed, [day]: [{ from: '09:00', to: '17:00' }] };
      await settings({ hours: { enabled: true, timeZone, weekly } });
      const widget = await opened({ lang: 'en-GB' });
      const weekday = inTwoDays.toLocaleDateString('en-GB', { weekday: 'long' });
      await sees(widget, new RegExp(`Back on ${weekday} at 0?9:00`));
      await focusedBox(widget);
      await type('Until then');
      await press('Enter');
      await sees(widget, 'Sent');
      // In a conversation too.
      expect(hasNo(widget, '.hero')).to.equal(true);
      await sees(widget, new RegExp(`Back on ${weekday} at 0?9:00`));
      await unmountAll();
      // In one language: that of the words around it.
      const german = await opened({ lang: 'de' });
      const tag = inTwoDays.toLocaleDateString('de', { weekday: 'long' });
      await sees(german, new RegExp(`Am ${tag} um 0?9:00 Uhr wieder da`));
    });

    it('shows the newest three conversations, and leads to all of them', async () => {
      const widget = await talked(5);
      await sees(widget, 'All conversations');
      expect(rows(widget).map(textOf).join()).to.match(/Question 5.*Question 4.*Question 3/);
      expect(rows(widget)).to.have.length(3);
      (await button(widget, 'All conversations')).click();
      await until(() => rows(widget).length === 5, 'not all are there');
      expect(textOf(rows(widget)[0])).to.contain('Resolved');
      await comeToRest(widget);
      await expect(widget).to.be.accessible();
      (await button(widget, /Question 1/)).click();
      await find(widget, '[role=log]');
      (await button(widget, 'Back to your conversations')).click();
      await until(() => rows(widget).length === 3);
    });

    it('can be left out: then a visitor writes at once, and comes back to the conversation', async () => {
      await settings({ home: { enabled: false }, messages: { welcomeOffline: 'Write to us.', welcomeOnline: 'Hi.' } });
      const widget = await opened();
      await sees(widget, 'Write to us.');
      expect(hasNo(widget, '.hero')).to.equal(true);
      await until(async () => focused() === (await boxOf(widget)));
      await type('Hello');
      await press('Enter');
      await sees(widget, 'Sent');
      await widget.hide();
      await widget.show();
      await sees(widget, 'Sent');
      (await button(widget, 'Back to your conversations')).click();
      await until(() => rows(widget).length === 1);
      (await button(widget, /Hello/)).click();
      await sees(widget, 'Sent');
    });
  });

  describe('a conversation that was closed', () => {
    it('cannot be written into where the inbox says so: another one is started', async () => {
      await settings({ behaviour: { reopen: false } });
      const widget = await talked(1);
      (await button(widget, /Question 1/)).click();
      await sees(widget, 'This conversation is closed.');
      await until(() => hasNo(widget, 'textarea'), 'one can write');
      await comeToRest(widget);
      await expect(widget).to.be.accessible();
      (await button(widget, 'Start a conversation')).click();
      await until(async () => focused() === (await boxOf(widget)));
      await type('Something else');
      await press('Enter');
      await until(() => widget.conversations.length === 2);
    });

    it('has to be closed before another one is started where there is one at a time', async () => {
      await settings({ behaviour: { oneAtATime: true } });
      const widget = await opened();
      await type('Hello');
      await press('Enter');
      await sees(widget, 'Sent');
      (await button(widget, 'Back to your conversations')).click();
      await sees(widget, 'Your conversations');
      await until(() => hasNo(widget, 'textarea'), 'one can write');
      const goOn = await button(widget, 'Go on with your conversation');
      await until(() => focused() === goOn);
      goOn.click();
      await find(widget, '[role=log]');
      (await button(widget, 'Back to your conversations')).click();
      await button(widget, 'Go on with your conversation');
      const [conversation] = await server.agent.conversations();
      await server.agent.resolve(conversation.id);
      await boxOf(widget);
    });
  });

  describe('before the first message', () => {
    const preChat = [
      { key: 'name', label: 'Your name', type: 'text', required: true },
      { key: 'email', label: 'Your e-mail', type: 'email', required: true },
      { key: 'orderNumber', label: 'Order', type: 'text' },
    ];

    const into = async (widget: ChatWidget, label: string, text: string) => {
      const shown = await find<HTMLLabelElement>(widget, 'label', new RegExp(label));
      (shown.getRootNode() as ShadowRoot).querySelector<HTMLInputElement>(`#${shown.htmlFor}`)!.focus();
      await type(text);
    };

    before(async () => {
      const order = { owner: 'contact', key: 'orderNumber', label: 'Order', type: 'string' };
      await server.request('POST', '/v1/attributes', order);
    });

    it('asks what is not known yet, keeps what was typed, and tells the agents', async () => {
      await settings({ forms: { preChat } });
      const widget = await opened({ message: 'Do you mend zips?' });
      await until(() => hasNo(widget, 'textarea'), 'one can write');
      await sees(widget, 'The answer appears right here.');
      expect(textOf(dialogOf(widget)), 'one cannot write there').not.to.contain('below');
      (await button(widget, 'Start a conversation')).click();
      await sees(widget, 'Before we start');
      await until(() => focused()?.matches('input') === true, 'the first field has not the focus');
      await comeToRest(widget);
      await expect(widget).to.be.accessible();
      await into(widget, 'Your name', 'Ada');
      await press('Enter');
      await sees(widget, 'Please fill this in.');
      await until(() => focused()?.matches('[type=email]') === true, 'the empty field has not the focus');
      await type('ada@form.example');
      await into(widget, 'Order', '4711');
      await press('Enter');
      const box = await boxOf(widget);
      await until(() => focused() === box, 'one cannot write');
      expect(box.value).to.equal('Do you mend zips?');
      await press('Enter');
      await sees(widget, 'Sent');

      const { body } = await server.request<{ contacts: { id: string; name: string; attributes: object }[] }>(
        'GET',
        '/v1/contacts?email=ada%40form.example',
      );
      const found = body.contacts.length
        ? body.contacts
        : (await server.agent.conversations()).map(({ contact }) => contact);
      const { body: contact } = await server.request<{ name: string; attributes: object }>(
        'GET',
        `/v1/contacts/${found[0].id}`,
      );
      expect(contact.name).to.equal('Ada');
      expect(contact.attributes).to.deep.include({ orderNumber: '4711' });

      // The next conversation has nothing left to ask.
      (await button(widget, 'Back to your conversations')).click();
      await boxOf(widget);
    });

    it('waits for consent, whose links can be followed', async () => {
      await settings({ forms: { consent: 'I have read the [privacy policy](https://shop.example/privacy).' } });
      const widget = await opened();
      (await button(widget, 'Start a conversation')).click();
      const link = await find<HTMLAnchorElement>(widget, 'a', /privacy policy/);
      expect(link.href).to.equal('https://shop.example/privacy');
      (await button(widget, 'Continue')).click();
      await sees(widget, 'Please tick this box.');
      await until(() => focused()?.matches('input[type=checkbox]') === true, 'the box has not the focus');
      await press(' ');
      await press('Enter');
      await focusedBox(widget);
      await type('Hello');
      await press('Enter');
      await sees(widget, 'Sent');
      await unmountAllButSession(widget);
      const again = await opened();
      (await button(again, 'Back to your conversations')).click();
      await boxOf(again);
    });

    it('asks for an address while nobody is there', async () => {
      await settings({ forms: { offline: preChat.slice(1, 2) } });
      const widget = await opened();
      (await button(widget, 'Start a conversation')).click();
      await sees(widget, 'Tell us how to reach you');
      await until(() => focused()?.matches('input') === true, 'the field has not the focus');
      await into(widget, 'Your e-mail', 'away@form.example');
      await press('Enter');
      await boxOf(widget);
    });

    /** As if the page was left: the session stays on the device. */
    async function unmountAllButSession(widget: ChatWidget): Promise<void> {
      widget.remove();
      await Promise.resolve();
    }
  });
});

import { expect } from '@open-wc/testing';
import type { Trigger } from '../../src/api/protocol.ts';
import type { ChatWidget, Invitation } from '../../src/index.ts';
import { press, resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, nameOf, sees } from './console/screen.ts';
import { comeToRest, focusedBox, launcherOf, mount, next, ready, record, unmountAll } from './widgets.ts';

describe('a trigger of the inbox', () => {
  let server: ChatServer;
  const made: string[] = [];

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(async () => {
    await unmountAll();
    history.replaceState(null, '', location.pathname + location.search);
    for (const id of made.splice(0)) await server.request('DELETE', `/v1/triggers/${id}`);
  });
  after(() => server.dispose());

  async function make(more: Partial<Trigger> = {}): Promise<string> {
    const trigger = { kind: 'invitation', name: 'A test', message: 'Can we **help** you?', ...more };
    const { status, body } = await server.request<Trigger>('POST', '/v1/triggers', trigger);
    expect(status).to.equal(201);
    made.push(body.id);
    return body.id;
  }
  const mountAuto = (more: Record<string, string> = {}) => ready(mount(server, { session: 'auto', ...more }));
  const cards = (widget: ChatWidget) => all(widget.shadowRoot!, 'cw-preview');
  const card = (widget: ChatWidget) => find<HTMLButtonElement>(widget, 'button', /Open the conversation/);
  const said = (events: readonly CustomEvent[]) => events.map(({ detail }) => (detail as Invitation).message);

  it('speaks on a card, which opens a new conversation that begins with its words', async () => {
    const id = await make();
    const widget = mount(server, { session: 'auto' });
    const { detail } = await next(widget, 'chat-invitation');
    expect(detail).to.deep.equal({ kind: 'invitation', id, message: 'Can we **help** you?' });
    const shown = await card(widget);
    expect(nameOf(shown)).to.match(/Can we help you\?/);
    const outreach = await widget.outreach();
    expect(outreach.getActiveTrigger()).to.deep.equal({ id, message: 'Can we **help** you?' });
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
    shown.focus();
    await press('Enter');
    await sees(widget, 'Can we help you?');
    await until(() => cards(widget).length === 0);
    await focusedBox(widget);
    await type('Yes, please.');
    const started = next(widget, 'chat-start');
    await press('Enter');
    await started;
    const welcome = () => all(widget.shadowRoot!, '.welcome').map(({ textContent }) => textContent);
    await until(
      () => welcome().join() === 'Can we help you?',
      () => `welcomed by: ${welcome().join()}`,
    );
    expect(outreach.getActiveTrigger()).to.equal(undefined);
  });

  it('of a chatbot: what it asks comes as soon as somebody answers its card', async () => {
    // The page alone knows how far one has read: the server could not tell that this one is meant.
    const id = await make({ kind: 'bot', message: 'Shall I help?', conditions: [['scroll_depth', '>=', 0]] });
    const steps = [{ id: 'ask', type: 'ask', text: 'Which order?', field: { key: 'order', label: 'Order', type: 'text' }, next: 'end' }, { id: 'end', type: 'end' }]; // prettier-ignore
    const flow = { name: 'Robo', steps };
    expect((await server.request('PUT', `/v1/triggers/${id}/flow`, { flow })).status).to.equal(200);
    const widget = mount(server, { session: 'auto' });
    await next(widget, 'chat-invitation');
    (await card(widget)).click();
    await focusedBox(widget);
    await type('Where is my bag?');
    await press('Enter');
    await sees(widget, 'Which order?');
  });

  it('is shown once, stays from page to page until it is dismissed, and is told of once', async () => {
    await make();
    const first = mount(server, { session: 'auto' });
    await next(first, 'chat-invitation');
    await card(first);
    first.remove();
    const again = mount(server, { session: 'auto' });
    const events = record(again, 'chat-invitation');
    (await find(again, 'button', 'Dismiss')).click();
    await until(() => cards(again).length === 0);
    again.remove();
    const third = await mountAuto();
    await until(() => third.online !== undefined);
    expect((await third.outreach()).getActiveTrigger()?.message).to.equal('Can we **help** you?');
    expect(cards(third)).to.deep.equal([]);
    expect(said(events)).to.deep.equal([]);
    launcherOf(third).click();
    await sees(third, 'Can we help you?');
  });

  it('waits for its page, for how far one reads, and for the pointer that leaves', async () => {
    await make({
      message: 'Read it?',
      conditions: [
        ['page_url', 'contains', '#/story'],
        ['scroll_depth', '>=', 90],
      ],
    });
    await make({ message: 'Going?', conditions: [['exit_intent', '=', true]] });
    const long = document.createElement('p');
    long.style.height = '5000px';
    document.body.append(long);
    const widget = await mountAuto();
    const events = record(widget, 'chat-invitation');
    await until(() => widget.online !== undefined);
    scrollTo(0, 5_000);
    await until(() => scrollY > 1_000);
    expect(said(events)).to.deep.equal([]);
    const invited = next(widget, 'chat-invitation');
    history.pushState(null, '', '#/story');
    await invited;
    (await find(widget, 'button', 'Dismiss')).click();
    const other = next(widget, 'chat-invitation');
    document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 }));
    await other;
    expect(said(events)).to.deep.equal(['Read it?', 'Going?']);
    long.remove();
  });

  it('comes and goes with the page that switches it, and is heard of while one looks', async () => {
    const widget = await mountAuto();
    await until(() => widget.online !== undefined);
    const outreach = await widget.outreach();
    outreach.disableTriggers();
    const id = await make({ message: 'Live!' });
    await until(() => outreach.listTriggers().length === 1);
    expect(outreach.listTriggers()).to.deep.equal([{ id, kind: 'invitation', message: 'Live!', enabled: false }]);
    expect(outreach.getTriggerById(id)).to.deep.equal({ id, message: 'Live!' });
    expect(outreach.getTriggerById('another')).to.equal(undefined);
    const invited = next(widget, 'chat-invitation');
    outreach.enableTriggers([id]);
    expect((await invited).detail.id).to.equal(id);
    outreach.disableTriggers([id]);
    expect(cards(widget)).to.deep.equal([]);
    expect(outreach.getActiveTrigger()).to.equal(undefined);
    outreach.setActiveTrigger({ message: 'Said by the page' });
    expect(nameOf(await card(widget))).to.match(/Said by the page/);
  });

  it('is not shown where the page lets through others only, nor to whoever is in a conversation', async () => {
    const [one, two] = [await make({ message: 'One' }), await make({ message: 'Two' })];
    const widget = mount(server, { session: 'auto', triggers: JSON.stringify({ disabled: [one] }) });
    const events = record(widget, 'chat-invitation');
    expect((await next(widget, 'chat-invitation')).detail.id).to.equal(two);
    await widget.send('I am here already.');
    await until(() => cards(widget).length === 0);
    const outreach = await widget.outreach();
    outreach.enableTriggers();
    outreach.setActiveTrigger({ message: 'Too late' });
    expect(cards(widget)).to.deep.equal([]);
    expect(said(events)).to.deep.equal(['Two']);
  });
});

import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/index.ts';
import '../../src/index.ts';
import type { WidgetSettings } from '../../src/api/protocol.ts';
import { attributeOf, LOOK_NAMES, PAGE_SETTINGS, pageSettings, type KnownSettings } from '../../src/page-settings.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';

/** Of each property: what the inbox is made to say, what the page says on the tag, and what that means. */
const VALUES: Readonly<Record<string, readonly [inbox: unknown, attribute: string, page: unknown]>> = {
  color: ['#0a7d4f', 'rebeccapurple', 'rebeccapurple'],
  windowColor: ['#222244', 'teal', '#00766a'],
  logoUrl: ['https://shop.example/a.png', '/b.png', '/b.png'],
  teamName: ['Repairs', 'Sales', 'Sales'],
  position: ['left', 'right', 'right'],
  offsetX: [44, '20', 20],
  offsetY: [44, '0', 0],
  launcher: ['none', 'show', 'show'],
  closeButton: ['show', 'auto', 'auto'],
  poweredBy: [true, 'hide', false],
  textStatuses: [false, 'show', true],
  greeting: ['Ahoy!', 'Hey!', 'Hey!'],
  replyTime: ['In an hour.', 'At once.', 'At once.'],
  welcomeOnline: ['We are here!', 'Speak.', 'Speak.'],
  welcomeOffline: ['Nobody home.', 'Later.', 'Later.'],
  emoji: [false, 'show', true],
  attachments: [true, 'hide', false],
};

describe('what a page says on its tag', () => {
  let server: ChatServer;
  let defaults: WidgetSettings;
  let inbox: WidgetSettings;

  before(async () => {
    server = await startChatServer();
    const settings = async () =>
      (await fetch(`${server.url}/v1/widget/${server.inbox}/settings`)).json() as Promise<WidgetSettings>;
    defaults = await settings();
    const patch: Record<string, Record<string, unknown>> = {};
    for (const [name, [group, field]] of Object.entries(PAGE_SETTINGS)) {
      (patch[group] ??= {})[field] = VALUES[name][0];
    }
    const { status, body } = await server.request('PATCH', `/v1/inboxes/${server.inbox}`, { settings: patch });
    expect(status, JSON.stringify(body)).to.equal(200);
    inbox = await settings();
  });
  after(() => server?.dispose());

  /** The settings on a page with such a tag. */
  function on(settings: WidgetSettings, attributes: Record<string, string>): WidgetSettings {
    const widget = document.createElement('chat-widget');
    for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
    return pageSettings(settings, (name) => widget[name as keyof ChatWidget]);
  }
  const at = (settings: WidgetSettings, name: string): unknown => {
    const [group, field] = PAGE_SETTINGS[name];
    return Reflect.get(settings[group] ?? {}, field);
  };

  it('is told by a property for each setting that it may beat, and by no other', () => {
    const { elementProperties } = customElements.get('chat-widget') as typeof ChatWidget;
    for (const name of LOOK_NAMES) expect(elementProperties.get(name), name).to.not.equal(undefined);
    expect(Object.keys(VALUES).toSorted()).to.deep.equal(Object.keys(PAGE_SETTINGS).toSorted());
  });

  for (const [name, [said, attribute, meant]] of Object.entries(VALUES)) {
    it(`${attributeOf(name)} beats the inbox, which beats the default`, () => {
      expect(at(on(defaults, {}), name), 'the default').to.not.equal(undefined);
      if (name !== 'attachments') expect(at(defaults, name), 'is another one').to.not.equal(said);
      expect(at(on(inbox, {}), name), 'the inbox').to.equal(said);
      for (const settings of [defaults, inbox]) {
        expect(at(on(settings, { [attributeOf(name)]: attribute }), name), 'the page').to.equal(meant);
      }
    });

    it(`${attributeOf(name)} is what the inbox says where the page makes no sense`, () => {
      const nonsense = PAGE_SETTINGS[name][2].expected === 'a text' ? '' : 'nonsense';
      expect(at(on(inbox, { [attributeOf(name)]: nonsense }), name)).to.equal(said);
    });
  }

  it('shows a home screen, or none', () => {
    expect(on(defaults, { home: 'hide' }).home).to.equal(undefined);
    const { home: _none, ...without } = defaults;
    expect(on(without, {}).home).to.equal(undefined);
    expect(on(without, { home: 'show' }).home).to.deep.equal({ notice: '', cards: [] });
  });

  it('cannot have visitors send files that the inbox does not take', () => {
    const refuses: WidgetSettings = { ...inbox, behaviour: { ...inbox.behaviour!, files: false } };
    expect(on(refuses, { attachments: 'show' }).behaviour!.files).to.equal(false);
  });

  describe('for a country', () => {
    /** Whether there is a chat for who is in Germany, where the inbox says this and the page that. */
    const isShown = (countries: WidgetSettings['countries'], said: string, country: string | undefined = 'DE') =>
      on({ ...defaults, countries, country } as WidgetSettings, said ? { countries: said } : {}).appearance.launcher ===
      'show';
    const except = (...exclude: string[]) => ({ exclude, include: [] });
    const only = (...include: string[]) => ({ exclude: [], include });

    it('has no chat where the inbox wants none, whatever the page says of its launcher', () => {
      expect(isShown(undefined, '')).to.equal(true);
      expect(isShown(except('DE'), '')).to.equal(false);
      expect(isShown(except('US'), '')).to.equal(true);
      expect(isShown(only('de'), '')).to.equal(true);
      expect(isShown(only('US'), '')).to.equal(false);
      expect(isShown({ exclude: ['US'], include: ['US'] }, '')).to.equal(true);
      const settings = { ...defaults, countries: except('DE'), country: 'DE' } as WidgetSettings;
      expect(on(settings, { launcher: 'show' }).appearance.launcher).to.equal('off');
    });

    it('goes by what the page says of countries, not by the inbox', () => {
      expect(isShown(except('DE'), '{"include":["DE"]}')).to.equal(true);
      expect(isShown(undefined, '{"exclude":["DE","AT"]}')).to.equal(false);
      expect(isShown(undefined, '{"exclude":["US"],"include":["US"]}')).to.equal(true);
      for (const nonsense of ['DE', '["DE"]', '{"include":"DE"}', '{"include":["Germany"]}', '{}'])
        expect(isShown(except('DE'), nonsense), nonsense).to.equal(false);
    });

    it('shows who is nobody knows where what is excluded only, and nobody anything before that is asked', () => {
      expect(isShown(except('DE'), '', '')).to.equal(true);
      expect(isShown(only('DE'), '', '')).to.equal(false);
      expect(
        pageSettings<KnownSettings>({}, (name) => (name === 'countries' ? { exclude: ['US'] } : '')).appearance,
      ).to.deep.equal({ launcher: 'off' });
    });
  });

  describe('for a device', () => {
    const given = Object.getOwnPropertyDescriptor(Navigator.prototype, 'userAgent')!;
    const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148';
    const PIXEL = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36';
    const LAPTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const hold = (userAgent: string) =>
      Object.defineProperty(Navigator.prototype, 'userAgent', { configurable: true, get: () => userAgent });
    afterEach(() => Object.defineProperty(Navigator.prototype, 'userAgent', given));

    const inboxRows: WidgetSettings['appearance']['devices'] = [
      { device: 'mobile', offsetY: 90, position: 'left' },
      { device: 'android', offsetY: 120 },
      { device: 'desktop', launcher: 'off' },
    ];

    it('counts the last row of the inbox that fits', () => {
      const settings = {
        ...inbox,
        appearance: { ...inbox.appearance, position: 'right' as const, devices: inboxRows },
      };
      const seen = (userAgent: string) => {
        hold(userAgent);
        const { position, offsetX, offsetY, launcher } = on(settings, {}).appearance;
        return [position, offsetX, offsetY, launcher];
      };
      expect(seen(IPHONE)).to.deep.equal(['left', 44, 90, 'none']);
      expect(seen(PIXEL)).to.deep.equal(['left', 44, 120, 'none']);
      expect(seen(LAPTOP)).to.deep.equal(['right', 44, 44, 'off']);
    });

    it('the page beats the inbox’s row, and its own row the page', () => {
      const settings = { ...inbox, appearance: { ...inbox.appearance, devices: inboxRows } };
      const devices = JSON.stringify([{ device: 'ios', offsetY: 7, greeting: 'Hello, iPhone' }]);
      for (const [userAgent, offsetY, greeting] of [
        [IPHONE, 7, 'Hello, iPhone'],
        [PIXEL, 60, 'Ahoy!'],
      ] as const) {
        hold(userAgent);
        const { appearance, messages } = on(settings, { 'offset-y': '60', devices });
        expect([appearance.offsetY, messages.greeting]).to.deep.equal([offsetY, greeting]);
      }
    });
  });
});

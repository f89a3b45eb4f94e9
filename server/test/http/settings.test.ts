import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WidgetSettings } from '../../../src/api/protocol.ts';
import { readSettings } from '../../src/settings.ts';
import type { InboxSettings } from '../../src/settings.ts';
import { SettingsSchema } from '../../src/settings.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

interface InboxAnswer {
  readonly id: string;
  readonly name: string;
  readonly settings: InboxSettings;
  readonly warnings: readonly { readonly field: string; readonly message: string }[];
}

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const read = (): Promise<Answer<InboxAnswer>> => server.api('/v1/inboxes/demo');

function patch(
  body: unknown,
  ifMatch?: string,
): Promise<Answer<InboxAnswer & { error: { code: string; field?: string } }>> {
  const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch };
  return server.api('/v1/inboxes/demo', { method: 'PATCH', body, headers });
}

const hours = (from: string, to: string) => ({ from, to });
const field = (key: string) => ({ key, label: key });

describe('The settings document', () => {
  it('gives every field a title, a description and a default', () => {
    const check = (name: string, schema: object): void => {
      assert.ok('title' in schema && schema.title, name);
      assert.ok('description' in schema && schema.description, name);
      assert.ok('default' in schema, name);
      const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, object>> };
      for (const [part, field] of Object.entries(properties)) check(`${name}.${part}`, field);
    };
    for (const [group, schema] of Object.entries(SettingsSchema.properties)) check(group, schema);
  });

  it('survives what another version of the server has stored', () => {
    const defaults = readSettings({});
    assert.deepEqual(readSettings({ appearance: { hologram: true }, gone: 1 }), defaults);
    const partly = readSettings({ appearance: { color: 'no colour' }, security: { trustedDomains: ['shop.example'] } });
    assert.equal(partly.appearance.color, defaults.appearance.color);
    assert.deepEqual(partly.security.trustedDomains, ['shop.example'], 'one bad field opens no other');
    const monday = [{ from: '10:00', to: '12:00' }];
    const { hours } = readSettings({ hours: { timeZone: 'Atlantis/Poseidonis', weekly: { monday, tuesday: [{}] } } });
    assert.deepEqual(hours, { ...defaults.hours, weekly: { ...defaults.hours.weekly, monday } });
  });
});

describe('Changing settings', () => {
  it('merges field by field, and null puts a default back', async () => {
    const before = (await read()).body.settings;
    const saved = await patch({
      settings: { appearance: { teamName: 'Crew', color: '#112233' }, messages: { greeting: 'Hi' } },
    });
    assert.equal(saved.status, 200);
    assert.deepEqual(saved.body.settings.appearance, { ...before.appearance, teamName: 'Crew', color: '#112233' });
    assert.deepEqual(saved.body.settings.limits, before.limits);
    const reset = await patch({ settings: { appearance: { color: null }, messages: null } });
    assert.deepEqual(reset.body.settings.appearance, { ...before.appearance, teamName: 'Crew' });
    assert.deepEqual(reset.body.settings.messages, before.messages);
    assert.deepEqual((await read()).body, reset.body);
  });

  it('takes the names that other chats have for colours, and gives widgets the colour', async () => {
    const { body } = await patch({ settings: { appearance: { windowColor: 'dark-gray' } } });
    assert.equal(body.settings.appearance.windowColor, 'dark-gray');
    const widget = await server.request<WidgetSettings>('/v1/widget/demo/settings');
    assert.match(widget.body.appearance.windowColor ?? '', /^#[0-9a-f]{6}$/);
    assert.equal((await patch({ settings: { appearance: { windowColor: 'dark-grey' } } })).status, 400);
    await patch({ settings: { appearance: { windowColor: null } } });
  });

  it('says what form a field must have', async () => {
    for (const [settings, form] of [
      [{ identity: { sessionDuration: '10 hours' } }, /a duration such as 45s, 30m or 24h/],
      [{ appearance: { color: 'red' } }, /a colour such as #4364df/],
      [{ security: { trustedDomains: ['not a domain'] } }, /a domain such as example.com/],
      [{ security: { blockedIps: ['300.1.1.1'] } }, /an IP address or a range such as/],
      [{ hours: { timeZone: '+02:00' } }, /a time zone such as Europe\/Berlin/],
      [{ hours: { weekly: { monday: [{ from: '9', to: '17:00' }] } } }, /a time such as 09:00/],
      [{ hours: { holidays: ['2026-02-30'] } }, /a date such as 2026-12-24/],
      [{ home: { cards: [{ title: 'Sale', url: 'javascript:alert(1)' }] } }, /an address that begins with https/],
      [{ forms: { preChat: [{ label: 'Name', key: '1 name' }] } }, /a name of letters, digits/],
    ] as const) {
      const { status, body } = await patch({ settings });
      assert.equal(status, 400);
      assert.match((body.error as unknown as { message: string }).message, form);
    }
  });

  it('says which field is unknown or wrong, and saves nothing', async () => {
    const before = (await read()).headers.get('etag');
    const wrong: [unknown, string][] = [
      [{ settings: { appearance: { colour: '#112233' } } }, '/settings/appearance/colour'],
      [{ settings: { looks: {} } }, '/settings/looks'],
      [{ settings: { appearance: { color: 'red' } } }, '/settings/appearance/color'],
      [{ settings: { appearance: { color: '#112233', position: 'top' } } }, '/settings/appearance/position'],
      [
        { settings: { security: { trustedDomains: ['https://ok.example', 'not a domain'] } } },
        '/settings/security/trustedDomains/1',
      ],
      [{ settings: { limits: { messageLength: 20_000 } } }, '/settings/limits/messageLength'],
      [{ settings: { appearance: [] } }, '/settings/appearance'],
      [
        { settings: { hours: { weekly: { monday: [hours('09:00', '09:00')] } } } },
        '/settings/hours/weekly/monday/0/to',
      ],
      [
        { settings: { hours: { weekly: { friday: [hours('09:00', '12:00'), hours('11:59', '24:00')] } } } },
        '/settings/hours/weekly/friday/1/from',
      ],
      [{ settings: { hours: { weekly: { doomsday: [] } } } }, '/settings/hours/weekly/doomsday'],
      [{ settings: { home: { cards: [{ title: 'A' }, { text: 'no title' }] } } }, '/settings/home/cards/1/title'],
      [{ settings: { forms: { preChat: [field('email'), field('email')] } } }, '/settings/forms/preChat/1/key'],
      [{ settings: { forms: { offline: [field('constructor')] } } }, '/settings/forms/offline/0/key'],
      [{ settings: { forms: { offline: [{ ...field('size'), type: 'list' }] } } }, '/settings/forms/offline/0/options'],
      [{ settings: { limits: { fileBytes: 1e12 } } }, '/settings/limits/fileBytes'],
      [{ settings: [] }, '/settings'],
      [{ colour: 'red' }, '/colour'],
      [{ name: '' }, '/name'],
      [[], '/'],
    ];
    for (const [body, field] of wrong) {
      const answer = await patch(body);
      assert.deepEqual([answer.status, answer.body.error.code, answer.body.error.field], [400, 'bad_request', field]);
    }
    assert.equal((await read()).headers.get('etag'), before);
  });

  it('cannot reach the prototype of anything', async () => {
    for (const body of [
      '{"settings":{"__proto__":{"polluted":1}}}',
      '{"settings":{"constructor":{"prototype":{"polluted":1}}}}',
    ]) {
      assert.equal((await patch(body)).status, 400);
    }
    assert.ok(!('polluted' in {}));
  });

  it('with the ETag of what was read fails when somebody else was quicker', async () => {
    const etag = (await read()).headers.get('etag') ?? '';
    const first = await patch({ settings: { messages: { greeting: 'first' } } }, etag);
    assert.equal(first.status, 200);
    const second = await patch({ settings: { messages: { greeting: 'second' } } }, etag);
    assert.deepEqual([second.status, second.body.error.code], [412, 'precondition_failed']);
    assert.equal((await read()).body.settings.messages.greeting, 'first');
    const third = await patch({ settings: { messages: { greeting: 'third' } } }, first.headers.get('etag') ?? '');
    assert.equal(third.status, 200);
  });

  it('by many at once loses none of the changes', async () => {
    const changes = [
      { teamName: 'A' },
      { color: '#abcdef' },
      { position: 'left' },
      { logoUrl: 'https://shop.example/l.png' },
    ];
    await Promise.all(changes.map((appearance) => patch({ settings: { appearance } })));
    const { appearance } = (await read()).body.settings;
    assert.deepEqual(appearance, Object.assign({}, appearance, ...changes));
  });

  it('warns where a setting protects little', async () => {
    const open = await patch({ settings: { security: { trustedDomains: [] } } });
    assert.ok(open.body.warnings.some(({ field }) => field === '/settings/security/trustedDomains'));
    const strict = await patch({ settings: { security: { trustedDomains: ['shop.example'] } } });
    assert.ok(!strict.body.warnings.some(({ field }) => field === '/settings/security/trustedDomains'));
    for (const domain of ['*.com', 'https://*.github.io', '*.co.uk']) {
      const { warnings } = (await patch({ settings: { security: { trustedDomains: [domain] } } })).body;
      assert.match(warnings.map(({ message }) => message).join(), /Anybody can get a site/, domain);
    }
    const walls = await patch({
      settings: {
        security: { trustedDomains: ['*.shop.example'], blockedIps: ['10.0.0.0/8', '::/0'] },
        identity: { sessionDuration: '9000h' },
      },
    });
    assert.deepEqual(
      walls.body.warnings.map(({ field }) => field).filter((field) => field.startsWith('/settings')),
      ['/settings/security/blockedIps', '/settings/identity/sessionDuration'],
    );
    await patch({ settings: { identity: null, security: { blockedIps: null } } });
    const plain = await patch({ settings: { security: { trustedDomains: ['http://shop.example'] } } });
    assert.ok(plain.body.warnings.some(({ field }) => field === '/settings/security/trustedDomains'));
    await patch({ settings: { security: null } });
  });

  it('warns where a setting does not do what it seems to', async () => {
    const closed = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [] };
    const { body } = await patch({
      settings: {
        security: { trustedDomains: ['shop.example'] },
        hours: { enabled: true, weekly: closed },
        home: { enabled: false, notice: 'We moved.' },
        appearance: { logoUrl: 'http://shop.example/logo.png' },
        forms: { preChat: [{ ...field('name'), options: ['S', 'M'] }] },
      },
    });
    assert.deepEqual(
      body.warnings.map(({ field }) => field),
      [
        '/settings/hours/weekly',
        '/settings/home/enabled',
        '/settings/appearance/logoUrl',
        '/settings/forms/preChat/0/options',
      ],
    );
    const mended = await patch({
      settings: { ...{ hours: null, home: null, forms: null }, appearance: { logoUrl: null } },
    });
    assert.deepEqual(mended.body.warnings, []);
    await patch({ settings: { security: null } });
  });

  it('is for admins: an agent may not', async () => {
    const { hashPassword } = await import('../../src/identity/password.ts');
    const passwordHash = await hashPassword('only an agent');
    await server.chat.store.agents.ensure({ email: 'agent@shop.example', name: 'Agent', role: 'agent', passwordHash });
    const cookie = await server.signIn('agent@shop.example', 'only an agent');
    const answer = await server.request('/v1/inboxes/demo', {
      method: 'PATCH',
      headers: { cookie },
      body: { name: 'x' },
    });
    assert.deepEqual([answer.status, answer.body.error.code], [403, 'forbidden']);
    assert.equal((await server.request('/v1/inboxes', { headers: { cookie } })).status, 200);
  });
});

describe('An open widget', () => {
  it('gets the public part the moment it is saved, and nothing of the rest', async () => {
    const socket = await visitor(server);
    await patch({
      settings: { appearance: { teamName: 'Night shift' }, security: { trustedDomains: ['secret-partner.example'] } },
    });
    const { settings } = await socket.next('settings');
    assert.equal(settings.appearance.teamName, 'Night shift');
    assert.ok(!('security' in settings) && !('hours' in settings));
    assert.ok(settings.behaviour && !('keepPageUrl' in settings.behaviour));
    assert.deepEqual(Object.keys(settings.limits), ['messageLength', 'fileBytes', 'filesPerMessage']);
    assert.ok(!JSON.stringify(socket.seen).includes('secret-partner'));
    await patch({ settings: { security: null } });
  });

  it('loses its home screen when that is turned off', async () => {
    const socket = await visitor(server);
    await patch({
      settings: { home: { notice: 'We moved.', cards: [{ title: 'Sale', url: 'https://shop.example' }] } },
    });
    const { home } = (await socket.next('settings')).settings;
    assert.deepEqual(home, { notice: 'We moved.', cards: [{ title: 'Sale', url: 'https://shop.example' }] });
    await patch({ settings: { home: { enabled: false } } });
    assert.ok(!('home' in (await socket.next('settings')).settings));
    await patch({ settings: { home: null } });
  });

  it('is held to the new limits at once', async () => {
    const socket = await visitor(server);
    await patch({ settings: { limits: { messageLength: 5 } } });
    const id = '01a1f7d4-eb93-7815-b519-a27a3e0702e4';
    socket.send({ type: 'send', conversationId: id, clientId: id, text: '123456', start: true });
    assert.equal((await socket.next('error')).code, 'too_long');
    await patch({ settings: { limits: null } });
  });
});

describe('The widget’s door', () => {
  it('serves the public part with an ETag, and 304 while it has not changed', async () => {
    const first = await server.widget<WidgetSettings>('/settings');
    const etag = first.headers.get('etag') ?? '';
    assert.match(etag, /^"[\w-]+"$/);
    assert.ok(first.body.appearance.color && first.body.messages.greeting && !('security' in first.body));
    const again = await server.widget<string>('/settings', { headers: { 'if-none-match': etag } });
    assert.deepEqual([again.status, again.body], [304, '']);
    await patch({ settings: { messages: { greeting: 'New words' } } });
    const changed = await server.widget<WidgetSettings>('/settings', { headers: { 'if-none-match': etag } });
    assert.equal(changed.status, 200);
    assert.equal(changed.body.messages.greeting, 'New words');
  });
});

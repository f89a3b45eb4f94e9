import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Face, OfficeHours, WidgetSettingsAnswer } from '../../../src/api/protocol.ts';
import { AGENT_COOKIE } from '../../src/http/access.ts';
import { hashToken, mintToken } from '../../src/identity/token.ts';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

const HALF_DAY = [{ from: '00:00', to: '12:00' }];
const EVERY_DAY = Object.fromEntries(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, HALF_DAY]),
);

let server: TestServer;
/** How far the server's clock is ahead, ms. */
let ahead = 0;
before(async () => {
  server = await startServer({ now: () => Date.now() + ahead });
});
after(() => server.close());

const ask = async (etag?: string): Promise<{ status: number; etag: string; body: WidgetSettingsAnswer }> => {
  const headers: Record<string, string> = etag === undefined ? {} : { 'if-none-match': etag };
  const answer = await server.widget<WidgetSettingsAnswer>('/settings', { headers });
  return { status: answer.status, etag: answer.headers.get('etag') ?? '', body: answer.body };
};

async function setHours(weekly: object = EVERY_DAY): Promise<void> {
  const { status } = await patchInbox(server, { hours: { enabled: true, timeZone: 'UTC', weekly } as never });
  assert.equal(status, 200);
}

describe('A widget', () => {
  it('finds no office hours where the inbox has none', async () => {
    assert.ok(!('hours' in (await ask()).body));
  });

  it('finds in the settings whether they run, and when that changes; the ETag follows', async () => {
    const before = await ask();
    await setHours();
    const { etag, body } = await ask(before.etag);
    const { open, changesAt = 0 } = body.hours ?? assert.fail('no hours');
    assert.equal(open, new Date(Date.now() + ahead).getUTCHours() < 12);
    assert.equal(changesAt % (12 * 3_600_000), 0);
    assert.equal((await ask(etag)).status, 304);
    ahead += changesAt - Date.now() - ahead;
    const later = await ask(etag);
    assert.equal(later.status, 200);
    assert.deepEqual(later.body.hours, { open: !open, changesAt: changesAt + 12 * 3_600_000 });
  });

  it('that is open is told when they begin and end, and when they are saved', async () => {
    await setHours();
    const socket = await visitor(server);
    const hours = await told();
    assert.ok(hours.changesAt !== undefined);
    ahead += hours.changesAt - Date.now() - ahead;
    assert.deepEqual(await told(({ open }) => open !== hours.open), {
      open: !hours.open,
      changesAt: hours.changesAt + 12 * 3_600_000,
    });
    await setHours(Object.fromEntries(Object.keys(EVERY_DAY).map((day) => [day, []])));
    const saved = await socket.next('settings');
    assert.deepEqual(saved.hours, { open: false });
    await patchInbox(server, { hours: { enabled: false } });
    assert.ok(!('hours' in (await socket.next('settings'))));

    async function told(matches: (hours: OfficeHours) => boolean = () => true): Promise<OfficeHours> {
      const frame = await socket.next('online', ({ hours }) => hours !== undefined && matches(hours));
      return frame.hours ?? assert.fail('no hours');
    }
  });

  it('that comes again is told what was saved meanwhile', async () => {
    await setHours();
    const socket = await server.socket(`/v1/widget/${server.inbox}/socket`);
    await socket.hello({ token: (await server.session()).token, since: {} });
    const { hours } = await socket.next('settings');
    assert.deepEqual(hours, (await ask()).body.hours);
  });
});

describe('The faces of the team', () => {
  it('are five at most, those who are there first, without e-mails', async () => {
    ahead += 10_000;
    const { agents } = server.chat.store;
    for (const name of ['Bo', 'Cy', 'Di', 'Ed', 'Flo', 'Gone']) {
      const email = `${name}@private.example`.toLowerCase();
      await agents.ensure({ email, name, role: 'agent', passwordHash: 'nobody types it' });
    }
    const gone = (await agents.list()).find(({ name }) => name === 'Gone') ?? assert.fail();
    await agents.update(gone.id, { disabled: true });
    const flo = (await agents.list()).find(({ name }) => name === 'Flo') ?? assert.fail();
    const token = mintToken();
    const expiresAt = Date.now() + ahead + 24 * 3_600_000;
    await agents.createSession({ agentId: flo.id, tokenHash: hashToken(token), expiresAt });
    const watching = await visitor(server);
    const desk = await server.socket('/v1/agent/socket', { cookie: `${AGENT_COOKIE}=${token}` });
    await desk.hello();
    await watching.next('online', ({ online }) => online);
    const { body } = await ask();
    assert.deepEqual(
      body.team?.map(({ kind, name, online }) => [kind, name, online]),
      [
        ['agent', 'Flo', true],
        ['agent', 'Admin', false],
        ['agent', 'Bo', false],
        ['agent', 'Cy', false],
        ['agent', 'Di', false],
      ],
    );
    assert.ok(!JSON.stringify(body).includes('private.example'));
  });

  it('are told to who has a socket, when one of them comes or goes, and when a widget comes again', async () => {
    const cookie = await server.cookie();
    const watching = await visitor(server);
    const isThere = ({ team }: { readonly team: readonly Face[] }): boolean =>
      team.some(({ name, online }) => name === 'Admin' && online === true);
    await watching.next('team', (frame) => !isThere(frame));
    const desk = await server.socket('/v1/agent/socket', { cookie });
    await desk.hello();
    const { team } = await watching.next('team', isThere);
    assert.equal(team.length, 5);
    assert.ok(!JSON.stringify(watching.seen).includes('.example'), 'names, never addresses');

    const again = await visitor(server);
    assert.deepEqual((await again.next('team')).team, team);

    const body = { presence: 'away' };
    await server.request('/v1/agent/session', { method: 'PATCH', body, headers: { cookie } });
    const gone = await watching.next('team', (frame) => !isThere(frame));
    assert.ok(!JSON.stringify(gone).includes('away'), 'why somebody is not there is their own affair');
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ErrorBody, Team } from '../../../src/api/protocol.ts';
import type { AssignmentRule } from '../../src/store/assignment-rules.ts';
import { uuid } from '../support/ids.ts';
import { asAgent, signInAgent } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { agent } from '../support/socket.ts';
import { arrive, hire, makeTeam } from '../support/team.ts';
import type { Colleague } from '../support/team.ts';

type TeamAnswer = Team & { readonly online: boolean; readonly lastOfflineAt?: number } & ErrorBody;
type RuleAnswer = AssignmentRule & ErrorBody;

let server: TestServer;
let bo: Colleague;
before(async () => {
  server = await startServer({ limits: { presenceMs: 100 } });
  bo = await hire(server, 'Bo');
});
after(() => server.close());

const send = <T = ErrorBody>(method: string, path: string, body?: object) =>
  server.api<T>(path, { method, ...(body && { body }) });
const faultOf = ({ status, body }: Answer<ErrorBody>) => [status, body.error?.field];

describe('A team', () => {
  it('is made, changed and dissolved; consoles hear of it at once', async () => {
    const desk = await agent(server);
    const made = await send<TeamAnswer>('POST', '/v1/teams', { name: 'Sales', agentIds: [bo.id] });
    assert.equal(made.status, 201);
    const { id, ...rest } = made.body;
    assert.deepEqual(rest, { name: 'Sales', agentIds: [bo.id], strategy: 'roundRobin', online: false });
    assert.deepEqual((await desk.next('teams')).teams, [{ id, name: 'Sales', agentIds: [bo.id], strategy: 'roundRobin' }]); // prettier-ignore
    const changed = await send<TeamAnswer>('PATCH', `/v1/teams/${id}`, { name: 'SALES', strategy: 'leastBusy', agentIds: [] }); // prettier-ignore
    assert.deepEqual([changed.body.name, changed.body.strategy, changed.body.agentIds], ['SALES', 'leastBusy', []]);
    assert.equal((await desk.next('teams')).teams[0]?.name, 'SALES');
    assert.equal((await send('GET', `/v1/teams/${id}`)).status, 200);
    assert.equal((await send('DELETE', `/v1/teams/${id}`)).status, 204);
    assert.deepEqual((await desk.next('teams')).teams, []);
    assert.equal((await send('DELETE', `/v1/teams/${id}`)).status, 404);
    assert.equal((await send('PATCH', `/v1/teams/${id}`, { name: 'x' })).status, 404);
    assert.deepEqual((await agent(server)).seen.flatMap((frame) => (frame.type === 'welcome' ? frame.teams : [])), []); // prettier-ignore
  });

  it('says at its field what cannot be taken', async () => {
    await makeTeam(server, { name: 'Help' });
    const wrong: [object, number, string][] = [
      [{ name: ' ' }, 400, '/name'],
      [{ name: 'hELP' }, 409, '/name'],
      [{ name: 'New', agentIds: [bo.id, uuid()] }, 400, '/agentIds/1'],
      [{ name: 'New', strategy: 'loudest' }, 400, '/strategy'],
      [{ name: 'New', size: 3 }, 400, '/size'],
    ];
    for (const [body, status, field] of wrong) {
      assert.deepEqual(faultOf(await send('POST', '/v1/teams', body)), [status, field]);
    }
    const { id } = await makeTeam(server, { name: 'Other' });
    assert.deepEqual(faultOf(await send('PATCH', `/v1/teams/${id}`, { name: 'help' })), [409, '/name']);
  });

  it('is seen by agents, and changed by admins alone', async () => {
    const console = asAgent(server, await signInAgent(server, 'cy@shop.example'));
    assert.equal((await console('/v1/teams')).status, 200);
    assert.equal((await console('/v1/teams', { method: 'POST', body: { name: 'Mine' } })).status, 403);
    assert.equal((await console('/v1/assignment-rules')).status, 403);
    assert.equal((await server.request('/v1/teams')).status, 401);
  });

  it('says whether somebody is there, and when the last one went', async () => {
    const { id } = await makeTeam(server, { name: 'Night', agentIds: [bo.id] });
    const state = async () => (await send<TeamAnswer>('GET', `/v1/teams/${id}`)).body;
    assert.deepEqual([(await state()).online, (await state()).lastOfflineAt], [false, undefined]);
    const watcher = await agent(server);
    const desk = await arrive(server, bo);
    await server.chat.router.settled();
    assert.equal((await state()).online, true);
    const before = Date.now();
    const heard = watcher.next('presence', ({ agents }) => agents[bo.id] === 'offline');
    await desk.close();
    await heard;
    await server.chat.router.settled();
    const { online, lastOfflineAt = 0 } = await state();
    assert.equal(online, false);
    assert.ok(lastOfflineAt >= before && lastOfflineAt <= Date.now());
    const inbox = await send<TeamAnswer>('GET', '/v1/inboxes/demo/availability');
    assert.deepEqual(inbox.body, { online: true }, 'the admin is there');
    assert.equal((await send('GET', '/v1/inboxes/nowhere/availability')).status, 404);
  });
});

describe('An assignment rule', () => {
  it('is made, put elsewhere, switched off and forgotten', async () => {
    const rule = { name: 'Pricing', conditions: [['page_url', 'contains', '/pricing']], to: [bo.id] };
    const made = await send<RuleAnswer>('POST', '/v1/assignment-rules', rule);
    assert.equal(made.status, 201);
    const { id, ...rest } = made.body;
    assert.deepEqual(rest, { ...rule, inboxId: null, enabled: true, position: 1 });
    const last = await send<RuleAnswer>('POST', '/v1/assignment-rules', { name: 'All', to: [bo.id], inboxId: 'demo' });
    assert.equal(last.body.position, 2);
    const changed = await send<RuleAnswer>('PATCH', `/v1/assignment-rules/${id}`, { position: 9, enabled: false });
    assert.deepEqual([changed.body.position, changed.body.enabled], [9, false]);
    const list = async (query: string) =>
      (await send<{ rules: RuleAnswer[] }>('GET', `/v1/assignment-rules${query}`)).body.rules.map(({ name }) => name);
    assert.deepEqual(await list(''), ['All', 'Pricing']);
    assert.deepEqual(await list('?inbox=other'), ['Pricing']);
    assert.equal((await send('DELETE', `/v1/assignment-rules/${id}`)).status, 204);
    assert.equal((await send('GET', `/v1/assignment-rules/${id}`)).status, 404);
    await send('DELETE', `/v1/assignment-rules/${last.body.id}`);
  });

  it('says at its place what cannot be taken', async () => {
    const good = { name: 'Rule', to: [bo.id] };
    const wrong: [object, string][] = [
      [{ ...good, name: '' }, '/name'],
      [{ ...good, to: [] }, '/to'],
      [{ ...good, to: [bo.id, uuid()] }, '/to/1'],
      [{ ...good, inboxId: 'nowhere' }, '/inboxId'],
      [{ ...good, conditions: [true, ['shoe_size', '=', '42']] }, '/conditions/1/0'],
      [{ ...good, conditions: [['page_url', 'like', 'x']] }, '/conditions/0/1'],
      [{ ...good, conditions: [['time_on_page', 'gt', 5]] }, '/conditions/0/0'],
    ];
    for (const [body, field] of wrong) {
      assert.deepEqual(faultOf(await send('POST', '/v1/assignment-rules', body)), [400, field], JSON.stringify(body));
    }
  });
});

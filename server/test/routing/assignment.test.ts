import assert from 'node:assert/strict';
import { afterEach, before, after, describe, it } from 'node:test';
import type { AgentConversation, ErrorBody } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { asAgent, patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, say, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';
import { answerPings, arrive, assigned, conversation, hire, makeTeam } from '../support/team.ts';
import type { Colleague } from '../support/team.ts';

let server: TestServer;
/** How much later it is than the clock says, ms. */
let offset = 0;
let bo: Colleague;
let cy: Colleague;
/** The admin's, who is away: watches, and gets nothing. */
let desk: TestSocket;
let ada: TestSocket;
/** Sockets of those who are there. */
const there = new Map<Colleague, TestSocket>();

before(async () => {
  server = await startServer({
    now: () => Date.now() + offset,
    limits: { presenceMs: 100 },
    config: { trustedProxies: ['127.0.0.1', '::1'] },
  });
  [bo, cy] = [await hire(server, 'Bo'), await hire(server, 'Cy')];
  desk = answerPings(await agent(server));
  await asAgent(server, await server.cookie())('/v1/agent/session', { method: 'PATCH', body: { presence: 'away' } });
  ada = await visitor(server);
});
after(() => server.close());

afterEach(async () => {
  for (const colleague of there.keys()) await leave(colleague);
  await patchInbox(server, { assignment: { strategy: 'manual', whenAway: 'keep', awayMinutes: 0, fallback: 'wait' } });
});

async function come(colleague: Colleague): Promise<void> {
  there.set(colleague, await arrive(server, colleague));
}

/** Resolves when everybody knows. */
async function leave(colleague: Colleague): Promise<void> {
  const socket = there.get(colleague);
  there.delete(colleague);
  await socket?.close();
  await desk.next('presence', ({ agents }) => agents[colleague.id] === 'offline');
}

async function begin(text = 'hello'): Promise<string> {
  const id = uuid();
  await say(ada, id, text, true);
  return id;
}

const give = (id: string, body: object, cookie?: string) =>
  cookie === undefined
    ? server.api<AgentConversation & ErrorBody>(`/v1/conversations/${id}/assignee`, { method: 'PUT', body })
    : asAgent(server, cookie)<AgentConversation & ErrorBody>(`/v1/conversations/${id}/assignee`, {
        method: 'PUT',
        body,
      });

/** A visitor who comes from there. */
async function inCountry(address: string): Promise<TestSocket> {
  const { token } = await server.session();
  const socket = await server.socket(`/v1/widget/${server.inbox}/socket`, { 'x-forwarded-for': address });
  await socket.hello({ token });
  return socket;
}

describe('A conversation', () => {
  it('is nobody’s unless the inbox, a rule or a page says otherwise', async () => {
    await come(bo);
    const id = await begin();
    assert.equal((await conversation(server, id)).assignee, undefined);
  });

  it('is taken, given to another or a team, and given back; agents read so in their log, the visitor nowhere', async () => {
    const id = await begin();
    const team = await makeTeam(server, { name: 'Night shift', agentIds: [cy.id] });
    assert.deepEqual((await give(id, { agent: 'me' }, bo.cookie)).body.assignee, { agentId: bo.id });
    const taken = await assigned(desk, id);
    assert.deepEqual([taken.seq, taken.author.name, taken.agent?.name, taken.team], [1, 'Bo', 'Bo', undefined]);
    assert.deepEqual((await give(id, { agent: cy.id, team: team.id })).body.assignee, {
      agentId: cy.id,
      teamId: team.id,
    });
    assert.deepEqual((await give(id, { agent: null })).body.assignee, { teamId: team.id });
    assert.equal((await give(id, { agent: null, team: null })).body.assignee, undefined);
    const again = await give(id, { agent: null });
    assert.equal(again.body.lastNoteSeq, 4, 'what is so already is written once');
    assert.ok(!JSON.stringify(ada.seen).includes('assign'), 'visitors hear nothing of it');
  });

  it('says at its field what cannot be', async () => {
    const id = await begin();
    const fault = async (body: object) => {
      const answer = await give(id, body);
      return [answer.status, answer.body.error.field];
    };
    assert.deepEqual(await fault({ agent: uuid() }), [400, '/agent']);
    assert.deepEqual(await fault({ team: uuid() }), [400, '/team']);
    assert.deepEqual(await fault({ agent: bo.id, waits: true }), [400, '/waits']);
    assert.equal((await give(id, { agent: 'me' })).status, 401, 'a key is nobody in person');
    assert.equal((await give(uuid(), { agent: bo.id })).status, 404);
  });

  it('goes to each agent who is there in turn, and waits while nobody is', async () => {
    await patchInbox(server, { assignment: { strategy: 'roundRobin' } });
    const first = await begin();
    assert.equal((await conversation(server, first)).assignee, undefined);
    await come(bo);
    assert.equal((await assigned(desk, first)).agent?.name, 'Bo');
    await come(cy);
    const second = await begin();
    const third = await begin();
    assert.deepEqual([(await assigned(desk, second)).agent?.name, (await assigned(desk, third)).agent?.name].sort(), [
      'Bo',
      'Cy',
    ]);
  });

  it('that waits is whose who answers it', async () => {
    await patchInbox(server, { assignment: { strategy: 'roundRobin' } });
    const id = await begin();
    await say(desk, id, 'Good evening');
    const { agent: named } = await assigned(desk, id);
    assert.equal(named?.name, 'Admin');
    await come(bo);
    const other = await begin();
    await assigned(desk, other);
    assert.equal((await conversation(server, id)).lastNoteSeq, 1, 'nobody else gets it');
  });

  it('goes where the first rule that holds sends it', async () => {
    const { id: team } = await makeTeam(server, { name: 'Tents', agentIds: [cy.id] });
    const rule = { name: 'Tents', conditions: [['message_text', 'contains', 'tent']], to: [team] };
    const made = await server.api<{ id: string }>('/v1/assignment-rules', { method: 'POST', body: rule });
    assert.equal(made.status, 201);
    await come(bo);
    await come(cy);
    const id = await begin('Is this tent dry?');
    const word = await assigned(desk, id);
    assert.deepEqual([word.agent?.name, word.team?.name], ['Cy', 'Tents']);
    const other = await begin('And boots?');
    assert.equal((await conversation(server, other)).assignee, undefined);
    const germany = { conditions: [['country', '=', 'DE']] };
    await server.api(`/v1/assignment-rules/${made.body.id}`, { method: 'PATCH', body: germany });
    const fromGermany = uuid();
    await say(await inCountry('194.25.0.60'), fromGermany, 'Guten Abend', true);
    assert.equal((await assigned(desk, fromGermany)).agent?.name, 'Cy');
    await server.api(`/v1/assignment-rules/${made.body.id}`, { method: 'DELETE' });
    const last = await begin('A tent!');
    assert.equal((await conversation(server, last)).assignee, undefined);
  });

  it('of an agent who has gone goes to another, when the inbox says so and not before its time', async () => {
    await patchInbox(server, { assignment: { strategy: 'roundRobin', whenAway: 'reassign', awayMinutes: 5 } });
    await come(bo);
    const id = await begin();
    assert.equal((await assigned(desk, id)).agent?.name, 'Bo');
    await come(cy);
    await leave(bo);
    offset += 4 * 60_000;
    await server.chat.router.settled();
    assert.equal((await conversation(server, id)).assignee?.agentId, bo.id);
    offset += 2 * 60_000;
    await server.chat.router.settled();
    assert.equal((await assigned(desk, id)).agent?.name, 'Cy');
  });

  it('of an agent who has gone is anybody’s, when the inbox says so', async () => {
    await patchInbox(server, { assignment: { strategy: 'roundRobin', whenAway: 'handBack', awayMinutes: 0 } });
    await come(bo);
    const id = await begin();
    await assigned(desk, id);
    await come(cy);
    await leave(bo);
    assert.deepEqual((await assigned(desk, id)).agent, null);
    assert.equal((await conversation(server, id)).assignee, undefined);
  });

  it('that is handed over is its agent’s no more', async () => {
    const id = await begin();
    await give(id, { agent: 'me' }, bo.cookie);
    await asAgent(server, bo.cookie)(`/v1/conversations/${id}/leave`, { method: 'POST' });
    assert.equal((await conversation(server, id)).assignee, undefined);
  });

  it('can be left to whoever has room', async () => {
    await come(cy);
    const id = await begin();
    await give(id, { waits: true });
    assert.equal((await assigned(desk, id)).agent?.name, 'Cy');
  });

  it('is found by whose it is', async () => {
    const [mine, theirs, free] = [await begin(), await begin(), await begin()];
    const team = await makeTeam(server, { name: 'Finders' });
    await give(mine!, { agent: 'me', team: team.id }, bo.cookie);
    await give(theirs!, { agent: cy.id });
    const ids = async (query: string) => {
      const answer = await asAgent(
        server,
        bo.cookie,
      )<{ conversations: AgentConversation[] }>(`/v1/conversations?limit=100&${query}`);
      return answer.body.conversations.map(({ id }) => id).filter((id) => [mine, theirs, free].includes(id));
    };
    assert.ok((await ids('assignee=me')).includes(mine!));
    assert.deepEqual(await ids(`assignee=${cy.id}&state=open`), [theirs]);
    assert.deepEqual(await ids('assignee=none'), [free]);
    assert.deepEqual(await ids(`team=${team.id}`), [mine]);
    assert.equal((await server.api('/v1/conversations?assignee=me')).status, 401);
  });
});

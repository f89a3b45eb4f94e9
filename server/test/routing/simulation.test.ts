import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AgentConversation } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { say, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';
import { arrive, assigned, conversation, hire, makeTeam } from '../support/team.ts';
import type { Colleague } from '../support/team.ts';

const VISITORS = 500;
/** Visitors who write at once. */
const AT_ONCE = 25;

let server: TestServer;
let [bo, cy, di]: Colleague[] = [];
let desk: TestSocket;
before(async () => {
  server = await startServer();
  [bo, cy, di] = [await hire(server, 'Bo'), await hire(server, 'Cy'), await hire(server, 'Di')];
});
after(() => server.close());

/** The id of a conversation that begins, for one of these teams. */
async function begin(socket: TestSocket, to: string): Promise<string> {
  const conversationId = uuid();
  socket.send({ type: 'send', conversationId, clientId: uuid(), text: 'hello', start: true, route: { to: [to] } });
  return conversationId;
}

describe('Two agents, three teams and 500 visitors', () => {
  it('nobody offline or full gets a conversation, and shares differ by one at most', async () => {
    // Di is in every team, and never there. Cy has room for 120.
    const members = [bo!.id, cy!.id, di!.id];
    for (const name of ['Sales', 'Help', 'Returns']) await makeTeam(server, { name, agentIds: members });
    await server.chat.store.agents.update(cy!.id, { capacity: 120 });
    desk = await arrive(server, bo!);
    await arrive(server, cy!);

    const got = new Map<string, number>();
    const until: string[] = [];
    for (let done = 0; done < VISITORS; done += AT_ONCE) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, index) => {
          const socket = await visitor(server);
          const id = await begin(socket, ['Sales', 'help', 'RETURNS'][(done + index) % 3]!);
          const { agent, team, author } = await assigned(desk, id);
          assert.equal(author.kind, 'system');
          assert.ok(agent && team);
          got.set(agent.name, (got.get(agent.name) ?? 0) + 1);
          socket.terminate();
          until.push(id);
        }),
      );
      if (done + AT_ONCE <= 200) {
        const [one = 0, other = 0] = [got.get('Bo'), got.get('Cy')];
        assert.ok(Math.abs(one - other) <= 1, `Bo ${one}, Cy ${other}`);
      }
    }
    assert.deepEqual(Object.fromEntries(got), { Cy: 120, Bo: VISITORS - 120 });
    const { body } = await server.api<{ conversations: AgentConversation[] }>(
      `/v1/conversations?assignee=${cy!.id}&limit=100`,
    );
    assert.equal(body.conversations.length, 100);
    assert.ok(body.conversations.every(({ assignee }) => assignee?.agentId === cy!.id));
    assert.equal((await conversation(server, until[0]!)).lastNoteSeq, 1, 'one word each');
  });

  it('who has room again gets what waits', async () => {
    await server.chat.store.agents.update(bo!.id, { capacity: VISITORS - 120 });
    const socket = await visitor(server);
    const waits = uuid();
    socket.send({ type: 'send', conversationId: waits, clientId: uuid(), text: 'hi', start: true, route: { to: ['help'] } }); // prettier-ignore
    const first = await assigned(desk, waits);
    assert.deepEqual([first.agent, first.team?.name], [undefined, 'Help'], 'all are full: it waits with its team');
    await say(socket, waits, 'Anybody?');
    const { body } = await server.api<{ conversations: AgentConversation[] }>(`/v1/conversations?assignee=${cy!.id}`);
    const [closed] = body.conversations;
    await server.api(`/v1/conversations/${closed!.id}`, { method: 'PATCH', body: { state: 'resolved' } });
    const { agent, team } = await assigned(desk, waits);
    assert.deepEqual([agent?.name, team], ['Cy', undefined]);
  });
});

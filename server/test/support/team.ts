import type { AgentConversation, ServerFrame, Team } from '../../../src/api/protocol.ts';
import { hashToken, mintToken } from '../../src/identity/token.ts';
import { AGENT_COOKIE } from '../../src/http/access.ts';
import type { TestServer } from './server.ts';
import type { TestSocket } from './socket.ts';

/** An agent who is signed in. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly cookie: string;
}

/** Makes an agent who signs in, without the quarter of a second that a password takes. */
export async function hire(server: TestServer, name: string): Promise<Colleague> {
  const { agents } = server.chat.store;
  const email = `${name.toLowerCase()}@shop.example`;
  const { agent } = await agents.ensure({ email, name, role: 'agent', passwordHash: 'nobody types it' });
  const token = mintToken();
  await agents.createSession({ agentId: agent.id, tokenHash: hashToken(token), expiresAt: Date.now() + 3_600_000 });
  return { id: agent.id, name, cookie: `${AGENT_COOKIE}=${token}` };
}

/** As a console does, so that it is not taken for dead in a test that takes long. */
export function answerPings(socket: TestSocket): TestSocket {
  socket.raw.on('message', (data: Buffer) => {
    if ((JSON.parse(data.toString()) as ServerFrame).type === 'ping') socket.send({ type: 'pong' });
  });
  return socket;
}

/** Opens an agent's console, and waits until everybody knows. */
export async function arrive(server: TestServer, { id, cookie }: Colleague): Promise<TestSocket> {
  const socket = answerPings(await server.socket('/v1/agent/socket', { cookie }));
  const { agents = [] } = await socket.hello();
  if (agents.find((agent) => agent.id === id)?.presence !== 'online') {
    await socket.next('presence', ({ agents: news }) => news[id] === 'online');
  }
  return socket;
}

export async function makeTeam(server: TestServer, team: Partial<Team>): Promise<Team> {
  const answer = await server.api<Team>('/v1/teams', { method: 'POST', body: team });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

export async function conversation(server: TestServer, id: string): Promise<AgentConversation> {
  return (await server.api<AgentConversation>(`/v1/conversations/${id}`)).body;
}

/** Who has it from now on, as the log says. Of several words about it, each is heard once. */
export async function assigned(socket: TestSocket, conversationId: string) {
  const { entry } = await socket.next(
    'entry',
    (frame) => frame.entry.type === 'assigned' && frame.entry.conversationId === conversationId,
  );
  if (entry.type !== 'assigned') throw new Error('not heard');
  return entry;
}

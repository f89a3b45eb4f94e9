import { expect } from '@open-wc/testing';
import { startChatServer } from './server.ts';
import type { ChatServer } from './server.ts';

describe('the chat server of a test', () => {
  let server: ChatServer;
  before(async () => (server = await startChatServer()));
  after(() => server.dispose());

  const settings = (origin: string) => fetch(`${origin}/v1/widget/${server.inbox}/settings`);

  it('answers pages of another origin', async () => {
    expect((await settings(server.url)).status).to.equal(200);
  });

  it('answers under the origin of the test, sockets included', async () => {
    const origin = server.mount();
    expect(origin).to.equal(location.origin);
    const credentials = JSON.stringify(server.admin);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${origin}/v1/agent/session`, { method: 'POST', headers, body: credentials });
    expect(answer.status).to.be.oneOf([200, 201]);
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/v1/agent/socket`);
    const opened = new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    await opened;
    socket.close();
  });

  it('is gone when it is killed, and back at the same address', async () => {
    await server.kill();
    let failure: unknown;
    await settings(server.url).catch((error: unknown) => (failure = error));
    expect(failure).to.be.instanceOf(TypeError);
    await server.restart();
    expect((await settings(server.url)).status).to.equal(200);
  });

  it('signs e-mails and answers calls of a back end', async () => {
    expect(await server.sign('ada@shop.example')).to.match(/^[0-9a-f]{64}$/);
    expect(await server.agent.conversations()).to.deep.equal([]);
    const { status } = await server.request('GET', '/v1/conversations/0');
    expect(status).to.equal(404);
  });
});

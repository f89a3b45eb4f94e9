import { expect } from '@open-wc/testing';
import { LazyConnection } from '../../src/api/lazy-connection.ts';
import type { ConnectionStatus } from '../../src/api/connection.ts';
import { deviceClock } from '../../src/api/clock.ts';
import { until } from '../support/until.ts';
import { FrameSocket } from './frame-socket.ts';

describe('a connection whose code comes when it is wanted', () => {
  let abort: AbortController;
  let statuses: ConnectionStatus[];
  let sockets: FrameSocket[];
  beforeEach(() => {
    abort = new AbortController();
    statuses = [];
    sockets = [];
  });
  afterEach(() => abort.abort());

  function connection(): LazyConnection {
    return new LazyConnection({
      ...{ url: 'ws://chat.example', clock: deviceClock, signal: abort.signal },
      createSocket: (url) => {
        const socket = new FrameSocket(url);
        sockets.push(socket);
        return socket.asWebSocket;
      },
      hello: () => Promise.resolve({ type: 'hello', version: 1 }),
      onFrame: () => {},
      onStatus: (status) => statuses.push(status),
      onRefused: () => {},
    });
  }

  it('says at once that it connects, and has one socket however often it was started', async () => {
    const lazy = connection();
    expect([lazy.status, lazy.send({ type: 'pong' })]).to.deep.equal(['idle', false]);
    lazy.start();
    lazy.start();
    expect(lazy.status).to.equal('connecting');
    await until(() => sockets.length > 0, 'there is no socket');
    lazy.start();
    expect(sockets).to.have.length(1);
    expect(statuses.at(-1)).to.equal('connecting');
  });

  it('has no socket when it is not wanted any more by the time its code is there', async () => {
    const [lazy, other] = [connection(), connection()];
    lazy.start();
    lazy.stop();
    expect(lazy.status).to.equal('idle');
    other.start();
    await until(() => sockets.length > 0, 'there is no socket');
    expect(sockets).to.have.length(1);
    expect(lazy.status).to.equal('idle');
  });

  it('that is stopped and wanted again meanwhile has one all the same', async () => {
    const lazy = connection();
    lazy.start();
    lazy.stop();
    lazy.start();
    await until(() => sockets.length > 0, 'there is no socket');
    await Promise.resolve();
    expect(sockets).to.have.length(1);
  });
});

import assert from 'node:assert/strict';
import { StatementSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { describe, it } from 'node:test';
import { startServer } from '../support/server.ts';

describe('A visitor who comes in', () => {
  it('costs three questions to the database: the session with its contact twice, and the conversations', async (t) => {
    const server = await startServer();
    t.after(() => server.close());
    const { token } = await server.session();
    const socket = await server.socket(`/v1/widget/${server.inbox}/socket`);
    const all = Reflect.get(StatementSync.prototype, 'all');
    const asked: string[] = [];
    t.mock.method(StatementSync.prototype, 'all', function (this: StatementSync, ...values: SQLInputValue[]): unknown {
      asked.push(this.sourceSQL);
      return Reflect.apply(all, this, values);
    });
    await socket.hello({ token });
    // Whatever else the server does now and then is no part of it.
    const own = asked.filter((text) => /from "(sessions|contacts|conversations|inboxes)"/.test(text));
    const [session, conversations, again, ...more] = own.map((text) => /from "(\w+)"/.exec(text)?.[1]);
    assert.deepEqual([session, conversations, again].sort(), ['conversations', 'sessions', 'sessions']);
    assert.deepEqual(more, []);
  });
});

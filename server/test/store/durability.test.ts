import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, it } from 'node:test';
import { openStore } from '../../src/store/store.ts';
import { upTo, wholeLog } from './contract/scene.ts';

/** A process that sends all the time, and prints the clientId of what was acknowledged. */
const SENDER = `
  import { openStore } from ${JSON.stringify(new URL('../../src/store/store.ts', import.meta.url).href)};
  const [file, contactId, conversationId] = process.argv.slice(1);
  const store = await openStore({ file });
  const by = { kind: 'contact', contactId, inboxId: 'demo', verification: 'anonymous' };
  const send = async () => {
    for (;;) {
      const clientId = crypto.randomUUID();
      const result = await store.append({
        by, conversationId, clientId, log: 'main', type: 'message', text: 'hello', start: true,
      });
      if (!result.ok) throw new Error(result.message);
      process.stdout.write(clientId + '\\n');
    }
  };
  await Promise.all(Array.from({ length: 16 }, send));
`;

describe('a process that is killed', () => {
  let sender: ChildProcess | undefined;
  after(() => sender?.kill('SIGKILL'));

  it('has stored everything that it acknowledged, every time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chat-widget-kill-'));
    const file = join(folder, 'chat.db');
    const conversationId = crypto.randomUUID();
    const acknowledged: string[] = [];
    const first = await openStore({ file });
    await first.inboxes.ensure({ id: 'demo', name: 'Demo' });
    const { id: contactId } = await first.contacts.createAnonymous({ inboxId: 'demo' });
    await first.close();

    for (const wanted of [50, 400, 1_000]) {
      const child = spawn(
        process.execPath,
        ['--input-type=module', '--eval', SENDER, file, contactId, conversationId],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      sender = child;
      const ended = once(child, 'close');
      for await (const line of createInterface({ input: child.stdout })) {
        // The last line may have been cut in two by the kill.
        if (line.length === conversationId.length) acknowledged.push(line);
        if (acknowledged.length >= wanted) child.kill('SIGKILL');
      }
      assert.deepEqual(await ended, [null, 'SIGKILL']);

      const store = await openStore({ file });
      const log = await wholeLog(store, conversationId);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        upTo(log.length),
      );
      const clientIds = log.map((entry) => 'clientId' in entry && entry.clientId);
      const there = new Set(clientIds);
      assert.equal(there.size, log.length, 'each once');
      for (const clientId of acknowledged) assert.ok(there.has(clientId), `${clientId} was acknowledged`);
      await store.close();
    }
    await rm(folder, { recursive: true, force: true });
  });
});

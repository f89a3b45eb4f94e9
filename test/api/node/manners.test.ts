/** The headless clients are guests wherever they run. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ChatServerProcess, INBOX } from '../../../scripts/chat-server-process.mjs';

const source = (file: string) => new URL(`../../../src/api/${file}`, import.meta.url).href;

/** Runs a script in a process of its own, and resolves with what it prints when it has ended by itself. */
async function run(script: string): Promise<string> {
  const options = { cwd: fileURLToPath(new URL('.', import.meta.url)), timeout: 20_000 };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
  return stdout.trim();
}

describe('importing the clients', { timeout: 60_000 }, () => {
  it('adds no global and starts nothing', async () => {
    const printed = await run(`
      const before = Reflect.ownKeys(globalThis);
      await import(${JSON.stringify(source('chat-client.ts'))});
      await import(${JSON.stringify(source('agent-client.ts'))});
      const added = Reflect.ownKeys(globalThis).filter((key) => !before.includes(key));
      console.log(JSON.stringify({ added, running: process.getActiveResourcesInfo().filter((each) => /Timeout|TCP/.test(each)) }));
    `);
    assert.deepEqual(JSON.parse(printed), { added: [], running: [] });
  });
});

describe('a closed client', { timeout: 60_000 }, () => {
  it('lets the process end by itself', async () => {
    const server = await ChatServerProcess.start();
    try {
      const printed = await run(`
        const { ChatClient } = await import(${JSON.stringify(source('chat-client.ts'))});
        const client = new ChatClient({ server: ${JSON.stringify(server.url)}, inbox: ${JSON.stringify(INBOX)} });
        const errors = [];
        client.on('error', ({ code }) => errors.push(code));
        await client.boot();
        await client.send(client.startConversation(), 'one');
        client.setTyping(client.state.conversations[0].id, true);
        client.close();
        console.log(JSON.stringify(errors));
      `);
      // Node has no IndexedDB: that is said, once, and nothing else is amiss.
      assert.equal(printed, '["not_saved"]');
    } finally {
      await server.dispose();
    }
  });
});

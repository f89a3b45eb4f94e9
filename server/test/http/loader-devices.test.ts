import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

let folder: string;
let server: TestServer;
before(async () => {
  // These may run before anything is built.
  folder = mkdtempSync(join(tmpdir(), 'chat-devices-'));
  for (const name of ['chat-widget.js', 'chat-console.js']) writeFileSync(join(folder, name), 'export {};\n');
  writeFileSync(join(folder, 'loader.js'), 'const CHAT={"style":""};var page;\n');
  server = await startServer({ config: { assetsDir: folder } });
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const BROWSERS = {
  laptop: { userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', maxTouchPoints: 0 },
  iPad: { userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', maxTouchPoints: 5 },
  iPhone: { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', maxTouchPoints: 5 },
  pixel: { userAgent: 'Mozilla/5.0 (Linux; Android 15; Pixel 9)', maxTouchPoints: 5 },
} as const;

/** What a pasted tag goes by in this browser. */
async function settingsIn(browser: keyof typeof BROWSERS): Promise<Record<string, unknown>> {
  const script = await (await fetch(`${server.url}/chat/demo.js`)).text();
  const prefix = /^const CHAT=.*;\s*(?=\n|var|let|const|\()/.exec(script.split('\n')[0] ?? '')?.[0] ?? script;
  const end = prefix.indexOf(';var ');
  const said = (end < 0 ? prefix : prefix.slice(0, end)).replace(/^const CHAT=/, '').replace(/;$/, '');
  return runInNewContext(`(${said})`, { navigator: BROWSERS[browser] }) as Record<string, unknown>;
}

describe('What stands in front of a pasted tag', () => {
  it('has no launcher where the inbox has none, and tells that nobody is asked for one', async () => {
    assert.equal((await settingsIn('laptop'))['bare'], undefined);
    await patchInbox(server, { appearance: { launcher: 'none' } });
    assert.equal((await settingsIn('laptop'))['bare'], true);
    await patchInbox(server, { appearance: { launcher: 'show' } });
  });

  it('is chosen by the device, in the browser', async () => {
    await patchInbox(server, {
      appearance: {
        devices: [
          { device: 'mobile', launcher: 'show', position: 'left', offsetX: 20, offsetY: 90 },
          { device: 'ios', launcher: 'off', position: 'left', offsetX: 20, offsetY: 90 },
        ],
      },
    });
    const seen = await Promise.all(
      (['laptop', 'pixel', 'iPhone', 'iPad'] as const).map(async (browser) => {
        const { left, bare, style } = await settingsIn(browser);
        return [left, bare, String(style).includes('--chat-offset-y:90px')];
      }),
    );
    assert.deepEqual(seen, [
      [false, false, false],
      [true, false, true],
      [true, true, true],
      [true, true, true],
    ]);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a script of this repository prints. */
function printed(script: string, ...request: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}`, ...request], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

const hashOf = async (address: string) => {
  const response = await fetch(address);
  assert.equal(response.status, 200, address);
  return `sha384-${createHash('sha384')
    .update(await response.bytes())
    .digest('base64')}`;
};

/** A page that pins the loader, and says in its title when the browser has refused it. */
const pageWith = (src: string, integrity: string, head = '') => `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>A shop</title>
  ${head}
  <script type="module" src="${src}" integrity="${integrity}" crossorigin
    onerror="document.querySelector('h1').textContent = 'Refused'"></script>
  <h1>A shop</h1>
  <chat-widget inbox="${INBOX}"></chat-widget>
</html>`;

inEveryEngine('What `npm run integrity` prints', (world) => {
  it('fits what the server serves, and browsers take what it fits and nothing else', async () => {
    const server = await world().server();
    const [, name, hash] = /^(loader-\S+)\s+integrity="(\S+)"$/m.exec(printed('integrity.mjs'))!;
    const src = `${server.url}/${name}`;
    assert.equal(await hashOf(src), hash);
    const { src: known, integrity } = (await (await fetch(`${server.url}/loader.json`)).json()) as Record<
      string,
      string
    >;
    assert.deepEqual([known, integrity], [`/${name}`, hash], 'the server says the same');

    const other = hash.replace(/.{4}$/, 'AAAA');
    const site = await world().newSite({ '/pinned': pageWith(src, hash), '/other': pageWith(src, other) });
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/pinned`);
    await visitor.openChat();
    await visitor.panel.textbox('Message').isThere();

    await visitor.page.goto(`${site.url}/other`);
    await visitor.page.find('heading').reads('Refused');
    await visitor.launcher.isGone();
  });
});

inEveryEngine(
  'The import map of `npm run integrity`',
  (world) => {
    it('lets a browser take all that the loader imports, and nothing that is not what it was', async () => {
      const server = await world().server();
      const [, name, hash] = /^(loader-\S+)\s+integrity="(\S+)"$/m.exec(printed('integrity.mjs'))!;
      const map = printed('integrity.mjs', '--import-map', server.url);
      const { integrity } = JSON.parse(map) as { integrity: Record<string, string> };
      for (const [address, expected] of Object.entries(integrity))
        assert.equal(await hashOf(address), expected, address);

      const panel = Object.keys(integrity).find((address) => address.includes('/cw-panel-'))!;
      const broken = JSON.stringify({ integrity: { ...integrity, [panel]: hash } });
      const pinned = (importMap: string) =>
        pageWith(`${server.url}/${name}`, hash, `<script type="importmap">${importMap}</script>`);
      const site = await world().newSite({ '/whole': pinned(map), '/broken': pinned(broken) });
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/whole`);
      await visitor.openChat();
      await visitor.panel.textbox('Message').isThere();

      await visitor.page.goto(`${site.url}/broken`);
      await visitor.launcher.click();
      await visitor.page.find('alert').reads(/could not be loaded|did not load/);
    });
  },
  ['chromium'],
);

inEveryEngine(
  'What `npm run size` writes',
  () => {
    it('has a figure for the pasted tag', () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'chat-size-'));
      try {
        const file = path.join(folder, 'size.json');
        // Whether the figures are what they were is a step of its own.
        spawnSync(process.execPath, ['scripts/size.mjs', '--json', file], { cwd: root });
        const { loader, launcher, panel } = JSON.parse(readFileSync(file, 'utf8')) as Record<
          string,
          { raw: number; gzip: number; brotli: number }
        >;
        for (const { raw, gzip, brotli } of [loader, launcher, panel])
          assert.ok(raw > gzip && gzip > brotli && brotli > 0);
        assert.ok(loader.brotli < launcher.brotli && launcher.brotli < panel.brotli);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
  ['chromium'],
);

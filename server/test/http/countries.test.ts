/** In which countries there is a chat, and what a widget is told of where it is. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WidgetSettingsAnswer } from '../../../src/api/protocol.ts';
import { countryOf } from '../../src/country.ts';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const GERMANY = '194.25.0.60';
const USA = '8.8.8.8';
const NOBODY_KNOWS = '10.1.2.3';

let folder: string;
let server: TestServer;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chat-countries-'));
  for (const name of ['chat-widget.js', 'chat-console.js']) writeFileSync(join(folder, name), 'export {};\n');
  writeFileSync(join(folder, 'loader.js'), 'const CHAT={"style":""};\nvar page;\n');
  server = await startServer({ config: { assetsDir: folder, trustedProxies: ['127.0.0.1', '::1'] } });
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const from = (address: string, more: Record<string, string> = {}) => ({
  headers: { 'x-forwarded-for': address, ...more },
});

/** Whether a pasted tag has no launcher there, and who may keep that script. */
async function pasted(address: string): Promise<{ readonly bare: boolean; readonly cache: string }> {
  const response = await fetch(`${server.url}/chat/demo.js`, from(address));
  const [said = ''] = (await response.text()).split('\n');
  return { bare: said.includes('"bare":true'), cache: response.headers.get('cache-control') ?? '' };
}

const setCountries = async (countries: { include?: string[]; exclude?: string[] }): Promise<void> => {
  const { status } = await patchInbox(server, { countries: { include: [], exclude: [], ...countries } });
  assert.equal(status, 200);
};

describe('Where somebody is', () => {
  it('is known by the IP address, of either kind', () => {
    assert.equal(countryOf(USA), 'US');
    assert.equal(countryOf(`::ffff:${USA}`), 'US');
    assert.equal(countryOf(GERMANY), 'DE');
    assert.equal(countryOf('2a03:2880:f101::1'), 'IE');
  });

  it('is not known of addresses that are nowhere, whatever the data say of them', () => {
    for (const address of [
      ...[
        '127.0.0.1',
        '::1',
        '10.1.2.3',
        '192.168.1.1',
        '::ffff:192.168.1.1',
        '172.16.0.1',
        '100.64.0.1',
        '169.254.1.1',
      ],
      ...['fe80::1%eth0', 'fd00::1', '203.0.113.7', '2001:db8::1', '224.0.0.1', '255.255.255.255', '', 'nonsense'],
    ])
      assert.equal(countryOf(address), undefined, address);
  });

  it('is told with the settings, and so is what they read best', async () => {
    const ask = async (address: string, language: string) => {
      const { body, headers } = await server.widget<WidgetSettingsAnswer>(
        '/settings',
        from(address, { 'accept-language': language }),
      );
      assert.match(headers.get('cache-control') ?? '', /private/);
      return [body.country, body.language];
    };
    assert.deepEqual(await ask(GERMANY, 'de-AT,de;q=0.9,en;q=0.8'), ['DE', 'de']);
    assert.deepEqual(await ask(USA, 'en;q=0.1,fil,ES-mx;q=0.9'), ['US', 'es']);
    assert.deepEqual(await ask(NOBODY_KNOWS, '*'), [undefined, undefined]);
  });
});

describe('A pasted tag', () => {
  it('is for every country where the inbox says nothing, and any cache may keep it', async () => {
    assert.deepEqual(await pasted(GERMANY), { bare: false, cache: 'public, max-age=60' });
  });

  it('has no launcher where the inbox wants none, and no cache for many keeps it', async () => {
    await setCountries({ exclude: ['us'] });
    assert.deepEqual(await pasted(USA), { bare: true, cache: 'private, max-age=60' });
    assert.deepEqual(await pasted(GERMANY), { bare: false, cache: 'private, max-age=60' });
    assert.equal((await pasted(NOBODY_KNOWS)).bare, false);
  });

  it('has none elsewhere, nor where nobody knows, when the inbox names where it wants one', async () => {
    await setCountries({ include: ['DE'] });
    const seen = await Promise.all([GERMANY, USA, NOBODY_KNOWS].map(async (each) => (await pasted(each)).bare));
    assert.deepEqual(seen, [false, true, true]);
  });

  it('goes by what is excluded when both are named, and no device has a launcher there', async () => {
    const devices = [{ device: 'mobile', launcher: 'show', position: 'left', offsetX: 0, offsetY: 0 }] as const;
    await patchInbox(server, { appearance: { devices: [...devices] } });
    await setCountries({ include: ['US'], exclude: ['US'] });
    assert.equal((await pasted(USA)).bare, true);
    assert.equal((await pasted(GERMANY)).bare, false);
    await patchInbox(server, { appearance: { devices: [] } });
  });

  it('is not told what countries there are none of', async () => {
    const answer = await patchInbox(server, { countries: { include: ['Germany'] } });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.error?.field, '/settings/countries/include/0');
  });
});

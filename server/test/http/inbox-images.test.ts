import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ErrorBody } from '../../../src/api/protocol.ts';
import { openBucket } from '../support/bucket.ts';
import type { Bucket } from '../support/bucket.ts';
import { png, upload } from '../support/files.ts';
import type { Sent } from '../support/files.ts';
import { asAgent, patchInbox, signInAgent } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

type Uploaded = { readonly url: string; readonly width: number } & ErrorBody;

let bucket: Bucket;
before(async () => {
  bucket = await openBucket();
});
after(() => bucket.remove());

for (const place of ['disk', 'bucket'] as const) {
  describe(`A picture of the settings, on ${place}`, () => {
    let server: TestServer;
    let cookie: string;
    before(async () => {
      server = await startServer(place === 'bucket' ? { config: { files: bucket.address } } : {});
      cookie = await server.cookie();
    });
    after(() => server.close());

    const send = (sent: Sent, by = cookie, inbox = 'demo') =>
      upload<Uploaded>(server, `/v1/inboxes/${inbox}/images`, {
        ...sent,
        headers: { cookie: by, origin: server.url },
      });

    it('is uploaded by an admin, named by a setting, and seen by everybody for ever', async () => {
      const { status, body } = await send({ name: 'logo.txt', content: png(48, 48), type: 'text/plain' });
      assert.deepEqual([status, body.width], [201, 48]);
      assert.match(body.url, /^http:\/\/.+\/v1\/images\/[0-9a-f]{32}\.png$/);
      const saved = await patchInbox(server, { appearance: { logoUrl: body.url } });
      assert.equal(saved.status, 200);
      const picture = await fetch(body.url);
      assert.deepEqual(
        [picture.status, picture.headers.get('content-type'), picture.headers.get('cache-control')],
        [200, 'image/png', 'public, max-age=31536000, immutable'],
      );
      assert.equal(picture.headers.get('x-content-type-options'), 'nosniff');
      assert.match(picture.headers.get('content-security-policy') ?? '', /sandbox/);
      assert.equal(picture.headers.get('cross-origin-resource-policy'), 'cross-origin');
      assert.ok(Buffer.from(await picture.arrayBuffer()).equals(png(48, 48)));
      const etag = picture.headers.get('etag') ?? '';
      assert.equal((await fetch(body.url, { headers: { 'if-none-match': etag } })).status, 304);
      assert.equal((await send({ content: png(48, 48) })).body.url, body.url, 'the same picture has the same address');
    });

    it('is a picture, whatever it is called, and a small one', async () => {
      const wrong: [Sent, number, RegExp][] = [
        [{ name: 'logo.png', content: '<svg onload="alert(1)"/>', type: 'image/png' }, 400, /no picture/],
        [{ name: 'logo.png', content: '<html></html>', type: 'image/png' }, 400, /no picture/],
        [{ content: '' }, 400, /empty/],
        [{ content: png(20_000, 20_000) }, 400, /megapixels/],
        [{ content: new Uint8Array(2_200_000) }, 413, /bytes/],
      ];
      for (const [sent, status, words] of wrong) {
        const answer = await send(sent);
        assert.equal(answer.status, status);
        assert.match(answer.body.error.message, words);
      }
      if (place === 'disk') assert.deepEqual(readdirSync(join(server.dataDir, 'files', 'arriving')), []);
    });

    it('is nothing that an agent, a stranger or another site can upload', async () => {
      const sent = { content: png(8, 8) };
      assert.equal((await send(sent, await signInAgent(server))).status, 403);
      assert.equal((await send(sent, '')).status, 401);
      assert.equal((await send(sent, cookie, 'nowhere')).status, 404);
      const headers = { cookie, origin: 'https://evil.example' };
      assert.equal((await upload(server, '/v1/inboxes/demo/images', { ...sent, headers })).status, 403);
      const asJson = await asAgent(server, cookie)('/v1/inboxes/demo/images', { method: 'POST', body: {} });
      assert.equal(asJson.status, 415);
    });

    it('has no address but its own', async () => {
      const { body } = await send({ content: png(9, 9) });
      const names = ['nothing.png', `${'0'.repeat(32)}.png`, '..%2f..%2fchat.db', 'a.svg'];
      for (const name of names) assert.equal((await fetch(`${server.url}/v1/images/${name}`)).status, 404);
      assert.equal((await fetch(body.url.replace('.png', '.html'))).status, 404);
    });
  });
}

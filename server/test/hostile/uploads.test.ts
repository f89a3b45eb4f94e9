import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Attachment, ErrorBody, SessionAnswer } from '../../../src/api/protocol.ts';
import { png, sendFiles, uploadTo } from '../support/files.ts';
import type { Sent } from '../support/files.ts';
import { uuid } from '../support/ids.ts';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

/** Small, so that tests of limits are quick. */
const FILE_BYTES = 2_000_000;

let server: TestServer;
let ada: SessionAnswer;
let mallory: SessionAnswer;

before(async () => {
  server = await startServer();
  await patchInbox(server, { limits: { fileBytes: FILE_BYTES, filesPerDay: 10_000, fileBytesPerDay: 1_000_000_000 } });
  ada = await server.verified('ada@shop.example');
  mallory = await server.verified('mallory@shop.example');
});
after(() => server.close());

const asAda = (sent: Omit<Sent, 'token'>, conversation = uuid()) =>
  uploadTo(server, conversation, { ...sent, token: ada.token });

const get = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(server.url + url, { headers, redirect: 'manual' });

/** All that lies in the folder of files, with sizes. */
function stored(folder = join(server.dataDir, 'files')): { readonly name: string; readonly bytes: number }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => ({ name, bytes: statSync(join(parentPath, name)).size }));
}

describe('An address of a file', () => {
  let url: URL;
  let sent: Attachment;
  before(async () => {
    const conversation = uuid();
    const { body } = await asAda({ name: 'note.txt', content: 'my secret' }, conversation);
    const socket = await visitor(server, ada);
    [sent] = (await sendFiles(socket, conversation, [body.id])) as [Attachment];
    url = new URL(server.url + sent.url);
  });

  it('opens it, and is refused when it is over, changed, or for another file [hostile 50]', async () => {
    assert.equal(await (await get(sent.url)).text(), 'my secret');
    const other = await uploadTo(server, uuid(), { content: 'of mallory', token: mallory.token });
    const elsewhere = new URL(server.url + other.body.url);
    const wrong = {
      'another conversation’s file': sent.url.replace(sent.id, other.body.id),
      'another file’s signature': `${url.pathname}${elsewhere.search}`,
      'a later end': sent.url.replace(/exp=\d+/, (exp) => `exp=${Number(exp.slice(4)) + 1}`),
      'a signature cut short': sent.url.slice(0, -1),
      'a signature that is none': sent.url.replace(/sig=.*/, 'sig=%00%ff'),
      'an id that there is not': sent.url.replace(sent.id, uuid()),
    };
    for (const [what, address] of Object.entries(wrong)) {
      const answer = await get(address);
      assert.equal(answer.status, 403, what);
      assert.equal(((await answer.json()) as ErrorBody).error.code, 'forbidden', what);
    }
  });

  it('is over after a day: 403, and a fresh one is asked for by those who may see it [hostile 50]', async () => {
    const later = await startServer({ now: () => Date.now() + 31 * 60 * 60 * 1_000 });
    // Only the clock of the door is ahead: what it signs is over already.
    const session = await later.session();
    const { body } = await uploadTo(later, uuid(), { content: 'hello', token: session.token });
    const answer = await fetch(later.url + body.url);
    assert.equal(answer.status, 403);
    await later.close();
  });

  it('cannot be guessed: without a signature there is nothing, whatever the id [hostile 50]', async () => {
    const bodies = await Promise.all(
      [url.pathname, url.pathname.replace(sent.id, uuid()), `/v1/files/1/x`, `${url.pathname}?exp=9999999999`].map(
        async (path) => {
          const answer = await get(path);
          assert.equal(answer.status, 404, path);
          return answer.text();
        },
      ),
    );
    assert.equal(new Set(bodies).size, 1);
  });

  it('is renewed for who sees the conversation, and for nobody else [hostile 50]', async () => {
    const conversation = sent.url && url.pathname.split('/')[3];
    assert.equal(conversation, sent.id);
    const row = await server.chat.store.attachments.find(sent.id);
    const path = `/conversations/${row?.conversationId}/files/${sent.id}`;
    assert.equal((await server.widget<Attachment>(path, { token: ada.token })).status, 200);
    assert.equal((await server.api<Attachment>(`/v1${path}`)).status, 200);
    assert.equal((await server.widget(path, { token: mallory.token })).status, 404);
    const own = uuid();
    assert.equal((await server.widget(`/conversations/${own}/files/${sent.id}`, { token: ada.token })).status, 404);
    assert.equal((await server.widget(path, { token: mallory.token, method: 'DELETE' })).status, 404);
    assert.equal((await server.widget(path, { token: ada.token, method: 'DELETE' })).status, 404, 'it is sent');
  });

  it('does not stand in the log [hostile 50]', () => {
    const sig = url.searchParams.get('sig') ?? '';
    assert.ok(server.log.some((line) => line.includes(sent.id)));
    assert.ok(!server.log.some((line) => line.includes(sig)));
  });
});

describe('A file that could do something', () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script>
    <foreignObject><iframe srcdoc="x"/></foreignObject><use href="http://evil.example/x.svg#a"/></svg>`;
  const cases: readonly (readonly [string, Buffer | string, string])[] = [
    ['picture.svg', svg, 'image/svg+xml'],
    ['picture.png', `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg}`, 'image/png'],
    ['page.html', '<!DOCTYPE html><script>alert(1)</script>', 'text/html'],
    ['photo.jpg', '  <html><body onload=alert(1)>', 'image/jpeg'],
    [
      'feed.xml',
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>1</script></html>',
      'text/xml',
    ],
    ['paper.pdf', '%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj', 'application/pdf'],
    ['photo.png', Buffer.from('MZ\x90\0\x03\0\0\0 This program cannot be run in DOS mode', 'latin1'), 'image/png'],
    ['data.js', 'fetch("//evil.example")', 'text/javascript'],
    ['m.mhtml', 'MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<script>alert(1)</script>', 'image/png'],
  ];
  for (const [name, content, type] of cases) {
    it(`${name}, called ${type}, is bytes to be saved, and nothing else [hostile 58]`, async () => {
      const { status, body } = await asAda({ name, content, type });
      assert.equal(status, 201);
      assert.equal(body.width, undefined);
      const { headers, ...answer } = await get(body.url);
      assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="/);
      assert.equal(headers.get('content-type'), 'application/octet-stream', JSON.stringify(answer));
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('content-security-policy'), "sandbox; default-src 'none'");
    });
  }

  it('is told as what it is, not as what it is called [hostile 58]', async () => {
    const kinds = await Promise.all(
      [
        { name: 'a.png', content: svg, type: 'image/png' },
        { name: 'b.txt', content: '<!doctype html><p>hi', type: 'text/plain' },
        { name: 'c.html', content: png(3, 2), type: 'text/html' },
        { name: 'd.exe', content: 'plain words', type: 'application/x-msdownload' },
      ].map(async (sent) => (await asAda(sent)).body),
    );
    assert.deepEqual(
      kinds.map(({ mediaType }) => mediaType),
      ['image/svg+xml', 'text/html', 'image/png', 'text/plain'],
    );
    const [, , picture] = kinds as [Attachment, Attachment, Attachment];
    assert.deepEqual([picture.name, picture.width, picture.height], ['c.html.png', 3, 2]);
    const shown = await get(picture.url);
    assert.equal(shown.headers.get('content-type'), 'image/png');
    assert.match(shown.headers.get('content-disposition') ?? '', /^inline; filename="c.html.png"/);
    assert.equal(shown.headers.get('content-security-policy'), "sandbox; default-src 'none'");
  });

  it('with a picture in front of a page is a picture: what is behind it is never read as a page [hostile 58]', async () => {
    const { body } = await asAda({
      name: 'x.html',
      content: Buffer.concat([png(1, 1), Buffer.from('<script>1</script>')]),
    });
    const { headers } = await get(body.url);
    assert.equal(headers.get('content-type'), 'image/png');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  });
});

describe('A file’s name on its way', () => {
  it('is made safe in the answer, in the address and in Content-Disposition [hostile 59]', async () => {
    const names = ['../../etc/passwd', 'con', `${'ü'.repeat(300)}.txt`, '👻.txt', 'a"b;c\'.txt', '…\u202etxt.exe'];
    for (const name of names) {
      const { body, status } = await asAda({ name, content: 'words' });
      assert.equal(status, 201);
      assert.ok(!/[/\\"\p{Cc}\u202e]/u.test(body.name) && Buffer.byteLength(body.name) <= 180, body.name);
      const answer = await get(body.url);
      const disposition = answer.headers.get('content-disposition') ?? '';
      const [, exact = ''] = /filename\*=UTF-8''(\S+)$/.exec(disposition) ?? [];
      assert.equal(decodeURIComponent(exact), body.name);
    }
  });

  it('with line ends in the form’s own header ends nothing [hostile 59]', async () => {
    const file = 'Content-Disposition: form-data; name="file"; filename="a%0d%0aSet-Cookie: x=1\0b.txt"\r\n\r\nwords';
    const { status, text } = await rawForm(`--b\r\n${file}\r\n--b--\r\n`);
    assert.ok(status === 201 || status === 400, text);
    if (status === 201) assert.doesNotMatch((JSON.parse(text) as Attachment).name, /[\0\r\n]/);
  });
});

/** A form as nobody's browser would write it. */
async function rawForm(
  body: string | Buffer,
  type = 'multipart/form-data; boundary=b',
): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${server.url}/v1/widget/demo/conversations/${uuid()}/files`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': type },
  });
  return { status: answer.status, text: await answer.text() };
}

describe('A file that is too much', () => {
  it('by its pixels is refused before anybody decodes it [hostile 60]', async () => {
    // 50,000 × 50,000 grey pixels; the data are of the first rows only, so nobody could decode it anyway.
    const bomb = png(50_000, 50_000, 4);
    assert.ok(bomb.length < 10_000);
    const rss = process.memoryUsage().rss;
    const { status, body } = await asAda({ name: 'bomb.png', content: bomb });
    assert.deepEqual([status, body.error?.code, body.error?.field], [400, 'bad_request', '/file/pixels']);
    assert.ok(process.memoryUsage().rss - rss < 200_000_000);
    assert.equal((await asAda({ content: png(5_000, 5_000) })).status, 201);
  });

  it('by its bytes is refused as soon as it is, whatever it says before [hostile 60]', async () => {
    const before = stored().length;
    const honest = await asAda({ content: Buffer.alloc(FILE_BYTES + 1) });
    assert.deepEqual([honest.status, honest.body.error?.code], [413, 'too_large']);
    const exact = await asAda({ content: Buffer.alloc(FILE_BYTES) });
    assert.equal(exact.status, 201);
    // Without a length: it is noticed while it comes.
    const endless = new ReadableStream<Uint8Array>({
      start: (stream) =>
        stream.enqueue(Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n')),
      pull: (stream) => stream.enqueue(new Uint8Array(65_536)),
    });
    const answer = await fetch(`${server.url}/v1/widget/demo/conversations/${uuid()}/files`, {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'multipart/form-data; boundary=b' },
    });
    assert.equal(answer.status, 413);
    assert.equal(stored().length, before + 1, 'nothing of what was refused is kept');
  });

  it('by nothing at all is refused: 0 bytes, no part, a field in its place, a broken form [hostile 60]', async () => {
    assert.equal((await asAda({ content: '' })).status, 400);
    const part = (head: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n--b--\r\n`;
    for (const body of [
      '',
      '--b--\r\n',
      'rubbish',
      part('name="file"', 'x'),
      part('name="other"; filename="x"', 'x'),
    ]) {
      assert.equal((await rawForm(body)).status, 400, body);
    }
    const cut = '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nno end';
    assert.equal((await rawForm(cut)).status, 400);
    assert.equal((await rawForm('{}', 'multipart/form-data')).status, 400);
    assert.equal((await rawForm('{}', 'application/json')).status, 415);
    assert.equal((await rawForm('x', 'text/plain')).status, 415);
  });

  it('by number: 10,000 files in one form are one too many [hostile 60]', async () => {
    const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nx\r\n';
    const { status } = await rawForm(`${part.repeat(10_000)}--b--\r\n`);
    assert.equal(status, 400);
  });

  it('is a bomb only for whoever unpacks it: nobody does here [hostile 60]', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000), { level: 9 });
    assert.ok(bomb.length < 300_000);
    const rss = process.memoryUsage().rss;
    const { status, body } = await asAda({ name: 'bomb.gz', content: bomb });
    assert.deepEqual([status, body.mediaType], [201, 'application/gzip']);
    assert.ok(process.memoryUsage().rss - rss < 150_000_000);
  });

  it('by a contact’s day, by number and by bytes, is refused until there is room [hostile 60]', async () => {
    const small = await startServer();
    await patchInbox(small, { limits: { filesPerDay: 3, fileBytesPerDay: 5_000 } });
    const one = await small.session();
    const statuses = async (token: string, bytes: readonly number[]) => {
      const answers: number[] = [];
      for (const each of bytes) {
        const { status, headers } = await uploadTo(small, uuid(), { content: Buffer.alloc(each, 1), token });
        answers.push(status);
        assert.equal(headers.has('retry-after'), status === 429);
      }
      return answers;
    };
    assert.deepEqual(await statuses(one.token, [10, 10, 10, 10]), [201, 201, 201, 429]);
    const other = await small.session();
    assert.deepEqual(await statuses(other.token, [4_000, 2_000, 1_000]), [201, 429, 201]);
    // Taking back makes no room: else the limit would be none.
    const third = await small.session();
    const conversation = uuid();
    const { body } = await uploadTo(small, conversation, { content: Buffer.alloc(4_000, 1), token: third.token });
    const path = `/conversations/${conversation}/files/${body.id}`;
    assert.equal((await small.widget(path, { method: 'DELETE', token: third.token })).status, 204);
    assert.deepEqual(await statuses(third.token, [2_000]), [429]);
    await small.close();
  });

  it('in time is cut off: whoever drips a file, while a steady one may take as long as it needs [hostile 60]', async () => {
    const quick = await startServer({ limits: { requestMs: 1_000 } });
    const { token } = await quick.session();
    const head = (length: number) =>
      `POST /v1/widget/demo/conversations/${uuid()}/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length}\r\n\r\n` +
      '--b\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\n';
    const dripping = await wire(quick, head(1_000_000), 'x', 100);
    await once(dripping, 'close');
    // Twelve pieces, together for longer than any other request may take to arrive.
    const piece = 'x'.repeat(30_000);
    const end = '\r\n--b--\r\n';
    const bytes = head(0).split('\r\n\r\n')[1]!.length + 4 + 12 * piece.length + end.length;
    const steady = await wire(quick, head(bytes), piece, 150, 12);
    let answer = '';
    steady.on('data', (data: Buffer) => (answer += data.toString()));
    await once(steady, 'pieces');
    steady.write(end);
    await once(steady, 'data');
    assert.match(answer, /^HTTP\/1\.1 201 /);
    steady.destroy();
    await quick.close();
  });
});

/** A bare connection that writes a piece now and then. Emits `pieces` after the last one. */
async function wire(to: TestServer, head: string, piece: string, everyMs: number, most = Infinity): Promise<Socket> {
  const { hostname, port } = new URL(to.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(head);
  let sent = 0;
  // Not to wait, but to be slow.
  // eslint-disable-next-line no-restricted-syntax
  const timer = setInterval(() => {
    if (sent++ < most) socket.write(piece);
    else {
      clearInterval(timer);
      socket.emit('pieces');
    }
  }, everyMs);
  socket.once('close', () => clearInterval(timer));
  socket.resume();
  return socket;
}

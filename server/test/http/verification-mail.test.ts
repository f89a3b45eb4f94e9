import assert from 'node:assert/strict';
import { mkdir, readFile, stat, watch } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { freePort } from '../support/free-port.ts';
import { patchInbox } from '../support/inbox.ts';
import { MailSink, readMail } from '../support/mail.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { ask, codeOf, confirm } from '../support/verification.ts';

const MINUTE_MS = 60_000;

let server: TestServer;
let sink: MailSink;
let clock = 0;
const now = (): number => Date.now() + clock;
before(async () => {
  sink = await new MailSink().start();
  server = await startServer({ config: { smtpUrl: sink.url, mailFrom: 'Chat <chat@shop.example>' }, now });
});
after(async () => {
  await server.close();
  await sink.close();
});
beforeEach(() => {
  clock = 0;
});

describe('An address', () => {
  it('gets one mail per hour, whoever asks, and all who ask are answered alike [hostile 68]', async () => {
    const before = sink.mails.length;
    const spellings = ['victim@mail.example', 'VICTIM@mail.example', 'victim+1@mail.example', 'Victim@MAIL.example'];
    const sessions = await Promise.all(spellings.map(() => server.session()));
    const answers = await Promise.all(
      spellings.map((email, index) => ask(server, sessions[index]?.token ?? '', email)),
    );
    for (const { status, body } of answers) assert.deepEqual([status, Object.keys(body)], [202, ['expiresAt']]);
    const mail = await sink.next();
    for (const { token } of sessions) assert.equal((await ask(server, token, mail.to[0])).status, 202);

    clock = 59 * MINUTE_MS;
    assert.equal((await ask(server, (await server.session()).token, 'victim@mail.example')).status, 202);
    clock = 61 * MINUTE_MS;
    const late = await server.session();
    await ask(server, late.token, 'victim@mail.example');
    assert.notEqual((await sink.next()).raw, mail.raw);
    assert.equal(sink.mails.length, before + 2);
  });

  it('is proven only by the session that asked and was mailed [hostile 2] [hostile 68]', async () => {
    const [owner, thief] = [await server.session(), await server.session()];
    await ask(server, owner.token, 'owner@mail.example');
    const { code } = await sink.next();
    await ask(server, thief.token, 'owner@mail.example');
    assert.equal(codeOf(await confirm(server, thief.token, code)), 'invalid_proof');
    const stranger = await server.session();
    assert.equal(codeOf(await confirm(server, stranger.token, code)), 'proof_expired');
    assert.equal((await confirm(server, owner.token, code)).status, 201);
  });

  it('is not proven by the code of another one', async () => {
    const { token } = await server.session();
    await ask(server, token, 'mine@mail.example');
    const { code } = await sink.next();
    await ask(server, token, 'yours@mail.example');
    await sink.next();
    assert.equal(codeOf(await confirm(server, token, code)), 'invalid_proof');
  });

  it('that cannot be mailed may be asked for again at once, and the log does not name it [hostile 78]', async () => {
    const { lines, failed, logTarget } = watchMailFailures();
    const broken = await startServer({ config: { smtpUrl: sink.url }, logTarget });
    const { token } = await broken.session();
    sink.refuseWith = 550;
    assert.equal((await ask(broken, token, 'gone@mail.example')).status, 202);
    await failed;
    sink.refuseWith = 0;
    assert.equal((await ask(broken, token, 'gone@mail.example')).status, 202);
    const { code } = await sink.next();
    assert.equal((await confirm(broken, token, code)).status, 201);
    const log = lines.join('');
    assert.ok(log.includes('"responseCode":550'));
    for (const secret of ['gone@', 'no such user', code, token]) assert.ok(!log.includes(secret), secret);
    await broken.close();
  });

  it('is not waited for while the mail server is away, and nothing else suffers', async () => {
    const { lines, failed, logTarget } = watchMailFailures();
    const away = await startServer({ config: { smtpUrl: `smtp://127.0.0.1:${await freePort()}` }, logTarget });
    const { token } = await away.session();
    assert.equal((await ask(away, token, 'away@mail.example')).status, 202);
    await failed;
    assert.ok(!lines.join('').includes('away@mail.example'));
    assert.equal((await away.request('/readyz')).status, 200);
    await away.close();
  });
});

describe('The mail', () => {
  it('shows the team’s name as text, whatever is in it [hostile 55]', async () => {
    await patchInbox(server, { appearance: { teamName: '<img src=x onerror=alert(1)>\r\nBcc: e@vil.example & "Co"' } });
    const { token } = await server.session({ firstName: 'Visit https://evil.example', email: 'html@mail.example' });
    await ask(server, token, 'html@mail.example');
    const { raw, content, to } = await sink.next();
    assert.deepEqual(to, ['html@mail.example']);
    assert.doesNotMatch(raw, /^Bcc:/im);
    assert.ok(!content.includes('evil.example'), 'nothing of the visitor’s own');
    const html = content.slice(content.indexOf('<!doctype html>'));
    assert.ok(!html.includes('<img'));
    assert.ok(html.includes('&lt;img src=x onerror=alert(1)&gt;'));
    await patchInbox(server, { appearance: { teamName: 'Support' } });
  });

  it('goes to a file where there is no mail server, which the log says once', async () => {
    const quiet = await startServer();
    const said = quiet.log.filter((line) => line.includes('SMTP_URL'));
    assert.equal(said.length, 1);
    const folder = join(quiet.dataDir, 'outbox');
    await mkdir(folder);
    const written = nextFile(folder, '.eml');
    const { token } = await quiet.session();
    await ask(quiet, token, 'file@mail.example');
    const file = join(folder, await written);
    assert.equal((await stat(file)).mode & 0o077, 0, 'for nobody else on the machine');
    const { raw, code } = readMail(await readFile(file, 'utf8'));
    assert.match(raw, /^To: file@mail\.example$/m);
    assert.match(raw, /^From: chat@localhost$/m);
    assert.equal((await confirm(quiet, token, code)).status, 201);
    assert.ok(!quiet.log.join('').includes('file@mail.example'));
    await quiet.close();
  });
});

/** Log lines, and when one of them says that a mail could not be sent. */
function watchMailFailures() {
  const lines: string[] = [];
  const { promise: failed, resolve: fail } = Promise.withResolvers<void>();
  const write = (line: string): void => {
    lines.push(line);
    if (line.includes('could not be mailed')) fail();
  };
  return { lines, failed, logTarget: { write } };
}

/** The name of the next file that comes to a folder. */
async function nextFile(folder: string, ending: string): Promise<string> {
  for await (const { filename } of watch(folder, { signal: AbortSignal.timeout(8_000) })) {
    if (filename?.endsWith(ending)) return filename;
  }
  throw new Error('No file came.');
}

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WidgetLocale } from '../../src/text/launcher-names.ts';
import { codeMail } from '../src/mail/code-mail.ts';
import { MAIL_WORDS } from '../src/mail/mail-words.ts';
import { transcriptMail } from '../src/mail/transcript-mail.ts';
import { uuid } from './support/ids.ts';
import { MailSink } from './support/mail.ts';
import { startServer } from './support/server.ts';
import type { TestServer } from './support/server.ts';
import { say, visitor } from './support/socket.ts';
import { confirm } from './support/verification.ts';

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

describe('A mail in the language of who gets it', () => {
  for (const [locale, words] of Object.entries(MAIL_WORDS) as [WidgetLocale, (typeof MAIL_WORDS)['en']][]) {
    it(`says all that it says in English, in ${locale}`, () => {
      for (const [key, english] of Object.entries(MAIL_WORDS.en)) {
        assert.deepEqual(places(words[key as keyof typeof words]), places(english), key);
      }
      const teamName = 'Räder & <Co>';
      const mail = codeMail('ada@mail.example', { code: '123456', teamName, minutes: 15, locale });
      assert.ok(mail.subject.includes('123456') && mail.subject.includes(teamName));
      assert.match(mail.text, /^ {4}123456$/m);
      const minutes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(15);
      assert.ok(mail.text.includes(minutes), mail.text);
      const direction = ['ar', 'fa', 'he'].includes(locale) ? 'rtl' : 'ltr';
      assert.ok(mail.html?.includes(`<html lang="${locale}" dir="${direction}">`));
      assert.ok(mail.html?.includes('Räder &amp; &lt;Co&gt;') && !mail.html.includes('<Co>'));
      const other = transcriptMail('ada@mail.example', { transcript: 'Ada: Hi', teamName, locale });
      assert.ok(other.subject.includes(teamName) && other.text.endsWith('Ada: Hi'));
      for (const { text, html = '' } of [mail, other]) assert.ok(!text.includes('{') && !html.includes('{'));
    });
  }
});

describe('What the server writes to a visitor', () => {
  let server: TestServer;
  let sink: MailSink;
  before(async () => {
    sink = await new MailSink().start();
    server = await startServer({ config: { smtpUrl: sink.url } });
  });
  after(async () => {
    await server.close();
    await sink.close();
  });

  it('is in the language that their browser asks for', async () => {
    const headers = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };
    const guest = await server.session();
    const id = uuid();
    await say(await visitor(server, guest), id, 'Wo ist mein Paket?', true);
    const body = { email: 'ada@mail.example' };
    assert.equal(
      (await server.widget('/verification', { method: 'POST', body, token: guest.token, headers })).status,
      202,
    );
    const code = await sink.next();
    assert.match(code.content, /Geben Sie diesen Code im Chat ein/);

    const [, digits] = /^ {4}(\d{6})\s*$/m.exec(code.content) ?? [];
    const { token } = (await confirm(server, guest.token, digits)).body;
    await server.api(`/v1/conversations/${id}`, { method: 'PATCH', body: { state: 'resolved' } });
    const path = `/conversations/${id}/transcript`;
    const { body: text } = await server.widget<string>(path, { token, headers });
    assert.match(text, /^Unterhaltung \d+ mit Support\n/);
    assert.match(text, /\] Gast: Wo ist mein Paket\?\n/);
    assert.match(text, /\] Unterhaltung beendet\n/);
    assert.match((await server.widget<string>(path, { token })).body, /^Conversation \d+ with Support\n/);

    assert.equal((await server.widget(path, { method: 'POST', token, headers })).status, 202);
    const mailed = await sink.next();
    assert.equal(mailed.subject, 'Ihre Unterhaltung mit Support');
    assert.match(mailed.content, /Hier ist sie\.\s+Unterhaltung \d+ mit Support/);
  });
});

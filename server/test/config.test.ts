import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from '../src/config.ts';

describe('The environment', () => {
  it('may be empty', () => {
    const config = readConfig({});
    assert.deepEqual([config.port, config.host, config.logLevel], [8787, '127.0.0.1', 'info']);
    assert.equal(config.adminPassword, undefined);
    assert.equal(config.publicUrl, undefined);
    assert.equal(config.limits.helloMs, 5_000);
    assert.deepEqual([config.trustedProxies, config.smtpUrl, config.mailFrom], [[], undefined, 'chat@localhost']);
    assert.deepEqual(readConfig({ PORT: '', HOST: ' ', LIMITS: '' }), config);
  });

  it('is read', () => {
    const config = readConfig({
      PORT: '0',
      HOST: '::',
      DATA_DIR: '/var/lib/chat',
      DATABASE_URL: 'postgres://chat:secret@db/chat',
      ADMIN_EMAIL: 'a@b.example',
      ADMIN_PASSWORD: ' spaces count ',
      API_KEY: 'cw_12345678',
      PUBLIC_URL: 'https://chat.example/',
      LIMITS: '{"helloMs":100,"framesPerSocket":{"burst":1,"perSecond":2}}',
      LOG_LEVEL: 'warn',
    });
    assert.deepEqual(
      [config.port, config.host, config.dataDir, config.databaseUrl, config.publicUrl],
      [0, '::', '/var/lib/chat', 'postgres://chat:secret@db/chat', 'https://chat.example'],
    );
    assert.equal(config.adminPassword, ' spaces count ');
    assert.deepEqual(config.limits.framesPerSocket, { burst: 1, perSecond: 2 });
    assert.equal(config.limits.heartbeatMs, 25_000);
    assert.equal(config.mailFrom, 'chat@chat.example', 'from where browsers reach the server');
  });

  it('names proxies, and where mail goes', () => {
    const config = readConfig({
      TRUSTED_PROXIES: ' 10.0.0.0/8, ::1,127.0.0.1 2001:db8::/32',
      SMTP_URL: 'smtps://user:p%40ss@mail.example:465',
      MAIL_FROM: 'Chat Ümläut <chat@shop.example>',
    });
    assert.deepEqual(config.trustedProxies, ['10.0.0.0/8', '::1', '127.0.0.1', '2001:db8::/32']);
    assert.equal(config.smtpUrl, 'smtps://user:p%40ss@mail.example:465');
    assert.equal(config.mailFrom, 'Chat Ümläut <chat@shop.example>');
  });

  it('names NATS: several servers, a password, TLS', () => {
    const DATABASE_URL = 'postgres://db/chat';
    const { nats } = readConfig({ DATABASE_URL, NATS_URL: 'tls://chat:p%40ss@n1.example:4333, nats://n2.example' });
    const servers = ['n1.example:4333', 'n2.example:4222'];
    assert.deepEqual(nats, { servers, tls: true, user: 'chat', pass: 'p@ss' });
    assert.deepEqual(readConfig({ DATABASE_URL, NATS_URL: 'nats://secret@[::1]:4222' }).nats, {
      servers: ['[::1]:4222'],
      tls: false,
      token: 'secret',
    });
  });

  const wrong: [variable: string, value: string, says: RegExp][] = [
    ['PORT', 'http', /^PORT must be a whole number from 0 to 65535, not "http"\.$/],
    ['PORT', '70000', /^PORT must/],
    ['PORT', '-1', /^PORT must/],
    ['PORT', '80.5', /^PORT must/],
    ['HOST', 'http://localhost', /^HOST must/],
    ['DATABASE_URL', 'mysql://root:hunter2@db', /^DATABASE_URL must/],
    ['NATS_URL', 'http://user:hunter2@nats.example', /^NATS_URL must look like nats:/],
    ['NATS_URL', 'nats://', /^NATS_URL must/],
    ['FILES_URL', 'https://user:hunter2@bucket.example/files', /^FILES_URL must look like s3:/],
    ['FILES_URL', 's3://bucket.example/files', /^FILES_URL must/],
    ['NATS_URL', 'nats://nats.example,', /^NATS_URL must/],
    ['NATS_URL', 'nats://user:hunter2@nats.example', /^NATS_URL needs DATABASE_URL: /],
    ['ADMIN_EMAIL', 'admin', /^ADMIN_EMAIL must be an e-mail address/],
    ['ADMIN_PASSWORD', 'short', /^ADMIN_PASSWORD must have at least 8 characters\.$/],
    ['API_KEY', 'short', /^API_KEY must/],
    ['PUBLIC_URL', 'chat.example', /^PUBLIC_URL must/],
    ['PUBLIC_URL', 'https://chat.example/path', /^PUBLIC_URL must/],
    ['TRUSTED_PROXIES', '10.0.0.1, proxy.example', /^TRUSTED_PROXIES must .*, not "proxy\.example"\.$/],
    ['TRUSTED_PROXIES', '10.0.0.0/64', /^TRUSTED_PROXIES must/],
    ['SMTP_URL', 'user:hunter2@mail.example', /^SMTP_URL must look like smtp:/],
    ['SMTP_URL', 'https://user:hunter2@mail.example', /^SMTP_URL must/],
    ['SMTP_URL', 'smtp://', /^SMTP_URL must/],
    ['MAIL_FROM', 'Chat', /^MAIL_FROM must/],
    ['MAIL_FROM', 'a@shop.example, b@shop.example', /^MAIL_FROM must/],
    ['LIMITS', '{', /^LIMITS must be a JSON object/],
    ['LIMITS', '[]', /^LIMITS is wrong/],
    ['LIMITS', '{"hello":1}', /^LIMITS is wrong: "\/hello" is not a known field\.$/],
    ['LIMITS', '{"helloMs":0}', /^LIMITS is wrong: "\/helloMs" must be at least 1\.$/],
    ['LIMITS', '{"drainMs":9000}', /^LIMITS is wrong: "\/drainMs" must be at most 6,000\.$/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL must be one of fatal, error/],
  ];
  for (const [variable, value, says] of wrong) {
    it(`stops the start with one sentence for ${variable}=${value}`, () => {
      assert.throws(
        () => readConfig({ [variable]: value }),
        (error: unknown) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, says);
          assert.ok(!error.message.includes('\n') && !error.message.includes('hunter2'));
          return true;
        },
      );
    });
  }
});

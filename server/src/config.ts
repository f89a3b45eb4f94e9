import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { isAddressRange } from './address-set.ts';
import { readNatsAddress } from './bus/nats-address.ts';
import type { NatsAddress } from './bus/nats-address.ts';
import { readS3Address, S3_ADDRESS_FORM } from './files/s3-address.ts';
import type { S3Address } from './files/s3-address.ts';
import { parseEmail } from './identity/email.ts';
import { LimitsSchema } from './limits.ts';
import type { Limits } from './limits.ts';
import { refusalOf } from './validation.ts';

/** How one server is started. */
export interface Config {
  /** TCP port; 0 takes a free one. */
  readonly port: number;
  /** Address to listen on. The default is this machine only; `0.0.0.0` or `::` opens it to the network. */
  readonly host: string;
  /** Folder of the SQLite file, and of what visitors and agents upload. */
  readonly dataDir: string;
  /** PostgreSQL instead of SQLite. */
  readonly databaseUrl?: string;
  /** Where the nodes on one PostgreSQL database meet; without it there is one node. */
  readonly nats?: NatsAddress;
  /** Bucket for what is uploaded; without it the files stand in `files` of the data folder. */
  readonly files?: S3Address;
  /** The first admin, made at the first start. */
  readonly adminEmail: string;
  /** Made up at the first start when absent. */
  readonly adminPassword?: string;
  /** The first API key; made up at the first start when absent. */
  readonly apiKey?: string;
  /** Origin under which browsers reach this server (behind a proxy, for instance); no trailing slash. */
  readonly publicUrl?: string;
  /** Addresses and CIDR ranges of the proxies whose `X-Forwarded-…` headers are believed; none: nobody's are. */
  readonly trustedProxies: readonly string[];
  /** Where mail is handed in; without it mails are written to files in `outbox` of the data folder. */
  readonly smtpUrl?: string;
  /** Sender of all mails, `name <address>` or an address. */
  readonly mailFrom: string;
  readonly limits: Limits;
  readonly logLevel: LogLevel;
  /** Folder of the built browser files. */
  readonly assetsDir: string;
  /** Folder of the demo shop. */
  readonly demoDir: string;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A start-up setting is wrong. The message is one sentence for the person who starts the server. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const limitsValidator = Compile(LimitsSchema);

/** Limits with defaults for whatever `given` does not name. @throws ConfigError naming the first wrong field */
export function readLimits(given: unknown): Limits {
  const limits = Value.Default(LimitsSchema, given);
  if (limitsValidator.Check(limits)) return limits;
  throw new ConfigError(`LIMITS is wrong: ${refusalOf(limitsValidator.Errors(limits)).message}`);
}

/**
 * Reads the environment.
 *
 * @param env `PORT` (8787), `HOST` (127.0.0.1), `DATA_DIR` (./data), `DATABASE_URL`, `NATS_URL`,
 *   `FILES_URL`, `ADMIN_EMAIL` (admin@example.com), `ADMIN_PASSWORD`, `API_KEY`, `PUBLIC_URL`, `TRUSTED_PROXIES`, `SMTP_URL`,
 *   `MAIL_FROM` (chat@ the host of PUBLIC_URL), `LIMITS` (JSON, see `limits.ts`), `LOG_LEVEL` (info), `ASSETS_DIR`,
 *   `DEMO_DIR`. An empty value counts as absent.
 * @throws ConfigError with one clear sentence at the first value that cannot be used
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const value = (name: string): string | undefined => env[name]?.trim() || undefined;
  return {
    port: port(value('PORT') ?? '8787'),
    host: host(value('HOST') ?? '127.0.0.1'),
    dataDir: resolve(value('DATA_DIR') ?? './data'),
    ...optional('databaseUrl', databaseUrl(value('DATABASE_URL'))),
    ...optional('nats', nats(value('NATS_URL'), value('DATABASE_URL'))),
    ...optional('files', files(value('FILES_URL'))),
    adminEmail: adminEmail(value('ADMIN_EMAIL') ?? 'admin@example.com'),
    ...optional('adminPassword', secret('ADMIN_PASSWORD', env['ADMIN_PASSWORD'] || undefined)),
    ...optional('apiKey', secret('API_KEY', value('API_KEY'))),
    ...optional('publicUrl', publicUrl(value('PUBLIC_URL'))),
    trustedProxies: trustedProxies(value('TRUSTED_PROXIES')),
    ...optional('smtpUrl', smtpUrl(value('SMTP_URL'))),
    mailFrom: mailFrom(value('MAIL_FROM') ?? `chat@${URL.parse(value('PUBLIC_URL') ?? '')?.hostname || 'localhost'}`),
    limits: limits(value('LIMITS')),
    logLevel: logLevel(value('LOG_LEVEL') ?? 'info'),
    assetsDir: resolve(value('ASSETS_DIR') ?? projectFolder('dist-cdn')),
    demoDir: resolve(value('DEMO_DIR') ?? projectFolder('demo')),
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}

/** A folder beside `server/`, from the sources as well as from the build (`server/dist/server/src`). */
function projectFolder(name: string): string {
  for (let folder = fileURLToPath(new URL('.', import.meta.url)); ; folder = resolve(folder, '..')) {
    if (isServerPackage(folder)) return resolve(folder, '..', name);
    if (folder === resolve(folder, '..')) return resolve(name);
  }
}

function isServerPackage(folder: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'));
    return (
      typeof manifest === 'object' && manifest !== null && 'name' in manifest && manifest.name === 'chat-widget-server'
    );
  } catch {
    return false;
  }
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new ConfigError(`PORT must be a whole number from 0 to 65535, not "${text}".`);
  }
  return Number(text);
}

function host(text: string): string {
  if (!/^[\w.:%-]+$/.test(text)) {
    throw new ConfigError(`HOST must be an address or a host name such as 127.0.0.1 or 0.0.0.0, not "${text}".`);
  }
  return text;
}

function databaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  // The value holds a password, so the sentence does not repeat it.
  if (!/^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '')) {
    throw new ConfigError('DATABASE_URL must look like postgres://user:password@host:5432/name.');
  }
  return text;
}

function nats(text: string | undefined, database: string | undefined): NatsAddress | undefined {
  if (text === undefined) return undefined;
  const address = readNatsAddress(text);
  // The value may hold a password, so the sentence does not repeat it.
  if (!address) throw new ConfigError('NATS_URL must look like nats://user:password@host:4222.');
  if (database === undefined) {
    throw new ConfigError('NATS_URL needs DATABASE_URL: several nodes meet on one PostgreSQL database.');
  }
  return address;
}

function files(text: string | undefined): S3Address | undefined {
  if (text === undefined) return undefined;
  const address = readS3Address(text);
  if (!address) throw new ConfigError(S3_ADDRESS_FORM);
  return address;
}

function adminEmail(text: string): string {
  if (parseEmail(text) === undefined) throw new ConfigError(`ADMIN_EMAIL must be an e-mail address, not "${text}".`);
  return text;
}

function secret(name: string, text: string | undefined): string | undefined {
  if (text !== undefined && text.length < 8) throw new ConfigError(`${name} must have at least 8 characters.`);
  return text;
}

function publicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new ConfigError(`PUBLIC_URL must be an origin such as https://chat.example.com, not "${text}".`);
  }
  return url.origin;
}

function trustedProxies(text: string | undefined): readonly string[] {
  const entries = text?.split(/[\s,]+/).filter((entry) => entry !== '') ?? [];
  const wrong = entries.find((entry) => !isAddressRange(entry));
  if (wrong === undefined) return entries;
  throw new ConfigError(`TRUSTED_PROXIES must list addresses and ranges such as 10.0.0.0/8, ::1, not "${wrong}".`);
}

function smtpUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  // The value holds a password, so the sentence does not repeat it.
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new ConfigError('SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host.');
  }
  return text;
}

function mailFrom(text: string): string {
  const [, named] = /^[^<>\p{Cc}]*<([^<>]+)>$/u.exec(text) ?? [];
  if (parseEmail(named ?? text) === undefined) {
    throw new ConfigError(`MAIL_FROM must be an address such as Chat <chat@example.com>, not "${text}".`);
  }
  return text;
}

function limits(text: string | undefined): Limits {
  let given: unknown = {};
  try {
    if (text !== undefined) given = JSON.parse(text);
  } catch {
    throw new ConfigError('LIMITS must be a JSON object such as {"requestsPerAddress":100000}.');
  }
  return readLimits(given);
}

function logLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (!level) throw new ConfigError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${text}".`);
  return level;
}

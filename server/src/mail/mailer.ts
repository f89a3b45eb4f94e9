import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { SendMailOptions } from 'nodemailer';
import type { Config } from '../config.ts';

/** A mail to one person. */
export interface Mail {
  /** A bare address, as `parseEmail` takes it. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The one way out for mails. */
export interface Mailer {
  /** Resolves when the mail server, or the disk, has taken it; rejects when it has not. */
  send(mail: Mail): Promise<void>;
  /** Gives what is on its way a moment to arrive. */
  close(): Promise<void>;
}

/** A mail server that does not answer is given up after so long (ms). */
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const CLOSE_MS = 2_000;

/** Through `SMTP_URL`; without one into files, for a server that is tried out, which the log says once. */
export function createMailer(config: Config, log: FastifyBaseLogger): Mailer {
  const { smtpUrl, mailFrom, dataDir } = config;
  if (smtpUrl !== undefined) return new SmtpMailer(smtpUrl, mailFrom);
  log.warn('SMTP_URL is not set: mails are not sent, but written to the folder outbox of DATA_DIR');
  return new OutboxMailer(join(dataDir, 'outbox'), mailFrom);
}

class SmtpMailer implements Mailer {
  readonly #url: string;
  readonly #from: string;
  readonly #onTheirWay = new Set<Promise<unknown>>();
  #transport: ReturnType<typeof connectTo> | undefined;

  constructor(url: string, from: string) {
    this.#url = url;
    this.#from = from;
  }

  async send(mail: Mail): Promise<void> {
    this.#transport ??= connectTo(this.#url);
    const sending = this.#transport.then((transport) => transport.sendMail(envelope(mail, this.#from)));
    this.#onTheirWay.add(sending);
    await sending.finally(() => this.#onTheirWay.delete(sending));
  }

  async close(): Promise<void> {
    await Promise.race([Promise.allSettled([...this.#onTheirWay]), wait(CLOSE_MS, undefined, { ref: false })]);
    (await this.#transport)?.close();
  }
}

/** A pool of connections to the mail server. Nodemailer is loaded with the first mail: a start has no need of it. */
async function connectTo(url: string) {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url,
    pool: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
  // Whoever sends hears of it; without a listener the event would end the process.
  transport.on('error', () => {});
  return transport;
}

class OutboxMailer implements Mailer {
  readonly #folder: string;
  readonly #from: string;

  constructor(folder: string, from: string) {
    this.#folder = folder;
    this.#from = from;
  }

  async send(mail: Mail): Promise<void> {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
    const { message } = await transport.sendMail(envelope(mail, this.#from));
    // Addresses and codes: for nobody but the operator.
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}`;
    const file = join(this.#folder, name);
    await writeFile(`${file}.part`, message, { mode: 0o600 });
    await rename(`${file}.part`, `${file}.eml`);
  }

  async close(): Promise<void> {}
}

/** As an object, the address is taken as it is: no list, no display name is read out of it. */
function envelope({ to, subject, text, html }: Mail, from: string): SendMailOptions {
  return {
    from,
    to: { name: '', address: to },
    ...{ subject, text, html },
    // Out-of-office replies to a machine help nobody (RFC 3834 §5).
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

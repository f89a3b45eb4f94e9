import { EventEmitter, once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/** A mail as the mail server has got it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Header lines and body as they came. */
  readonly raw: string;
  /** All parts, their transfer encoding undone. */
  readonly content: string;
  /** The six digits in it. */
  readonly code: string;
}

const DEADLINE_MS = 60_000;

/** A real mail server that keeps what it gets. */
export class MailSink {
  readonly mails: ReceivedMail[] = [];
  /** `SMTP_URL` of it. */
  url = '';
  /** The reply code with which it refuses recipients; 0 takes them. */
  refuseWith = 0;
  readonly #server: SMTPServer;
  readonly #arrivals = new EventEmitter();
  #read = 0;

  constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, done) => {
        if (this.refuseWith === 0) return done();
        done(Object.assign(new Error(`no such user: ${address}`), { responseCode: this.refuseWith }));
      },
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const to = envelope.rcptTo.map(({ address }) => address);
          this.mails.push({ from, to, ...readMail(Buffer.concat(chunks).toString()) });
          done();
          this.#arrivals.emit('mail');
        });
      },
    });
    this.#server.on('error', () => {});
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.server.address();
    if (address === null || typeof address === 'string') throw new Error('The mail server has no port.');
    this.url = `smtp://127.0.0.1:${address.port}`;
    return this;
  }

  /** The next mail that nobody has read yet, now or when it comes. */
  async next(): Promise<ReceivedMail> {
    const index = this.#read++;
    const signal = AbortSignal.timeout(DEADLINE_MS);
    for (;;) {
      const mail = this.mails[index];
      if (mail) return mail;
      await once(this.#arrivals, 'mail', { signal });
    }
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** Reads what nodemailer writes: RFC 5322 headers, parts in plain or quoted-printable text (RFC 2045 §6.7). */
export function readMail(raw: string): Omit<ReceivedMail, 'from' | 'to'> {
  const content = raw
    .replace(/=\r?\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString());
  const [, subject = ''] = /^Subject: (.*)$/m.exec(raw) ?? [];
  const [, code = ''] = /\b(\d{6})\b/.exec(subject) ?? [];
  return { raw, content, subject: subject.trim(), code };
}

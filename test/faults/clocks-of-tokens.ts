/** Proofs of a site whose clock and the server's disagree. */
import { createHmac } from 'node:crypto';
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { JWT_SECRET } from '../api/node/proofs.ts';
import type { Findings } from './findings.ts';
import type { Stage } from './stage.ts';
import type { ServerClock } from './wrong-clocks.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

interface Case {
  readonly name: string;
  /** Seconds from the server's time. */
  readonly issued: number;
  readonly expires: number;
  readonly isGood: boolean;
}

/** What is not valid yet may be so by a minute; what has expired may be so by no more than that. */
const CASES: readonly Case[] = [
  { name: 'made just now', issued: 0, expires: 300, isGood: true },
  { name: 'of a site whose clock is 45 s ahead', issued: 45, expires: 345, isGood: true },
  { name: 'of a site whose clock is 90 s ahead', issued: 90, expires: 390, isGood: false },
  { name: 'that ends in 30 s', issued: -300, expires: 30, isGood: true },
  { name: 'that ended 75 s ago', issued: -600, expires: -75, isGood: false },
  { name: 'of a site whose clock is 10 years ahead', issued: 315_360_000, expires: 315_360_300, isGood: false },
  { name: 'of a site whose clock is 10 years behind', issued: -315_360_000, expires: -315_359_700, isGood: false },
];

/** Every token is judged by the server's clock, wherever that is set to, with a minute of leeway at most. */
export async function clocksOfTokens(
  stage: Stage,
  server: ChatServerProcess,
  clock: ServerClock,
  findings: Findings,
): Promise<void> {
  await server.setSecret('jwt', JWT_SECRET);
  for (const offset of [0, -5 * MINUTE, 5 * MINUTE]) {
    clock.set(offset);
    // Its hands move a moment later.
    await stage.until(10 * SECOND, async () => Math.abs((await timeOf(server)) - clock.now) < 2 * SECOND || undefined);
    for (const { name, issued, expires, isGood } of CASES) {
      const status = await present(server, jwt(clock.now, issued, expires));
      const where = `With the server's clock off by ${offset / MINUTE} min, a token ${name}`;
      findings.check(isGood === (status === 201), `${where} is answered with ${status}.`);
    }
  }
  clock.set(0);
}

/** The server's time, to a second (RFC 9110 §6.6.1), ms. */
async function timeOf(server: ChatServerProcess): Promise<number> {
  const response = await fetch(`${server.url}/healthz`);
  return Date.parse(response.headers.get('date') ?? '');
}

async function present(server: ChatServerProcess, token: string): Promise<number> {
  const { status } = await fetch(`${server.url}/v1/widget/${INBOX}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jwt: token }),
  });
  return status;
}

function jwt(now: number, issued: number, expires: number): string {
  const seconds = Math.floor(now / SECOND);
  const claims = {
    external_user_id: 'ada',
    email: 'ada@clocks.example',
    first_name: 'Ada',
    iat: seconds + issued,
    exp: seconds + expires,
  };
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims].map(base64url).join('.');
  return `${signed}.${createHmac('sha256', JWT_SECRET).update(signed).digest('base64url')}`;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

import { createHash, randomBytes, scryptSync } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChatServer } from '../../src/chat-server.ts';
import type { Config } from '../../src/config.ts';

const FILE = 'chat.db';
let template: Promise<string> | undefined;

/**
 * Data of a server that was started once, with its admin and its API key, in this folder. Made once and copied: every
 * admin's password hashed anew takes a quarter of a second of a core, and so does every sign-in after it.
 *
 * `FIRST_DATA` names the folder that all processes of a run share; without it each makes its own.
 *
 * @param config the same in all calls of a process, but for its folder
 */
export async function copyFirstData(config: Config, folder = config.dataDir): Promise<void> {
  copyFileSync(await (template ??= findFirstData(config)), join(folder, FILE));
}

async function findFirstData(config: Config): Promise<string> {
  const { FIRST_DATA } = process.env;
  if (!FIRST_DATA) return makeFirstData(config);
  const { adminEmail, adminPassword, apiKey } = config;
  const whose = createHash('sha256').update(JSON.stringify([adminEmail, adminPassword, apiKey]));
  const shared = join(FIRST_DATA, `${whose.digest('hex')}.db`);
  // Whoever is quicker: one is as good as the other, and a file is there as a whole.
  if (!existsSync(shared)) renameSync(await makeFirstData(config), shared);
  return shared;
}

async function makeFirstData(config: Config): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'chat-first-data-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const chat = await createChatServer({ ...config, port: 0, dataDir: folder }, { logTarget: { write: () => {} } });
  await chat.listen();
  const [admin] = await chat.store.agents.list();
  if (admin) await chat.store.agents.update(admin.id, { passwordHash: hashCheaply(config.adminPassword ?? '') });
  await chat.close();
  return join(folder, FILE);
}

/** As `hashPassword` does, for a thousandth of the work. That one's cost is held by its own tests. */
function hashCheaply(password: string): string {
  const [logN, r, p] = [7, 8, 1];
  const salt = randomBytes(16);
  const key = scryptSync(password, salt, 32, { N: 2 ** logN, r, p });
  return ['scrypt', logN, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

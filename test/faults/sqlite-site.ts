import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { bringBack, portOf } from './bring-back.ts';
import type { Site, Witness } from './site.ts';
import { MEASURED } from './memory.ts';
import { readSqlite, SqliteCopy, type StoredLog } from './stored-log.ts';

/** One server with its data in a file. */
export class SqliteSite implements Site {
  readonly store = 'sqlite';
  readonly killable = [{ share: 10, kill: (_: unknown, witness: Witness) => this.#kill(witness) }];
  readonly #folder: string;
  readonly #server: ChatServerProcess;

  private constructor(folder: string, server: ChatServerProcess) {
    this.#folder = folder;
    this.#server = server;
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<SqliteSite> {
    const folder = mkdtempSync(path.join(tmpdir(), 'chat-faults-'));
    const server = await bringBack(() => ChatServerProcess.start({ ...MEASURED, DATA_DIR: folder, ...env }));
    return new SqliteSite(folder, server);
  }

  get ports(): readonly number[] {
    return [portOf(this.#server.url)];
  }

  get pids(): readonly number[] {
    return [this.#server.pid];
  }

  sign(email: string): Promise<string> {
    return this.#server.sign(email);
  }

  /** While the server has it open: another reader is nothing new to SQLite. */
  async read(): Promise<StoredLog> {
    return readSqlite(this.#file);
  }

  async dispose(): Promise<void> {
    await this.#server.kill();
    await this.#server.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #file(): string {
    return path.join(this.#folder, 'chat.db');
  }

  async #kill(witness: Witness): Promise<string> {
    await this.#server.kill();
    const compare = witness();
    using copy = new SqliteCopy(this.#file);
    const back = bringBack(() => this.#server.restart());
    compare(copy.read());
    await back;
    return 'server';
  }
}

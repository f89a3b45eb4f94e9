import { backUp, restore } from './backup.ts';
import { ConfigError } from './config.ts';
import type { Config } from './config.ts';

/** For somebody who left the folder out. */
const EXAMPLES: Readonly<Record<string, string>> = {
  backup: 'Name a new folder for the back-up, for example: npm run backup -- /backups/chat-2026-11-20',
  restore: 'Name the folder of the back-up, for example: npm run restore -- /backups/chat-2026-11-20',
};

const USAGE = `Say nothing to start the server, or one of
  backup FOLDER              copies the data into a new folder, while the server goes on
  restore FOLDER [--force]   puts them back; the server must be stopped. --force replaces data that are there`;

/**
 * What can be done with the data from the command line.
 *
 * @param words what follows the program's name
 * @returns what to tell the person who asked
 * @throws ConfigError, BackupError: one sentence that says why nothing was done
 */
export async function runCommand(words: readonly string[], config: Config): Promise<string> {
  const force = words.includes('--force');
  const [command, folder, ...more] = words.filter((word) => word !== '--force');
  if (folder === undefined) throw new ConfigError(EXAMPLES[command ?? ''] ?? USAGE);
  if (more.length > 0) throw new ConfigError(USAGE);
  if (command === 'backup' && !force) return backUp(config, folder);
  if (command === 'restore') return restore(config, folder, { force });
  throw new ConfigError(USAGE);
}

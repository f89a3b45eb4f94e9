/** What the program does: it starts the server, or carries out a command (`runCommand`). */
import { flushCompileCache } from 'node:module';
import { BackupError } from './backup.ts';
import { createChatServer } from './chat-server.ts';
import type { ChatServer } from './chat-server.ts';
import { runCommand } from './command.ts';
import { ConfigError, readConfig } from './config.ts';
import type { Config } from './config.ts';

/** Longest time that stopping may take; then we go anyway. */
const STOP_MS = 9_000;

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/**
 * What a person needs to go on, written at once. The secrets are shown at the first start only: later they are known to
 * nobody.
 */
function greet({ firstStart }: ChatServer, listening: string, config: Config): void {
  const address = config.publicUrl ?? listening;
  const lines = [
    `listening on ${listening}`,
    '',
    `  Shop            ${address}/`,
    `  Console         ${address}/console`,
    `  API reference   ${address}/docs`,
    '',
  ];
  if (firstStart) {
    lines.push(
      `  Admin           ${firstStart.adminEmail}`,
      // What the environment brought is no secret to be written down once more.
      `  Password        ${config.adminPassword === undefined ? firstStart.adminPassword : 'as in ADMIN_PASSWORD'}`,
      `  API key         ${config.apiKey === undefined ? firstStart.apiKey : 'as in API_KEY'}`,
      '',
      '  What was made is shown this once. Keep it.',
      '',
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

function stopOnSignals(server: ChatServer): void {
  const stop = (signal: string): void => {
    server.app.log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_MS).unref();
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        server.app.log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Why the server cannot start, for the person who starts it. */
function explain(error: unknown, config: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${config.port} of ${config.host} is taken: set PORT to another one.`;
  if (code === 'EADDRNOTAVAIL') return `HOST ${config.host} is no address of this machine.`;
  if (error instanceof Error && 'hostname' in error && error.hostname === config.host) {
    return `HOST ${config.host} is not known here: it must be an address of this machine, or a name of it.`;
  }
  if (code === 'EACCES') return `Port ${config.port} may not be opened by this user: set PORT to another one.`;
  if (error instanceof ConfigError || error instanceof BackupError) return error.message;
  return error instanceof Error ? `The server cannot start: ${error.message}` : 'The server cannot start.';
}

const config = configOrExit();
const words = process.argv.slice(2);
try {
  if (words.length > 0) {
    process.stdout.write(`${await runCommand(words, config)}\n`);
  } else {
    const server = await createChatServer(config);
    stopOnSignals(server);
    greet(server, await server.listen(), config);
    // Now, for whoever ends by `kill -9`.
    flushCompileCache();
  }
} catch (error) {
  process.stderr.write(`${explain(error, config)}\n`);
  process.exit(1);
}

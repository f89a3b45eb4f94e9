#!/usr/bin/env node
/** The program's door. Everything else is loaded once what was compiled at the last start is at hand. */
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makePrivateFolder } from './store/private-files.ts';

/**
 * Keeps compiled code for the next start, which takes a third less then. In this user's own folder, because what is in it
 * is run; where there is none, nothing is kept.
 */
function keepCompiledCode(): void {
  try {
    const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'chat-widget-server');
    makePrivateFolder(folder);
    enableCompileCache(folder);
  } catch {
    return;
  }
}

keepCompiledCode();
await import('./start.ts');

/** Tells whether something built is older than what it is built from. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * @param {string} output a file that the build writes last, or always
 * @param {...string} sources files and folders; a folder counts with all that is below it
 */
export function isFresh(output, ...sources) {
  const built = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.every((source) => newest(source) <= built);
}

/**
 * When something below changed last. The time of a folder counts too: it tells of deleted files.
 *
 * @param {string} file
 * @returns {number} ms since 1970
 */
function newest(file) {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}

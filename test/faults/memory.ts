/** What servers hold, and whether they let go of it. */
import { collectGarbage, COLLECTING, residentBytes } from '../../bench/server-process.ts';

/** The environment of servers whose memory is compared, beside what this process was told (`break-product.ts`, say). */
export const MEASURED: NodeJS.ProcessEnv = {
  NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} ${COLLECTING['NODE_OPTIONS']}`,
};

/** A tenth more may be held afterwards: what was compiled meanwhile, and what the heap keeps for later. */
const MOST = 1.1;

/** Memory of processes that have a moment's rest, after a garbage collection, bytes; NaN where there is no /proc. */
export async function memoryOf(pids: readonly number[]): Promise<number> {
  await Promise.all(pids.map(collectGarbage));
  return pids.reduce((sum, pid) => sum + residentBytes(pid), 0);
}

/** What is wrong when so many bytes were held before, and so many afterwards; undefined when nothing is. */
export function memoryFault(before: number, after: number): string | undefined {
  if (!(after > before * MOST)) return undefined;
  return `Memory did not come back: ${megabytes(before)} before, ${megabytes(after)} afterwards.`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
